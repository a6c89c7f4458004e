"""Fitting the models, one on the out-of-fold answers of the one before."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from joblib import Parallel, delayed
from scipy.optimize import minimize_scalar
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from model.boilerplate import boilerplate_features
from model.classifier import pooled
from model.features import sentence_features
from model.labels import ANONYMOUS, LABELS, NAMED, OFFICIAL, UNSOURCED
from model.linear import Floats, sigmoid, softmax
from model.sources import POSITIONS, find_phrases
from model.taggers import CONTEXT_FEATURES, WINDOW, best_spans
from model.tokens import Ints
from model.weights import TYPES, Weights
from model.words import WORD_FEATURES
from training.dataset import FOLDS, Dataset, tagged_spans
from training.matrices import Matrices, one_hot, word_matrix
from training.vectors import load_vectors

#: Inverse strength of regularisation of each model (scikit-learn's C), and its iterations at most.
REGULARISATION: Final = {"tagger": 0.3, "type": 0.3, "label": 0.06, "boilerplate": 1.0}
ITERATIONS: Final = {"tagger": 60, "type": 200, "label": 150, "boilerplate": 200}
#: Settings of the boosted trees.
TREES: Final[dict[str, Any]] = {
    "max_iter": 150,
    "learning_rate": 0.06,
    "max_leaf_nodes": 12,
    "l2_regularization": 5,
    "early_stopping": False,
    "random_state": 0,
}
#: Dense features are scaled to this standard deviation, so that regularisation treats them like the rest.
DENSE_SCALE: Final = 0.5
JOBS: Final = 2
#: How often each label occurs in the published articles of the learning curve, rounded: figures on those articles are
#: to that extent not independent. The corpus has more of the rare labels, to learn them by.
TYPICAL_SHARES: Final = {NAMED: 0.40, OFFICIAL: 0.12, ANONYMOUS: 0.05, UNSOURCED: 0.43}
#: Probabilities calibrated on written articles alone were too sure of themselves on those published ones; by eye.
CAUTION: Final = 1.2

Bools = npt.NDArray[np.bool_]
Matrix: TypeAlias = Any  # sparse, or an array
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
    analysis, tokens = dataset.analysis, dataset.analysis.tokens
    vectors = load_vectors()
    matrices = Matrices(analysis, word_matrix(dataset.vocabulary, vectors))
    token_fold = dataset.fold[tokens.sentence]
    article = dataset.labelled[tokens.sentence]

    report("cue tagger")
    cue_matrix = matrices.cue()
    cue_model, cue_scores = _cross_fit(cue_matrix, dataset.cue_tags, article, token_fold, kind="tagger")
    cue = best_spans(cue_scores, tokens)

    report("source tagger")
    source_matrix = matrices.source(cue_matrix, cue)
    source_model, source_scores = _cross_fit(source_matrix, dataset.source_tags, article, token_fold, kind="tagger")
    source = best_spans(source_scores, tokens, blocked=cue)

    report("source types")
    marked_cue = tagged_spans(tokens, dataset.cue_tags)
    marked_source = tagged_spans(tokens, dataset.source_tags)
    typed = dataset.labelled & (dataset.labels < TYPES) & (marked_cue.found | marked_source.found)
    phrases = find_phrases(analysis, cue, source)
    type_model, type_scores = _cross_fit(
        matrices.types(find_phrases(analysis, marked_cue, marked_source)),
        dataset.labels,
        typed,
        dataset.fold,
        kind="type",
        scored=matrices.types(phrases),
    )

    report("labels")
    dense, hashed = sentence_features(analysis, phrases, softmax(type_scores))
    label_dense = dense.matrix()
    scaler = _Scaler.fit(label_dense, dataset.labelled)
    label_matrix = sp.hstack(
        [sp.csr_matrix(scaler.transform(label_dense)), one_hot(hashed), matrices.ngrams()], format="csr"
    )
    label_model, label_scores = _cross_fit(label_matrix, dataset.labels, dataset.labelled, dataset.fold, kind="label")
    linear = softmax(label_scores)

    report("label trees")
    trees_model, trees = _cross_fit(label_dense, dataset.labels, dataset.labelled, dataset.fold, kind="trees")
    temperature = CAUTION * _temperature(linear, trees, dataset)

    report("boilerplate")
    boilerplate_dense = boilerplate_features(analysis)
    boilerplate_scaler = _Scaler.fit(boilerplate_dense, np.ones(tokens.sentences, bool))
    boilerplate_matrix = sp.hstack(
        [sp.csr_matrix(boilerplate_scaler.transform(boilerplate_dense)), matrices.mean_words()], format="csr"
    )
    boilerplate_model, boilerplate_scores = _cross_fit(
        boilerplate_matrix,
        (~dataset.labelled).astype(np.int64),
        np.ones(tokens.sentences, bool),
        dataset.fold,
        kind="boilerplate",
    )

    label_line, label_context, label_ngrams = _split(label_model.coef_, len(dense.names), CONTEXT_FEATURES)
    boilerplate_line, boilerplate_words = _split(boilerplate_model.coef_, boilerplate_dense.shape[1])
    cue_words, cue_context = _split(cue_model.coef_, len(WINDOW) * WORD_FEATURES)
    source_words, source_context = _split(source_model.coef_, len(WINDOW) * WORD_FEATURES)
    type_words, type_context = _split(type_model.coef_, len(POSITIONS) * WORD_FEATURES)
    weights = Weights(
        words=_packed(
            np.hstack([_side_by_side(part) for part in (cue_words, source_words, type_words, boilerplate_words)])
        ),
        vector_hashes=vectors.hashes,
        vectors=vectors.vectors,
        cue_context=_packed(cue_context.T),
        cue_bias=_packed(cue_model.intercept_),
        source_context=_packed(source_context.T),
        source_bias=_packed(source_model.intercept_),
        type_context=_packed(type_context.T),
        type_bias=_packed(type_model.intercept_),
        label_dense=_packed(scaler.fold(label_line).T),
        label_context=_packed(label_context.T),
        label_ngrams=_packed(label_ngrams.T),
        label_bias=_packed(label_model.intercept_ - scaler.shift(label_line)),
        label_trees=trees_model,
        label_temperature=np.array([temperature], np.float32),
        boilerplate_dense=_packed(boilerplate_scaler.fold(boilerplate_line).T),
        boilerplate_bias=_packed(boilerplate_model.intercept_ - boilerplate_scaler.shift(boilerplate_line)),
    )
    return Fitted(
        weights,
        pooled(linear, trees, temperature),
        sigmoid(boilerplate_scores[:, 0]),
        temperature,
    )


def _cross_fit(
    matrix: Matrix,
    target: Ints,
    usable: Bools,
    fold: Ints,
    *,
    kind: str,
    scored: Matrix | None = None,
) -> tuple[Any, Floats]:
    """Fit on all usable rows, and score every row by a model that did not see its fold.

    ``scored`` gives other features to score rows by, in place of those that the models are fitted to. Trees score by
    probabilities, linear models by log-odds.
    """
    scored = matrix if scored is None else scored
    parts = [usable & (fold != k) for k in range(FOLDS)] + [usable]
    models = Parallel(n_jobs=JOBS)(delayed(_fit_one)(matrix[part], target[part], kind) for part in parts)
    method = "predict_proba" if kind == "trees" else "decision_function"
    found = [getattr(models[k], method)(scored[fold == k]) for k in range(FOLDS)]
    scores = np.zeros((scored.shape[0], found[0].shape[1] if found[0].ndim > 1 else 1), np.float32)
    for k in range(FOLDS):
        scores[fold == k] = found[k].reshape(-1, scores.shape[1])
    return models[-1], scores


def _fit_one(matrix: Matrix, target: Ints, kind: str) -> Any:
    if kind == "trees":
        return HistGradientBoostingClassifier(**TREES).fit(matrix, target, _label_weights(target))
    with warnings.catch_warnings():
        # Stopping early is part of the regularisation.
        warnings.simplefilter("ignore", ConvergenceWarning)
        weight = _label_weights(target) if kind == "label" else None
        return LogisticRegression(C=REGULARISATION[kind], max_iter=ITERATIONS[kind]).fit(matrix, target, weight)


def _label_weights(labels: Ints) -> Floats:
    """Weights of sentences that bring the labels' shares half-way, in logarithms, to the typical ones."""
    shares = np.bincount(labels, minlength=len(LABELS)) / len(labels)
    typical = np.array([TYPICAL_SHARES[label] for label in LABELS])
    weights: Floats = np.sqrt(typical / np.maximum(shares, 1e-3))[labels]
    return weights


