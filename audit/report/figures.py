"""The figures of a report, by group of articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from audit.periods import fitting_unit, period_of
from audit.statistics.correction import Correction
from audit.statistics.estimates import Estimate, GroupShares, estimate_rate, estimate_shares
from audit.tally import Grouping, Ints, Tally
from model.standards import STANDARDS

#: Groups of a kind that get figures, the largest first; what is left out is counted.
MOST_OUTLETS: Final = 50
MOST_GROUPS: Final = 200
#: An author with fewer articles is no group.
AUTHOR_ARTICLES: Final = 20
BINS: Final = 20


@dataclass(frozen=True, slots=True)
class Row:
    """The shares of one group."""

    name: str
    shares: GroupShares


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of a kind.

    Attributes
    ----------
    rows : list of Row
        The largest first.
    left_out : int
        Groups that are too many, or too small.
    unknown : int
        Articles of no known group.
    """

    rows: list[Row]
    left_out: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Series:
    """The shares of one outlet over time, or of all articles, a row a period."""

    outlet: str | None
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Strength:
    """How strengths of articles are distributed.

    Attributes
    ----------
    outlet : str or None
        None for all articles.
    articles : int
        Those that have a strength.
    mean : float
    quartiles : tuple of float
    histogram : list of int
        Articles in `BINS` equal ranges of [0, 1].
    """

    outlet: str | None
    articles: int
    mean: float
    quartiles: tuple[float, float, float]
    histogram: list[int]


@dataclass(frozen=True, slots=True)
class FlagRate:
    """How many articles have a flag."""

    code: str
    articles: int
    rate: Estimate


@dataclass(frozen=True, slots=True)
class Figures:
    """All that is counted from the articles' tallies.

    Attributes
    ----------
    overall : GroupShares
    unit : str
        What the series count by: month, quarter or year.
    series : list of Series
        All articles first, then the largest outlets.
    undated : int
        Articles without a date.
    outlets, sections, authors : Groups
    strengths : list of Strength
    flags : list of FlagRate
    """

    overall: GroupShares
    unit: str
    series: list[Series]
    undated: int
    outlets: Groups
    sections: Groups
    authors: Groups
    strengths: list[Strength]
    flags: list[FlagRate]


#: A group to be estimated: what it is of, and its articles.
Task = tuple[tuple[str | None, ...], Ints]


def count(
    tally: Tally, correction: Correction | None, progress: Callable[[list[Task]], Iterable[Task]] = iter
) -> Figures:
    """Count the figures of a report.

    Parameters
    ----------
    tally : Tally
    correction : Correction or None
        Without one no share is corrected.
    progress : callable
        Called with all groups, to iterate over them: each takes a moment.
    """
    unit = fitting_unit(tally.month.names)
    outlets = _largest(tally.outlet, MOST_OUTLETS)
    everything: list[tuple[str | None, Ints]] = [(None, np.arange(len(tally)))]
    ranges = everything + [(name, tally.outlet.rows(tally.outlet.code(name))) for name in outlets]
    kinds = {
        "outlet": (tally.outlet, outlets),
        "section": (tally.section, _largest(tally.section, MOST_GROUPS)),
        "author": (tally.author, _largest(tally.author, MOST_GROUPS, AUTHOR_ARTICLES)),
    }
    tasks: list[Task] = [((None,), everything[0][1])]
    tasks += [((kind, name), g.rows(g.code(name))) for kind, (g, names) in kinds.items() for name in names]
    tasks += [
        (("period", name, period), found)
        for name, articles in ranges
        for period, found in _periods(tally.month, articles, unit)
    ]
    estimated = {key: estimate_shares(tally.counts[articles], correction) for key, articles in progress(tasks)}

    def groups(kind: str) -> Groups:
        grouping, names = kinds[kind]
        rows = [Row(name, estimated[kind, name]) for name in names]
        return Groups(rows, len(grouping.names) - len(names), int((grouping.codes < 0).sum()))

    def over_time(name: str | None) -> Series:
        found = [(key[-1], shares) for key, shares in estimated.items() if key[:-1] == ("period", name)]
        return Series(name, [Row(str(period), shares) for period, shares in found])

    return Figures(
        overall=estimated[None,],
        unit=unit,
        series=[over_time(name) for name, _ in ranges],
        undated=int((tally.month.codes < 0).sum()),
        outlets=groups("outlet"),
        sections=groups("section"),
        authors=groups("author"),
        strengths=[_strength(name, tally, articles) for name, articles in ranges],
        flags=[
            FlagRate(code, int(m.sum()), estimate_rate(m)) for code, m in zip(STANDARDS, tally.flags.T, strict=True)
        ],
    )


def _largest(grouping: Grouping, most: int, fewest: int = 1) -> list[str]:
    return [name for name, size in grouping.members().items() if size >= fewest][:most]


def _periods(months: Grouping, articles: Ints, unit: str) -> list[tuple[str, Ints]]:
    """The articles of each period, in order of time."""
    periods = [period_of(month, unit) for month in months.names]
    names = sorted(set(periods))
    of_month = np.array([*map(names.index, periods), -1])
    codes = of_month[months.codes[articles]]
    return [(name, found) for code, name in enumerate(names) if len(found := articles[codes == code])]


def _strength(name: str | None, tally: Tally, articles: Ints) -> Strength:
    values = tally.strength[articles]
    values = values[~np.isnan(values)].astype(np.float64)
    if not len(values):
        return Strength(name, 0, 0.0, (0.0, 0.0, 0.0), [0] * BINS)
    low, middle, high = np.quantile(values, [0.25, 0.5, 0.75]).tolist()
    histogram = np.histogram(values, BINS, (0, 1))[0].tolist()
    return Strength(name, len(values), float(values.mean()), (low, middle, high), histogram)
