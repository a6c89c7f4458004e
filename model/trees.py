"""Boosted trees as plain arrays, scored for all sentences at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from model.linear import Floats, softmax

#: A tree has no more leaves than that: as many as a mask has bits.
MAX_LEAVES: Final = 16
_ALL: Final = np.uint16(0xFFFF)
#: The place of the lowest bit of every mask.
_LOWEST: Final = np.array([0, *((mask & -mask).bit_length() - 1 for mask in range(1, 1 << MAX_LEAVES))], np.uint8)


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted classification trees: R rounds of K trees, one for each class, with N splits in all.

    Every split that sends a sentence to its right rules out the leaves to its left; the first leaf that is left, is the
    one that the sentence falls into. So the splits need not be walked one after another (QuickScorer, Lucchese et al.
    2015).

    Attributes
    ----------
    feature : ndarray of int32, shape (N,)
        The feature that a split looks at. A tree has at least one split, were it an idle one.
    threshold : ndarray of float32, shape (N,)
        A sentence with a larger value goes to the right.
    mask : ndarray of uint16, shape (N,)
        Zeros at the leaves that going to the right rules out.
    first : ndarray of int32, shape (R * K,)
        The first split of each tree.
    leaves : ndarray of float32, shape (R * K, MAX_LEAVES)
        What each leaf adds to the score of the tree's class.
    baseline : ndarray of float32, shape (K,)
        The score of each class before any tree.
    """

    feature: npt.NDArray[np.int32]
    threshold: Floats
    mask: npt.NDArray[np.uint16]
    first: npt.NDArray[np.int32]
    leaves: Floats
    baseline: Floats

    def probabilities(self, dense: Floats) -> Floats:
        """Probabilities of the classes, shape (S, K), from dense features of shape (S, n)."""
        columns = np.ascontiguousarray(dense.T)
        left = columns.take(self.feature, axis=0) <= self.threshold[:, None]
        masks = np.bitwise_and.reduceat(np.where(left, _ALL, self.mask[:, None]), self.first, axis=0)
        trees, leaves = self.leaves.shape
        values = self.leaves.ravel().take(_LOWEST.take(masks) + leaves * np.arange(trees)[:, None])
        classes = len(self.baseline)
        scores = values.reshape(-1, classes, values.shape[1]).sum(axis=0, dtype=np.float64).T + self.baseline
        return softmax(scores.astype(np.float32))
