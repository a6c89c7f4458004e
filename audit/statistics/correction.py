"""Shares corrected for how the labels are known to be confused.

A share of sentences labelled ``anonymous`` counts some that are not, and misses some that are. With P(given | true)
from sentences labelled by hand, the shares given are a known mixture of the true ones, and can be solved for them:
adjusted counting (Forman, *Quantifying counts and costs via classification*, 2008), over several classes as in Lipton
et al., *Detecting and correcting for label shift with black box predictors* (2018); Saerens et al. (2002) solve the
same mixture by likelihood. It holds as far as the sentences of a class are misread as those labelled by hand were.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from audit.statistics.bootstrap import Array
from audit.statistics.confusion import Confusion
from model.labels import LABELS


class Correction:
    """Corrects shares by one confusion.

    Parameters
    ----------
    confusion : Confusion
    stream : int
        What draws of the confusion come from; another for another model's, which errs independently.
    """

    def __init__(self, confusion: Confusion, stream: int = 1) -> None:
        self.confusion = confusion
        self._point = _Unmixing(confusion.rates()[None])
        self._drawn = _Unmixing(confusion.draw(stream))

    def correct(self, shares: Array) -> Array:
        """The true shares behind ``shares``, both of shape (4,); NaN where there are none."""
        return self._point(shares[None])[0]

    def replicate(self, shares: Array) -> Array:
        """The true shares behind each replicate's, each by another draw of the confusion, both (REPLICATES, 4)."""
        return self._drawn(shares)


class _Unmixing:
    """Least squares over the simplex: minimises |q - Rᵀπ| with π ≥ 0 and Σπ = 1, for R of shape (B, 4, 4).

    The minimum lies inside one of the 15 faces of the simplex, and is there the minimum of the face's plane. So each
    face's is computed, an affine map of q, and the best of those that have no negative part is the answer: exact, and
    one product of matrices for any number of q.
    """

    def __init__(self, rates: Array) -> None:
        size = len(LABELS)
        self._mixing = rates.swapaxes(1, 2)
        faces = [list(face) for k in range(1, size + 1) for face in combinations(range(size), k)]
        maps = np.zeros((len(faces), len(rates), size, size + 1))
        for number, face in enumerate(faces):
            mixing = self._mixing[:, :, face]
            maps[number][:, face] = _solve_plane(mixing)
        self._maps = maps

    def __call__(self, shares: Array) -> Array:
        extended = np.concatenate([shares, np.ones((len(shares), 1))], axis=1)
        candidates = np.einsum("fbij,bj->fbi", self._maps, extended)
        distance = np.linalg.norm(np.einsum("bij,fbj->fbi", self._mixing, candidates) - shares, axis=2)
        distance[(candidates < -1e-12).any(axis=2)] = np.inf
        best = np.nan_to_num(distance, nan=np.inf).argmin(axis=0)
        found = np.clip(candidates[best, np.arange(len(shares))], 0, 1)
        found[np.isnan(shares).any(axis=1)] = np.nan
        return found


def _solve_plane(mixing: Array) -> Array:
    """Minimise |q - Mπ| with Σπ = 1 by Lagrange's multiplier: π as a map of (q, 1), shape (B, k, 5)."""
    count, size, parts = mixing.shape
    system = np.zeros((count, parts + 1, parts + 1))
    system[:, :parts, :parts] = mixing.swapaxes(1, 2) @ mixing
    system[:, :parts, parts] = system[:, parts, :parts] = 1
    right = np.zeros((count, parts + 1, size + 1))
    right[:, :parts, :size] = mixing.swapaxes(1, 2)
    right[:, parts, size] = 1
    return (np.linalg.pinv(system) @ right)[:, :parts]
