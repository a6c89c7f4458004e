"""Fitting the models that find attributions: cue, source, and what kind of source it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from model.linear import Floats, softmax
from model.sources import Phrases, find_phrases
from model.taggers import best_spans
from model.weights import TYPES
from training.crossfit import cross_fit
from training.dataset import Dataset, tagged_spans
from training.matrices import Matrices
from training.windows import WindowRegression

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Attributions:
    """The fitted models, and what they say of sentences that they were not fitted to.

    Attributes
    ----------
    cue_model, source_model : WindowRegression
    type_model : LogisticRegression
    phrases : Phrases
        Cross-validated.
    types : ndarray, shape (S, 3)
        Cross-validated probabilities of the kinds of source.
    """

    cue_model: WindowRegression
    source_model: WindowRegression
    type_model: Any
    phrases: Phrases
    types: Floats


def fit_attributions(dataset: Dataset, matrices: Matrices, report: Report) -> Attributions:
    """Fit the two taggers and the source typer, each on the out-of-fold answers of the one before."""
    analysis, tokens = dataset.analysis, dataset.analysis.tokens
    token_fold = dataset.fold[tokens.sentence]
    article = dataset.labelled[tokens.sentence]

    report("cue tagger")
    cue_matrix = matrices.cue()
    cue_model, cue_scores = cross_fit(cue_matrix, dataset.cue_tags, article, token_fold, kind="tagger")
    cue = best_spans(cue_scores, tokens)

    report("source tagger")
    source_matrix = matrices.source(cue_matrix, cue)
    source_model, source_scores = cross_fit(source_matrix, dataset.source_tags, article, token_fold, kind="tagger")
    source = best_spans(source_scores, tokens, blocked=cue)

    report("source types")
    marked_cue = tagged_spans(tokens, dataset.cue_tags)
    marked_source = tagged_spans(tokens, dataset.source_tags)
    typed = dataset.labelled & (dataset.labels < TYPES) & (marked_cue.found | marked_source.found)
    phrases = find_phrases(analysis, cue, source)
    type_model, type_scores = cross_fit(
        matrices.types(find_phrases(analysis, marked_cue, marked_source)),
        dataset.labels,
        typed,
        dataset.fold,
        kind="type",
        scored=matrices.types(phrases),
    )
    return Attributions(cue_model, source_model, type_model, phrases, softmax(type_scores))
