"""Shares of a group of articles, raw and corrected, with their intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import binomtest

from audit.statistics.bootstrap import CONFIDENCE, FEWEST, Array, interval, resample, shares
from audit.statistics.correction import Correction
from model.labels import LABELS


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its interval; without an interval where there are too few articles, without a value where none."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class GroupShares:
    """What share of a group's labelled sentences has each label.

    Attributes
    ----------
    articles, sentences : int
        The articles, and their labelled sentences.
    raw : dict of str to Estimate
        As labelled by the model.
    corrected : dict of str to Estimate, or None
        For the known confusion; None without one.
    """

    articles: int
    sentences: int
    raw: dict[str, Estimate]
    corrected: dict[str, Estimate] | None


def estimate_shares(counts: npt.NDArray[np.int64], correction: Correction | None) -> GroupShares:
    """Estimate the shares of a group.

    Parameters
    ----------
    counts : ndarray, shape (n, 4)
        Sentences of each article by label.
    correction : Correction or None
    """
    totals = counts.sum(axis=0).astype(np.float64)
    point = shares(totals)
    drawn = shares(resample(counts)) if len(counts) >= FEWEST else None
    corrected = None
    if correction is not None:
        corrected = _estimates(correction.correct(point), None if drawn is None else correction.replicate(drawn))
    return GroupShares(len(counts), int(totals.sum()), _estimates(point, drawn), corrected)


def estimate_rate(marked: npt.NDArray[np.bool_]) -> Estimate:
    """The share of articles that are marked, shape (n,), with Wilson's interval (1927)."""
    if not len(marked):
        return Estimate(None)
    found = binomtest(int(marked.sum()), len(marked)).proportion_ci(CONFIDENCE, method="wilson")
    return Estimate(float(marked.mean()), float(found.low), float(found.high))


def estimate(point: Array, replicates: Array | None) -> list[Estimate]:
    """Figures of shape (k,) with their intervals from replicates of shape (B, k)."""
    if replicates is None:
        return [Estimate(_number(value)) for value in point]
    return [
        Estimate(*map(_number, (value, *interval(drawn)))) for value, drawn in zip(point, replicates.T, strict=True)
    ]


def _estimates(point: Array, replicates: Array | None) -> dict[str, Estimate]:
    return dict(zip(LABELS, estimate(point, replicates), strict=True))


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
