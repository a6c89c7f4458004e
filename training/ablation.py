"""What each part of the model is worth: the model without it, measured on the same articles."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from model.analysis import Analysis
from model.corpus_format import CorpusArticle
from model.lexicon import bits, lexicon
from model.linear import Floats
from model.quotes import Quotations
from model.sources import find_phrases
from model.taggers import Spans
from model.tokens import Ints
from model.vectors import WordVectors
from model.weights import TYPES
from training.attribution import Attributions, fit_attributions
from training.classification import Classifiers, fit_classifiers
from training.dataset import FOLDS, Dataset, build_dataset
from training.gold import GoldArticle
from training.matrices import Matrices, word_matrix
from training.metrics import measure
from training.vectors import load_vectors

#: The name of the model with all its parts.
WHOLE: Final = "everything"

#: Lexicon classes that words lose.
LEXICONS: Final = {
    "lexicons of verbs and cue phrases": (
        "say", "accuse", "find", "write", "believe", "ask", "thin", "act", "cue_phrases", "hearsay",
    ),
    "lexicons of names": ("outlets", "orgs", "places", "demonyms", "first_names", "surnames", "titles", "suffixes"),
    "lexicons of people, bodies and documents": (
        "spokes", "official_people", "roles", "roles_plural", "groups", "institutions", "institutions_plural",
        "documents", "documents_plural", "speech_nouns", "speech_nouns_plural", "unique_offices", "anonymity",
    ),
}  # fmt: skip

#: Features of the labels' models, by the words of their names in `model.features`.
FEATURES: Final = {
    "where the cue stands": ("cue_score", "cue_inside", "relative", "cue_place"),
    "the source phrase's words": ("head_word", "head_kind", "source_first"),
    "whom pronouns point to": ("pronoun", "definite", "antecedent", "pronoun_type"),
    "quotation state": (
        "quoted_share", "quoted_words", "longest_quotation", "scare_quotes", "continued", "resumed", "opens",
        "unfinished", "whole", "never_closed", "previous_share", "next_share", "next_continued", "quoting_type",
        "state", "cue_inside", "source_inside",
    ),
    "attributions before and behind": (
        "before_type", "before_distance", "before_same_paragraph", "before_previous_paragraph", "next_type",
        "next_distance", "quoting_type", "near", "previous_own", "own_share",
    ),
    "lists and lead-ins": ("listed", "listed_type", "previous_colon", "ends_colon", "colon"),
    "lexicon classes in the sentence": ("has",),
    "first and second person": (
        "first_person", "first_person_quoted", "first_person_article", "second_person",
    ),
    "words and pairs of words": ("unigram", "bigram"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loss:
    """Figures of the model without one part.

    Attributes
    ----------
    without : str
        The part, or `WHOLE` for none.
    figures : dict of str to dict of str to float
        Accuracy, macro-F1 and Brier score by name of the set of articles.
    """

    without: str
    figures: dict[str, dict[str, float]]


def ablate(
    articles: Sequence[CorpusArticle],
    gold: Mapping[str, Sequence[GoldArticle]],
    report: Callable[[str], None],
    parts: Sequence[str] = (),
) -> Iterator[Loss]:
    """Train the model with everything, then without one part after another.

    Sentences are judged with the boundaries that they are labelled with, and none is taken for boilerplate.

    Parameters
    ----------
    articles : sequence of CorpusArticle
        To train on, and to measure on in cross-validation.
    gold : dict of str to sequence of GoldArticle
        Further sets of articles to measure on, by name.
    report : callable
        Is told, in words, what is being done.
    parts : sequence of str
        Some of `PARTS`; all of them by default.
    """
    held_out = [article for members in gold.values() for article in members]
    dataset = build_dataset(articles, held_out)
    rows = _rows(dataset, gold)
    report(WHOLE)
    whole = _Model.fit(dataset, lexicon(), load_vectors())
    yield Loss(WHOLE, _figures(dataset, rows, whole.classifiers.probabilities))
    for part in parts or PARTS:
        report(f"without {part}")
        if part in LEXICONS:
            known = _without_classes(lexicon(), bits(*LEXICONS[part]))
            probabilities = _Model.fit(build_dataset(articles, held_out, known), known, whole.vectors).probabilities
        else:
            probabilities = whole.without(part)
        yield Loss(part, _figures(dataset, rows, probabilities))


@dataclass(frozen=True, slots=True)
class _Model:
    """A model with everything."""

    dataset: Dataset
    known: Mapping[str, int]
    vectors: WordVectors
    matrices: Matrices
    attributions: Attributions
    classifiers: Classifiers

    @classmethod
    def fit(cls, dataset: Dataset, known: Mapping[str, int], vectors: WordVectors) -> _Model:
        matrices = Matrices(dataset.analysis, word_matrix(dataset.vocabulary, vectors, known))
        attributions = fit_attributions(dataset, matrices, _quiet)
        classifiers = fit_classifiers(dataset, matrices, attributions, _quiet)
        return cls(dataset, known, vectors, matrices, attributions, classifiers)

    @property
    def probabilities(self) -> Floats:
        return self.classifiers.probabilities

    def without(self, part: str) -> Floats:
        """The labels' probabilities of the same model without a part that is no lexicon."""
        attributions, analysis = self.attributions, self.dataset.analysis
        if part == "boosted trees":
            return self.classifiers.linear_probabilities
        if part == "linear model of the label":
            return self.classifiers.tree_probabilities
        if part in FEATURES:
            return self._classify(attributions, without=FEATURES[part])
        if part == "types of sources":
            return self._classify(replace(attributions, types=np.full_like(attributions.types, 1 / TYPES)))
        if part == "taggers":
            nothing = Spans.none(analysis.tokens.sentences)
            phrases = find_phrases(analysis, nothing, nothing)
            types = np.full_like(attributions.types, 1 / TYPES)
            return self._classify(replace(attributions, phrases=phrases, types=types))
        if part == "word vectors":
            return self.fit(self.dataset, self.known, WordVectors.empty()).probabilities
        blanked = replace(self.dataset, analysis=_BLANKED[part](analysis))
        return self.fit(blanked, self.known, self.vectors).probabilities

    def _classify(self, attributions: Attributions, *, without: Sequence[str] = ()) -> Floats:
        classifiers = fit_classifiers(self.dataset, self.matrices, attributions, _quiet, without=without)
        return classifiers.probabilities