@dataclass(frozen=True, slots=True)
class _Scaler:
    """Brings dense features to mean 0 and one standard deviation."""

    mean: Floats
    factor: Floats

    @classmethod
    def fit(cls, dense: Floats, rows: Bools) -> _Scaler:
        return cls(dense[rows].mean(axis=0), DENSE_SCALE / (dense[rows].std(axis=0) + 1e-3))

    def transform(self, dense: Floats) -> Floats:
        return (dense - self.mean) * self.factor

    def fold(self, coefficients: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Coefficients for features that are not scaled; shape (K, n)."""
        return coefficients * self.factor

    def shift(self, coefficients: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """What to take off the intercepts then; shape (K,)."""
        return self.fold(coefficients) @ self.mean


def _temperature(linear: Floats, trees: Floats, dataset: Dataset) -> float:
    """The temperature under which held-out labels are the most probable (Guo et al. 2017)."""
    rows = np.flatnonzero(dataset.labelled)
    labels = dataset.labels[rows]

    def loss(temperature: float) -> float:
        probabilities = pooled(linear[rows], trees[rows], temperature)
        return float(-np.log(probabilities[np.arange(len(rows)), labels] + 1e-12).mean())

    return float(minimize_scalar(loss, bounds=(0.2, 5.0), method="bounded").x)


def _split(coefficients: npt.NDArray[np.float64], *sizes: int) -> list[npt.NDArray[np.float64]]:
    """Cut coefficients of shape (K, n) into blocks of columns; the last takes what is left."""
    return np.split(coefficients, np.cumsum(sizes), axis=1)


def _side_by_side(coefficients: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """From (K, positions x WORD_FEATURES) to (WORD_FEATURES, positions x K)."""
    return np.hstack([block.T for block in np.split(coefficients, coefficients.shape[1] // WORD_FEATURES, axis=1)])


def _packed(array: npt.NDArray[np.float64]) -> Floats:
    return np.ascontiguousarray(array, dtype=np.float32)
