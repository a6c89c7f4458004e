"""Logistic regression over windows of words."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from training.windows import WindowMatrix, WindowRegression


@pytest.fixture(scope="module")
def tokens() -> tuple[WindowMatrix, np.ndarray]:
    """Features of 400 tokens, some columns empty, and classes that depend on them."""
    draw = np.random.default_rng(1)
    words = sp.random(30, 25, 0.2, "csr", np.float32, draw)
    places = sp.csr_matrix((np.ones(800, np.float32), draw.integers(0, 30, 800), np.arange(0, 801, 2)), shape=(400, 30))
    context = sp.random(400, 40, 0.05, "csr", np.float32, draw)
    context = sp.hstack([context, sp.csr_matrix((400, 3), dtype=np.float32)], format="csr")
    matrix = WindowMatrix(places, words, context)
    target = (matrix.scores(draw.normal(size=(matrix.shape[1], 3)).astype(np.float32))).argmax(axis=1)
    return matrix, target


def test_it_comes_to_what_scikit_learn_does_with_the_whole_matrix(tokens):
    matrix, target = tokens
    whole = sp.hstack([matrix.places @ matrix.words, matrix.context], format="csr").astype(np.float64)
    theirs = LogisticRegression(C=0.5, tol=1e-4, max_iter=500).fit(whole, target)
    ours = WindowRegression.fit(matrix, target, regularisation=0.5, iterations=500)
    assert ours.decision_function(matrix) == pytest.approx(theirs.decision_function(whole), abs=0.01)
    assert ours.coef_ == pytest.approx(theirs.coef_, abs=0.01)


def test_some_tokens_are_scored_as_among_all(tokens):
    matrix, target = tokens
    model = WindowRegression.fit(matrix, target, regularisation=0.5, iterations=50)
    some = np.arange(0, 400, 7)
    assert model.decision_function(matrix[some]) == pytest.approx(model.decision_function(matrix)[some])
