"""Logistic regression over windows of words, for the taggers.

The nine words around a token have some ninety features. But a word has the same ones wherever it stands, so a product
with all of them is one with the features of each distinct word, looked up where the word stands: a fraction of the
work that it is for a library that wants the whole matrix.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.optimize import minimize
from scipy.special import log_softmax

from model.linear import Floats
from model.tokens import Ints


@dataclass(frozen=True, slots=True)
class WindowMatrix:
    """Features of N tokens: of the words around each, then of the context.

    As one matrix it is ``hstack([places @ words, context])``.

    Attributes
    ----------
    places : sparse matrix, shape (N, P)
        Ones where a word stands at an offset from a token.
    words : sparse matrix, shape (P, F)
        Features of the words at each offset.
    context : sparse matrix, shape (N, C)
    """

    places: sp.csr_matrix
    words: sp.csr_matrix
    context: sp.csr_matrix

    @property
    def shape(self) -> tuple[int, int]:
        """Tokens and features."""
        return self.places.shape[0], self.words.shape[1] + self.context.shape[1]

    def __getitem__(self, tokens: npt.NDArray[np.int64 | np.bool_]) -> WindowMatrix:
        """The features of some tokens."""
        return replace(self, places=self.places[tokens], context=self.context[tokens])

    def with_context(self, more: sp.csr_matrix) -> WindowMatrix:
        """The same with further features of the context, which share its columns."""
        return replace(self, context=self.context + more)

    def present(self) -> tuple[WindowMatrix, Ints]:
        """The same without columns that are all zero, and which are left."""
        of_words, of_context = np.unique(self.words.indices), np.unique(self.context.indices)
        smaller = replace(self, words=self.words[:, of_words], context=self.context[:, of_context])
        return smaller, np.concatenate([of_words, self.words.shape[1] + of_context])

    def scores(self, weights: Floats) -> Floats:
        """Product with weights, shape (features, K); returns shape (N, K)."""
        around, beside = np.split(weights, [self.words.shape[1]])
        return self.places @ (self.words @ around) + self.context @ beside

    def gradient(self, slopes: Floats) -> Floats:
        """Product of the transposed matrix with the slopes of a loss, shape (N, K); returns shape (features, K)."""
        return np.concatenate([self.words.T @ (self.places.T @ slopes), self.context.T @ slopes])


@dataclass(frozen=True, slots=True)
class WindowRegression:
    """Multinomial logistic regression with an L2 penalty, as scikit-learn's, for a `WindowMatrix`.

    Attributes
    ----------
    coef_ : ndarray, shape (K, features)
    intercept_ : ndarray, shape (K,)
    """

    coef_: npt.NDArray[np.float64]
    intercept_: npt.NDArray[np.float64]

    @classmethod
    def fit(cls, matrix: WindowMatrix, target: Ints, *, regularisation: float, iterations: int) -> WindowRegression:
        """Fit to tokens.

        Parameters
        ----------
        matrix : WindowMatrix
        target : ndarray of int, shape (N,)
            Classes from 0 to K - 1.
        regularisation : float
            Inverse strength (scikit-learn's C).
        iterations : int
            At most.
        """
        used, columns = matrix.present()
        (count, features), classes = used.shape, int(target.max()) + 1
        truth = np.eye(classes)[target]
        decay = 1 / (regularisation * count)

        def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
            bias, weights = flat[:classes], flat[classes:].reshape(features, classes)
            scores = used.scores(weights.astype(np.float32)) + bias
            log_probability = log_softmax(np.ascontiguousarray(scores.T), axis=0).T
            value = decay / 2 * np.vdot(weights, weights) - np.vdot(log_probability, truth) / count
            slopes = (np.exp(log_probability) - truth) / count
            gradient = used.gradient(slopes.astype(np.float32)) + decay * weights
            return value, np.concatenate([slopes.sum(axis=0), gradient.ravel()])

        options = {"maxiter": iterations, "gtol": 1e-4, "ftol": 64 * np.finfo(float).eps, "maxls": 50}
        found = minimize(loss, np.zeros((features + 1) * classes), jac=True, method="L-BFGS-B", options=options).x
        coefficients = np.zeros((classes, matrix.shape[1]))
        coefficients[:, columns] = found[classes:].reshape(features, classes).T
        return cls(coefficients, found[:classes])

    def decision_function(self, matrix: WindowMatrix) -> Floats:
        """Log-odds, shape (N, K)."""
        return matrix.scores(self.coef_.T.astype(np.float32)) + self.intercept_.astype(np.float32)
