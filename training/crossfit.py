"""Fitting one of the models: on all labelled rows, and once for each fold without its rows."""

from __future__ import annotations

import warnings
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from model.linear import Floats
from model.tokens import Ints
from training.dataset import FOLDS
from training.windows import WindowRegression

#: Inverse strength of regularisation of each model (scikit-learn's C), and its iterations at most.
REGULARISATION: Final = {"tagger": 0.3, "type": 0.3, "label": 0.06, "boilerplate": 1.0}
ITERATIONS: Final = {"tagger": 60, "type": 200, "label": 150, "boilerplate": 200}
#: Settings of the boosted trees.
TREES: Final[dict[str, Any]] = {
    "max_iter": 80,
    "learning_rate": 0.1,
    "max_leaf_nodes": 12,
    "l2_regularization": 5,
    "early_stopping": False,
    "random_state": 0,
}
JOBS: Final = 2

Bools = npt.NDArray[np.bool_]
Matrix: TypeAlias = Any  # sparse, an array or a WindowMatrix


def cross_fit(
    matrix: Matrix,
    target: Ints,
    usable: Bools,
    fold: Ints,
    *,
    kind: str,
    scored: Matrix | None = None,
) -> tuple[Any, Floats]:
    """Fit on all usable rows, and score every row by a model that did not see its fold.

    Parameters
    ----------
    matrix : matrix, shape (N, n)
    target : ndarray of int, shape (N,)
    usable : ndarray of bool, shape (N,)
        The rows to fit to; those of the fold `training.dataset.HELD_OUT` are never.
    fold : ndarray of int, shape (N,)
    kind : str
        A key of `REGULARISATION` and `ITERATIONS`, or ``trees``.
    scored : matrix, shape (N, n), optional
        Other features to score rows by, in place of those that the models are fitted to.

    Returns
    -------
    model : estimator
        Fitted to all usable rows.
    scores : ndarray, shape (N, classes) or (N, 1)
        Probabilities by trees, log-odds by linear models.
    """
    scored = matrix if scored is None else scored
    usable = usable & (fold < FOLDS)
    parts = [usable & (fold != k) for k in range(FOLDS)] + [usable]
    models = Parallel(n_jobs=JOBS)(delayed(_fit_one)(matrix[part], target[part], kind) for part in parts)
    method = "predict_proba" if kind == "trees" else "decision_function"
    rows = [np.flatnonzero(fold == k) for k in range(len(parts))]
    found = [(rows[k], getattr(models[k], method)(scored[rows[k]])) for k in range(len(parts)) if len(rows[k])]
    scores = np.zeros((scored.shape[0], found[0][1].shape[1] if found[0][1].ndim > 1 else 1), np.float32)
    for place, values in found:
        scores[place] = values.reshape(-1, scores.shape[1])
    return models[-1], scores


def _fit_one(matrix: Matrix, target: Ints, kind: str) -> Any:
    if kind == "trees":
        return HistGradientBoostingClassifier(**TREES).fit(matrix, target)
    regularisation, iterations = REGULARISATION[kind], ITERATIONS[kind]
    if kind == "tagger":
        return WindowRegression.fit(matrix, target, regularisation=regularisation, iterations=iterations)
    # Most hashed features are of no row, and cost as much as the others: their coefficients stay zero.
    present = np.unique(matrix.indices)
    model = LogisticRegression(C=regularisation, max_iter=iterations)
    with warnings.catch_warnings():
        # Stopping early is part of the regularisation.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(matrix[:, present], target)
    coefficients = np.zeros((len(model.coef_), matrix.shape[1]))
    coefficients[:, present] = model.coef_
    model.coef_, model.n_features_in_ = coefficients, matrix.shape[1]
    return model
