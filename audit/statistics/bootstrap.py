"""The bootstrap over articles: sentences of one article stand or fall together, so articles are what is drawn."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

#: Every figure is drawn from this seed, so that a rerun gives the same bytes.
SEED: Final = 20_240_229
REPLICATES: Final = 1000
CONFIDENCE: Final = 0.95
#: Too few articles say too little of how much articles differ: below, no interval is given.
FEWEST: Final = 10
#: Above, articles are first put into so many blocks at random, and blocks are drawn.
BLOCKS: Final = 2000


def resample(values: npt.ArrayLike, stream: int = 0) -> Array:
    """Draw the articles with replacement, and add up what they hold (Efron 1979; clusters: Field and Welsh 2007).

    The work is bounded: of more than `BLOCKS` articles random groups of equal size are drawn, whose totals vary as much
    (Wolter, *Introduction to Variance Estimation*, 2007, chapter 2).

    Parameters
    ----------
    values : array_like, shape (n, k)
        What each article adds to each of k totals.
    stream : int
        What is drawn from different streams is independent.

    Returns
    -------
    ndarray, shape (REPLICATES, k)
        The totals of each replicate.
    """
    units = np.asarray(values, np.float64)
    rng = np.random.default_rng([SEED, stream])
    if len(units) > BLOCKS:
        block = rng.permutation(len(units)) % BLOCKS
        units = np.stack([np.bincount(block, column, BLOCKS) for column in units.T], axis=1)
    drawn = rng.multinomial(len(units), np.full(len(units), 1 / len(units)), size=REPLICATES)
    return drawn @ units


def interval(replicates: Array) -> tuple[float, float]:
    """The percentile interval of `CONFIDENCE` of one figure; replicates in which it has no value are passed over.

    Parameters
    ----------
    replicates : ndarray, shape (REPLICATES,)

    Returns
    -------
    low, high : float
        NaN where no replicate has a value.
    """
    tail = (1 - CONFIDENCE) / 2
    valued = replicates[~np.isnan(replicates)]
    low, high = np.quantile(valued, [tail, 1 - tail]) if len(valued) else (np.nan, np.nan)
    return float(low), float(high)


def shares(totals: Array) -> Array:
    """Counts as shares of their sum along the last axis; NaN where it is 0."""
    whole = totals.sum(axis=-1, keepdims=True)
    return np.divide(totals, whole, out=np.full(totals.shape, np.nan), where=whole > 0)
