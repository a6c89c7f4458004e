"""The learning curve: how good the model is for how many articles."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from model.corpus_format import CorpusArticle
from model.labels import DEFAULT_WEIGHTS
from model.manifest import FORMAT, Manifest
from model.scorer import Scorer
from training.dataset import build_dataset
from training.evaluate import evaluate
from training.fit import fit
from training.folds import check_folds
from training.gold import GoldArticle
from training.metrics import measure

SHARES = (0.1, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Point:
    """Figures of a model trained on part of the corpus.

    Attributes
    ----------
    articles, sentences : int
        What it was trained on.
    cross_validated : float
        Macro-F1 in cross-validation over that part.
    measured : dict of str to float
        Macro-F1 on each set of articles that it was measured on.
    """

    articles: int
    sentences: int
    cross_validated: float
    measured: dict[str, float]

    def to_dict(self) -> dict[str, Any]:
        """As plain data, rounded to four decimals."""
        measured = {name: round(value, 4) for name, value in self.measured.items()}
        return asdict(self) | {"cross_validated": round(self.cross_validated, 4), "measured": measured}


def learn_on_growing_parts(
    articles: Sequence[CorpusArticle],
    gold: dict[str, list[GoldArticle]],
    shares: Sequence[float],
    report: Callable[[str], None],
) -> Iterator[Point]:
    """Train on growing parts of the corpus, each part of the next, and measure.

    Parameters
    ----------
    articles : sequence of CorpusArticle
    gold : dict of str to list of GoldArticle
        Sets of articles to measure on, by name.
    shares : sequence of float
        How large the parts are, of the whole.
    report : callable
        Is told, in words, what is being done.

    Raises
    ------
    FoldError
        If a part is too small to train on.
    """
    shuffled = sorted(articles, key=lambda article: hashlib.sha256(article.id.encode()).digest())
    for share in shares:
        part = shuffled[: max(1, round(share * len(shuffled)))]
        report(f"{len(part)} articles")
        dataset = build_dataset(sorted(part, key=lambda article: article.id))
        check_folds(dataset)
        fitted = fit(dataset, lambda _: None)
        scorer = Scorer(fitted.weights, _manifest())
        yield Point(
            articles=len(part),
            sentences=int(dataset.labelled.sum()),
            cross_validated=measure(fitted.labels[dataset.labelled], dataset.labels[dataset.labelled]).macro_f1,
            measured={name: evaluate(scorer, members).metrics.macro_f1 for name, members in gold.items()},
        )


def _manifest() -> Manifest:
    """A manifest for a model that is never written."""
    return Manifest("curve", "", FORMAT, "", {}, DEFAULT_WEIGHTS, "", {}, {}, {}, {}, [])


def write_curve(points: Sequence[Point], path: Path) -> None:
    """Write a curve as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([point.to_dict() for point in points], indent=2) + "\n", encoding="utf-8")


def read_curve(path: Path) -> list[Point]:
    """Read a curve; an empty one where none has been written."""
    return [Point(**point) for point in json.loads(path.read_text(encoding="utf-8"))] if path.exists() else []
