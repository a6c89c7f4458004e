"""Linear models whose features are hashed, scored by table look-ups."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from model.tokens import Ints

Floats = npt.NDArray[np.float32]


def sum_rows(table: Floats, features: Ints) -> Floats:
    """Sum the rows of a table that belong to each column of features.

    Parameters
    ----------
    table : ndarray, shape (features, K)
    features : ndarray of int, shape (n, N)
        Row numbers.

    Returns
    -------
    ndarray, shape (N, K)
    """
    total = np.zeros((features.shape[1], table.shape[1]), np.float32)
    for rows in features:
        total += table.take(rows, axis=0)  # several times as fast as by brackets
    return total


def sum_by_group(values: Floats, first: Ints) -> Floats:
    """Sum consecutive rows by group; a group may be empty.

    Parameters
    ----------
    values : ndarray, shape (N, K)
    first : ndarray of int, shape (G + 1,)
        First row of each group, closed by N.

    Returns
    -------
    ndarray, shape (G, K)
    """
    total = np.zeros((len(first) - 1, values.shape[1]), np.float32)
    filled = first[1:] > first[:-1]
    # Each group on its own, so that it does not matter what stands before it.
    total[filled] = np.add.reduceat(values, first[:-1][filled], axis=0, dtype=np.float64)
    return total


def product(rows: Floats, matrix: Floats) -> Floats:
    """Matrix product of which each row comes out as if alone: BLAS rounds a row by how many there are beside it.

    Parameters
    ----------
    rows : ndarray, shape (N, F)
    matrix : ndarray, shape (F, K)

    Returns
    -------
    ndarray, shape (N, K)
    """
    return np.einsum("nf,fk->nk", rows, matrix)


def softmax(scores: Floats) -> Floats:
    """Turn rows of unnormalised log-probabilities into probabilities."""
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def sigmoid(scores: Floats) -> Floats:
    """Turn log-odds into probabilities."""
    return np.asarray(expit(scores), np.float32)
