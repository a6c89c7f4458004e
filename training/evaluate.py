"""Measuring a model on labelled articles, through its front door: texts in, scored sentences out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from model.document import ScoredSentence
from model.labels import LABELS, UNSOURCED
from model.linear import Floats
from model.scorer import Scorer
from model.tokens import Ints
from training.gold import GoldArticle, GoldSentence, is_counted
from training.metrics import BoilerplateScores, Metrics, measure, measure_boilerplate


@dataclass(frozen=True, slots=True)
class Answer:
    """A labelled sentence and what the model says of it.

    Attributes
    ----------
    article : GoldArticle
    gold : GoldSentence
    found : ScoredSentence or None
        The model's sentence that overlaps most with it.
    """

    article: GoldArticle
    gold: GoldSentence
    found: ScoredSentence | None

    @property
    def text(self) -> str:
        """The sentence."""
        return self.article.text[self.gold.start : self.gold.end]

    @property
    def label(self) -> str:
        """The model's label, or ``boilerplate``: what it loses counts as that, too."""
        return "boilerplate" if self.found is None or self.found.label is None else self.found.label

    @property
    def right(self) -> bool:
        """Whether the model's label is the true one."""
        return self.label == self.gold.label

    @property
    def probabilities(self) -> tuple[float, ...]:
        """The model's probabilities. A sentence lost as boilerplate counts as wrong, whatever its label."""
        if self.found is None or self.found.probabilities is None:
            return (1.0, 0.0, 0.0, 0.0) if self.gold.label == UNSOURCED else (0.0, 0.0, 0.0, 1.0)
        return self.found.probabilities


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A model's answers to labelled articles.

    Attributes
    ----------
    answers : list of Answer
        To the sentences with one of the four labels.
    metrics : Metrics
    boundaries : float
        Share of all labelled sentences whose boundaries the model found exactly.
    boilerplate : BoilerplateScores
    """

    answers: list[Answer]
    metrics: Metrics
    boundaries: float
    boilerplate: BoilerplateScores

    @property
    def articles(self) -> int:
        """How many articles."""
        return len({answer.article.id for answer in self.answers})

    def by(self, group: str) -> dict[str, Metrics]:
        """Figures by ``desk`` or ``region``, the largest groups first."""
        names = {getattr(answer.article, group) for answer in self.answers}
        parts = {name: [a for a in self.answers if getattr(a.article, group) == name] for name in names}
        ordered = sorted(parts.items(), key=lambda part: (-len(part[1]), part[0]))
        return {name: measure_answers(answers) for name, answers in ordered}

    def to_dict(self) -> dict[str, Any]:
        """As plain data, rounded to four decimals."""
        groups = {
            f"{group}s": {
                name: {figure: metrics.to_dict()[figure] for figure in ("sentences", "accuracy", "macro_f1")}
                for name, metrics in self.by(group).items()
            }
            for group in ("desk", "region")
        }
        return {
            "articles": self.articles,
            **self.metrics.to_dict(),
            "boundaries": round(self.boundaries, 4),
            "boilerplate": self.boilerplate.to_dict(),
            **groups,
        }

    def __str__(self) -> str:
        return f"{self.metrics}\n{self.boilerplate}\nsentence boundaries exact {self.boundaries:.3f}"


def evaluate(scorer: Scorer, articles: Sequence[GoldArticle]) -> Evaluation:
    """Score labelled articles and compare."""
    documents = scorer.score_many([article.text for article in articles])
    answers, exact, meant, taken = [], [], [], []
    for article, document in zip(articles, documents, strict=True):
        starts = np.array([s.start for s in document.sentences])
        ends = np.array([s.end for s in document.sentences])
        for gold in article.sentences:
            if not (is_counted(gold.label) or gold.label == "boilerplate"):
                continue
            found = _best(document.sentences, starts, ends, gold)
            exact.append(found is not None and (found.start, found.end) == (gold.start, gold.end))
            meant.append(gold.label == "boilerplate")
            taken.append(found is None or found.boilerplate)
            if is_counted(gold.label):
                answers.append(Answer(article, gold, found))
    boilerplate = measure_boilerplate(np.array(taken), np.array(meant))
    return Evaluation(answers, measure_answers(answers), float(np.mean(exact)), boilerplate)


def measure_answers(answers: Sequence[Answer]) -> Metrics:
    """Figures for some of a model's answers."""
    return measure(*arrays(answers))


def arrays(answers: Sequence[Answer]) -> tuple[Floats, Ints]:
    """Probabilities, shape (S, 4), and true labels, shape (S,)."""
    probabilities = np.array([answer.probabilities for answer in answers], np.float32)
    return probabilities, np.array([LABELS.index(answer.gold.label) for answer in answers])


def _best(
    sentences: Sequence[ScoredSentence], starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64], gold: GoldSentence
) -> ScoredSentence | None:
    if not len(sentences):
        return None
    overlap = np.minimum(ends, gold.end) - np.maximum(starts, gold.start)
    best = int(overlap.argmax())
    return sentences[best] if overlap[best] > 0 else None
