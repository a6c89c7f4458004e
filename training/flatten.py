"""Boosted trees of scikit-learn, turned into the arrays that the model scores by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from model.trees import MAX_LEAVES, Trees


def flatten(model: HistGradientBoostingClassifier) -> Trees:
    """Turn a fitted classifier of three classes or more, whose trees have at most `MAX_LEAVES` leaves, into arrays."""
    trees = [tree.nodes for trees in model._predictors for tree in trees]  # there is no public way
    feature: list[int] = []
    threshold: list[float] = []
    mask: list[int] = []
    first: list[int] = []
    leaves = np.zeros((len(trees), MAX_LEAVES), np.float32)
    for number, nodes in enumerate(trees):
        first.append(len(feature))
        order = list(_leaves(nodes, 0))
        leaves[number, : len(order)] = nodes["value"][order]
        splits = np.flatnonzero(~nodes["is_leaf"].astype(bool))
        for split in splits:
            ruled_out = {order.index(leaf) for leaf in _leaves(nodes, nodes["left"][split])}
            feature.append(nodes["feature_idx"][split])
            threshold.append(_below(nodes["num_threshold"][split]))
            mask.append(sum(1 << leaf for leaf in range(MAX_LEAVES) if leaf not in ruled_out))
        if not len(splits):  # an idle split, which sends everything to its left
            feature.append(0)
            threshold.append(np.inf)
            mask.append(0)
    return Trees(
        feature=np.array(feature, np.int32),
        threshold=np.array(threshold, np.float32),
        mask=np.array(mask, np.uint16),
        first=np.array(first, np.int32),
        leaves=leaves,
        baseline=np.asarray(model._baseline_prediction, np.float32).ravel(),  # likewise
    )


def _leaves(nodes: Any, root: int) -> Iterator[int]:
    """The leaves below a node, from left to right."""
    if nodes["is_leaf"][root]:
        yield root
        return
    yield from _leaves(nodes, nodes["left"][root])
    yield from _leaves(nodes, nodes["right"][root])


def _below(threshold: float) -> float:
    """The largest number of single precision that is not above a threshold: features have single precision."""
    rounded = np.float32(threshold)
    return float(rounded if rounded <= threshold else np.nextafter(rounded, np.float32(-np.inf)))