def _no_names(analysis: Analysis) -> Analysis:
    return replace(analysis, name=np.zeros_like(analysis.name))


def _no_quotations(analysis: Analysis) -> Analysis:
    return replace(analysis, quotations=Quotations([], np.full_like(analysis.quotations.number, -1)))


_BLANKED: Final = {"names, told from the whole article": _no_names, "quotation marks": _no_quotations}
#: All parts that can be left out; the last ones need all models trained anew.
PARTS: Final = (
    "boosted trees",
    "linear model of the label",
    *FEATURES,
    "types of sources",
    "taggers",
    "word vectors",
    *_BLANKED,
    *LEXICONS,
)


def _quiet(step: str) -> None:
    """Tell nobody."""


def _without_classes(known: Mapping[str, int], classes: int) -> dict[str, int]:
    return {word: mask & ~classes for word, mask in known.items()}


def _rows(dataset: Dataset, gold: Mapping[str, Sequence[GoldArticle]]) -> dict[str, Ints]:
    """The labelled sentences of each set of articles."""
    document = dataset.analysis.tokens.sentence_document
    rows = {"cross-validated": np.flatnonzero(dataset.labelled & (dataset.fold < FOLDS))}
    first = len(dataset.articles)
    for name, members in gold.items():
        last = first + len(members)
        rows[name] = np.flatnonzero(dataset.labelled & (document >= first) & (document < last))
        first = last
    return rows


def _figures(dataset: Dataset, rows: Mapping[str, Ints], probabilities: Floats) -> dict[str, dict[str, float]]:
    measured = {name: measure(probabilities[places], dataset.labels[places]) for name, places in rows.items()}
    return {
        name: {figure: round(getattr(metrics, figure), 4) for figure in ("accuracy", "macro_f1", "brier")}
        for name, metrics in measured.items()
    }


def write_losses(losses: Sequence[Loss], path: Path) -> None:
    """Write an ablation as JSON, in the place of another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(loss) for loss in losses], indent=2) + "\n", encoding="utf-8")


def read_losses(path: Path) -> list[Loss]:
    """Read an ablation; an empty one where none has been written."""
    return [Loss(**loss) for loss in json.loads(path.read_text(encoding="utf-8"))] if path.exists() else []
