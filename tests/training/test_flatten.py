"""Boosted trees as arrays."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from training.flatten import flatten


@pytest.mark.parametrize("leaves", [2, 7, 16])
@pytest.mark.parametrize("seed", range(3))
def test_they_say_what_the_trees_of_scikit_learn_say(leaves, seed):
    random = np.random.default_rng(seed)
    # Few distinct values, so that many of them lie beside a threshold.
    dense = random.integers(0, 7, (400, 6)).astype(np.float32) / 10
    labels = (dense[:, 0] > dense[:, 1]).astype(int) + (dense[:, 2] + random.normal(0, 0.2, 400) > 0.3)
    fitted = HistGradientBoostingClassifier(
        max_iter=12, max_leaf_nodes=leaves, min_samples_leaf=3, early_stopping=False, random_state=0
    ).fit(dense, labels)
    np.testing.assert_allclose(flatten(fitted).probabilities(dense), fitted.predict_proba(dense), atol=1e-6)


def test_trees_that_found_nothing_to_split_give_the_shares_of_the_classes():
    dense = np.zeros((90, 2), np.float32)
    fitted = HistGradientBoostingClassifier(max_iter=3, early_stopping=False).fit(dense, np.repeat([0, 1, 2], 30))
    np.testing.assert_allclose(flatten(fitted).probabilities(dense[:2]), np.full((2, 3), 1 / 3), atol=1e-6)
