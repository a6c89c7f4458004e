"""Fitting the models that label sentences, from what is known of their attributions."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize_scalar

from model.classifier import pooled
from model.features import sentence_features
from model.linear import Floats, softmax
from training.attribution import Attributions
from training.crossfit import cross_fit
from training.dataset import FOLDS, Dataset
from training.matrices import Matrices, one_hot
from training.scaler import Scaler

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Classifiers:
    """The fitted models, and what they say of sentences that they were not fitted to.

    Attributes
    ----------
    linear : LogisticRegression
        Over the dense features, scaled, then the crossed ones, then the n-grams.
    trees : HistGradientBoostingClassifier
        Over the dense features.
    scaler : Scaler
        Of the dense features.
    temperature : float
        By which scores are divided to calibrate them.
    linear_probabilities, tree_probabilities : ndarray, shape (S, 4)
        Cross-validated.
    """

    linear: Any
    trees: Any
    scaler: Scaler
    temperature: float
    linear_probabilities: Floats
    tree_probabilities: Floats

    @property
    def probabilities(self) -> Floats:
        """Cross-validated probabilities of both together, shape (S, 4)."""
        return pooled(self.linear_probabilities, self.tree_probabilities, self.temperature)


def fit_classifiers(
    dataset: Dataset,
    matrices: Matrices,
    attributions: Attributions,
    report: Report,
    *,
    without: Collection[str] = (),
) -> Classifiers:
    """Fit the linear model and the trees.

    ``without`` names features to leave out, see `model.sentences.Columns.without`.
    """
    report("labels")
    dense, crossed = sentence_features(dataset.analysis, attributions.phrases, attributions.types)
    dense, crossed = dense.without(without), crossed.without(without)
    features = dense.matrix()
    scaler = Scaler.fit(features, dataset.labelled & (dataset.fold < FOLDS))
    matrix = sp.hstack(
        [sp.csr_matrix(scaler.transform(features)), one_hot(crossed.rows()), matrices.ngrams(without)], format="csr"
    )
    linear_model, scores = cross_fit(matrix, dataset.labels, dataset.labelled, dataset.fold, kind="label")
    linear = softmax(scores)
    report("label trees")
    trees_model, trees = cross_fit(features, dataset.labels, dataset.labelled, dataset.fold, kind="trees")
    temperature = _temperature(linear, trees, dataset)
    return Classifiers(linear_model, trees_model, scaler, temperature, linear, trees)


def _temperature(linear: Floats, trees: Floats, dataset: Dataset) -> float:
    """The temperature under which held-out labels are the most probable (Guo et al. 2017)."""
    rows = np.flatnonzero(dataset.labelled & (dataset.fold < FOLDS))
    labels = dataset.labels[rows]

    def loss(temperature: float) -> float:
        probabilities = pooled(linear[rows], trees[rows], temperature)
        return float(-np.log(probabilities[np.arange(len(rows)), labels] + 1e-12).mean())

    return float(minimize_scalar(loss, bounds=(0.2, 5.0), method="bounded").x)
