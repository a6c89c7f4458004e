"""Fitting the models, one on the out-of-fold answers of the one before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from model.boilerplate import boilerplate_features
from model.lexicon import lexicon
from model.linear import Floats, sigmoid
from model.sources import POSITIONS
from model.taggers import CONTEXT_FEATURES, WINDOW
from model.weights import Weights
from model.words import WORD_FEATURES
from training.attribution import fit_attributions
from training.classification import fit_classifiers
from training.crossfit import cross_fit
from training.dataset import Dataset
from training.flatten import flatten
from training.matrices import Matrices, word_matrix
from training.scaler import Scaler
from training.vectors import load_vectors

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A trained model, and what it says of articles that it was not trained on.

    Attributes
    ----------
    weights : Weights
    labels : ndarray, shape (S, 4)
        Cross-validated probabilities of the labels.
    boilerplate : ndarray, shape (S,)
        Cross-validated probabilities of boilerplate.
    temperature : float
        By which scores are divided to calibrate them.
    """

    weights: Weights
    labels: Floats
    boilerplate: Floats
    temperature: float


def fit(dataset: Dataset, report: Report) -> Fitted:
    """Train all models on a dataset.

    Parameters
    ----------
    dataset : Dataset
    report : callable
        Is told, in words, what is being done.

    Notes
    -----
    Each model that looks at another's answers is trained on out-of-fold ones, as it will see them in
    use. The folds are by article, and the same for all models.
    """
    vectors = load_vectors()
    matrices = Matrices(dataset.analysis, word_matrix(dataset.vocabulary, vectors, lexicon()))
    attributions = fit_attributions(dataset, matrices, report)
    classifiers = fit_classifiers(dataset, matrices, attributions, report)
    report("boilerplate")
    boilerplate = _fit_boilerplate(dataset, matrices)

    cue_words, cue_context = _split(attributions.cue_model.coef_, len(WINDOW) * WORD_FEATURES)
    source_words, source_context = _split(attributions.source_model.coef_, len(WINDOW) * WORD_FEATURES)
    type_words, type_context = _split(attributions.type_model.coef_, len(POSITIONS) * WORD_FEATURES)
    scaler, linear, trees = classifiers.scaler, classifiers.linear, flatten(classifiers.trees)
    label_line, label_context, label_ngrams = _split(linear.coef_, len(scaler.mean), CONTEXT_FEATURES)
    boilerplate_line, boilerplate_words = _split(boilerplate.model.coef_, len(boilerplate.scaler.mean))
    weights = Weights(
        words=_packed(
            np.hstack([_side_by_side(part) for part in (cue_words, source_words, type_words, boilerplate_words)])
        ),
        vector_hashes=vectors.hashes,
        vectors=vectors.vectors,
        cue_context=_packed(cue_context.T),
        cue_bias=_packed(attributions.cue_model.intercept_),
        source_context=_packed(source_context.T),
        source_bias=_packed(attributions.source_model.intercept_),
        type_context=_packed(type_context.T),
        type_bias=_packed(attributions.type_model.intercept_),
        label_dense=_packed(scaler.fold(label_line).T),
        label_context=_packed(label_context.T),
        label_ngrams=_packed(label_ngrams.T),
        label_bias=_packed(linear.intercept_ - scaler.shift(label_line)),
        tree_feature=trees.feature,
        tree_threshold=trees.threshold,
        tree_mask=trees.mask,
        tree_first=trees.first,
        tree_leaves=trees.leaves,
        tree_baseline=trees.baseline,
        label_temperature=np.array([classifiers.temperature], np.float32),
        boilerplate_dense=_packed(boilerplate.scaler.fold(boilerplate_line).T),
        boilerplate_bias=_packed(boilerplate.model.intercept_ - boilerplate.scaler.shift(boilerplate_line)),
    )
    return Fitted(weights, classifiers.probabilities, boilerplate.probabilities, classifiers.temperature)


@dataclass(frozen=True, slots=True)
class _Boilerplate:
    model: Any
    scaler: Scaler
    probabilities: Floats


def _fit_boilerplate(dataset: Dataset, matrices: Matrices) -> _Boilerplate:
    dense = boilerplate_features(dataset.analysis)
    all_rows = np.ones(len(dense), bool)
    scaler = Scaler.fit(dense, all_rows)
    matrix = sp.hstack([sp.csr_matrix(scaler.transform(dense)), matrices.mean_words()], format="csr")
    target = (~dataset.labelled).astype(np.int64)
    model, scores = cross_fit(matrix, target, all_rows, dataset.fold, kind="boilerplate")
    return _Boilerplate(model, scaler, sigmoid(scores[:, 0]))


def _split(coefficients: npt.NDArray[np.float64], *sizes: int) -> list[npt.NDArray[np.float64]]:
    """Cut coefficients of shape (K, n) into blocks of columns; the last takes what is left."""
    return np.split(coefficients, np.cumsum(sizes), axis=1)


def _side_by_side(coefficients: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """From (K, positions x WORD_FEATURES) to (WORD_FEATURES, positions x K)."""
    return np.hstack([block.T for block in np.split(coefficients, coefficients.shape[1] // WORD_FEATURES, axis=1)])


def _packed(array: npt.NDArray[np.float64]) -> Floats:
    return np.ascontiguousarray(array, dtype=np.float32)
