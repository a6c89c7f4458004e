"""Drawing articles at random from every part of an archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from audit.tally import Ints, Tally
from model.labels import ANONYMOUS, LABELS

#: What articles may be parted by.
OUTLET, YEAR, ANONYMOUS_SHARE = CRITERIA = ("outlet", "year", "anonymous-share")
#: Bounds between shares of anonymous sentences.
_BOUNDS: Final = (0.0, 0.1, 0.25)
_BANDS: Final = ("none anonymous", "up to 10 % anonymous", "up to 25 % anonymous", "more than 25 % anonymous")
_REST: Final = "the small strata"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An article that was drawn.

    Attributes
    ----------
    row : int
        Its row in the tally.
    stratum : str
    probability : float
        That it would be drawn: drawn articles of its stratum by all of them.
    """

    row: int
    stratum: str
    probability: float


def draw(tally: Tally, articles: int, criteria: Sequence[str], seed: int) -> list[Drawn]:
    """Draw a stratified sample of the articles that have a labelled sentence.

    Every stratum gives at least one article, and beyond that as many as its size asks for. Of more strata than articles
    the smallest are taken together.

    Parameters
    ----------
    tally : Tally
    articles : int
        How many to draw; all, if there are no more.
    criteria : sequence of str
        Some of `CRITERIA`.
    seed : int

    Returns
    -------
    list of Drawn
        In the order of the archive.
    """
    frame = np.flatnonzero(tally.counts.sum(axis=1) > 0)
    named = _strata(tally, frame, criteria)
    strata: dict[str, list[int]] = {}
    large = {name for name, _ in sorted(Counter(named).items(), key=lambda s: (-s[1], s[0]))[: articles - 1]}
    merge = len(set(named)) > articles
    for row, name in zip(frame.tolist(), named, strict=True):
        strata.setdefault(_REST if merge and name not in large else name, []).append(row)
    sizes = {name: len(rows) for name, rows in sorted(strata.items())}
    rng = np.random.default_rng(seed)
    drawn = []
    for name, wanted in allocate(sizes, min(articles, len(frame))).items():
        rows = rng.choice(strata[name], wanted, replace=False).tolist()
        drawn += [Drawn(row, name, wanted / sizes[name]) for row in rows]
    return sorted(drawn, key=lambda one: one.row)


def allocate(sizes: dict[str, int], articles: int) -> dict[str, int]:
    """Share ``articles`` out: one to each stratum, the others in proportion to what is left, by largest remainders."""
    spare = articles - len(sizes)
    left = sum(sizes.values()) - len(sizes)
    exact = {name: spare * (size - 1) / left if left else 0.0 for name, size in sizes.items()}
    given = {name: 1 + int(quota) for name, quota in exact.items()}
    by_remainder = sorted(sizes, key=lambda name: (int(exact[name]) - exact[name], name))
    for name in by_remainder[: articles - sum(given.values())]:
        given[name] += 1
    return given


def _strata(tally: Tally, rows: Ints, criteria: Sequence[str]) -> list[str]:
    columns = [_criterion(tally, rows, criterion) for criterion in criteria]
    return [", ".join(names) for names in zip(*columns, strict=True)] if columns else ["all"] * len(rows)


def _criterion(tally: Tally, rows: Ints, criterion: str) -> list[str]:
    if criterion == ANONYMOUS_SHARE:
        counts = tally.counts[rows]
        bands = np.searchsorted(_BOUNDS, counts[:, LABELS.index(ANONYMOUS)] / counts.sum(axis=1))
        return [_BANDS[band] for band in bands]
    grouping, unknown = (tally.outlet, "no outlet") if criterion == OUTLET else (tally.month, "no date")
    names = [name[:4] if criterion == YEAR else name for name in grouping.names]
    return [names[code] if code >= 0 else unknown for code in grouping.codes[rows]]
