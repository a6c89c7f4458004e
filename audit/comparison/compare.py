"""Comparing two runs article by article, or two sets of articles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from audit.comparison.shares import SharesDifference, compare_shares
from audit.results import Results, ResultsError
from audit.statistics.correction import Correction
from audit.tally import Ints, Tally

#: Outlets that get differences of their own, the largest first.
MOST_OUTLETS = 50


@dataclass(frozen=True, slots=True)
class Side:
    """One side: its name for a reader, its articles, and how to correct their shares."""

    name: str
    tally: Tally
    correction: Correction | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences.

    Attributes
    ----------
    first, second : str
        What the sides are, for a reader.
    paired : bool
        Whether the articles are the same.
    only : tuple of int
        With pairs: articles in one run alone.
    overall : SharesDifference
    outlets : dict of str to SharesDifference
        Outlets on both sides.
    """

    first: str
    second: str
    paired: bool
    only: tuple[int, int]
    overall: SharesDifference
    outlets: dict[str, SharesDifference]


def same_inputs(first: Results, second: Results) -> bool:
    """Whether two runs are over the same files."""
    one, other = ({item.name: item.digest for item in results.manifest.inputs} for results in (first, second))
    return one == other


def compare(first: Side, second: Side, *, paired: bool) -> Comparison:
    """Compare two sides.

    Parameters
    ----------
    first, second : Side
    paired : bool
        Whether both are of the same files: then articles in both are compared, pair by pair.

    Raises
    ------
    ResultsError
        If a side has no articles to compare.
    """
    one, other = first.tally, second.tally
    rows = _pairs(one, other) if paired else (np.arange(len(one)), np.arange(len(other)))
    if not (len(rows[0]) and len(rows[1])):
        raise ResultsError("one of the sides has no articles to compare")

    def difference(mine: Ints, theirs: Ints) -> SharesDifference:
        corrections = first.correction, second.correction
        return compare_shares(one.counts[mine], other.counts[theirs], corrections, paired=paired)

    outlets = {}
    for name in list(one.outlet.members(rows[0]))[:MOST_OUTLETS]:
        mine = rows[0][one.outlet.codes[rows[0]] == one.outlet.code(name)]
        if paired:
            theirs = rows[1][one.outlet.codes[rows[0]] == one.outlet.code(name)]
        elif name in other.outlet.names:
            theirs = rows[1][other.outlet.codes[rows[1]] == other.outlet.code(name)]
        else:
            continue
        if len(theirs):
            outlets[name] = difference(mine, theirs)
    only = (len(one) - len(rows[0]), len(other) - len(rows[1])) if paired else (0, 0)
    return Comparison(first.name, second.name, paired, only, difference(*rows), outlets)


def _pairs(first: Tally, second: Tally) -> tuple[Ints, Ints]:
    """The rows of articles in both, pair by pair."""
    numbers = {name: number for number, name in enumerate(first.input.names)}
    translated = np.array([numbers.get(name, -1) for name in second.input.names])
    size = 1 + max(first.record.max(initial=0), second.record.max(initial=0))
    keys = first.input.codes * size + first.record, translated[second.input.codes] * size + second.record
    _, mine, theirs = np.intersect1d(*keys, assume_unique=True, return_indices=True)
    return mine, theirs
