"""Differences between shares, with their intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from audit.statistics.bootstrap import FEWEST, Array, resample, shares
from audit.statistics.correction import Correction
from audit.statistics.estimates import Estimate, estimate
from audit.tally import Ints
from model.labels import LABELS

#: The second side's articles are drawn from here, where they are others.
_STREAM: Final = 3


@dataclass(frozen=True, slots=True)
class LabelDifference:
    """One label's share on both sides, and by how much the second is more; raw, and corrected where that can be."""

    first: float | None
    second: float | None
    raw: Estimate
    first_corrected: float | None
    second_corrected: float | None
    corrected: Estimate | None


@dataclass(frozen=True, slots=True)
class SharesDifference:
    """The differences of a group of articles.

    Attributes
    ----------
    articles : tuple of int
        On either side.
    sentences : tuple of int
        Labelled, on either side.
    labels : dict of str to LabelDifference
    """

    articles: tuple[int, int]
    sentences: tuple[int, int]
    labels: dict[str, LabelDifference]


def compare_shares(
    first: Ints, second: Ints, corrections: tuple[Correction | None, Correction | None], *, paired: bool
) -> SharesDifference:
    """Compare the shares of two sides.

    Parameters
    ----------
    first, second : ndarray, shape (n, 4)
        Sentences of each article by label.
    corrections : tuple of Correction or None
        How to correct either's shares; none is corrected unless both can be.
    paired : bool
        Whether row by row both are the same articles: then both are drawn together.
    """
    totals = [counts.sum(axis=0).astype(np.float64) for counts in (first, second)]
    points = [shares(total)[None] for total in totals]
    drawn = _draw(first, second, paired)
    raw = _differences(points, drawn)
    corrected, corrected_points = None, None
    usable = [correction for correction in corrections if correction is not None]
    if len(usable) == 2:
        corrected_points = [c.correct(point[0])[None] for c, point in zip(usable, points, strict=True)]
        replicates = None if drawn is None else [c.replicate(d) for c, d in zip(usable, drawn, strict=True)]
        corrected = _differences(corrected_points, replicates)
    return SharesDifference(
        articles=(len(first), len(second)),
        sentences=(int(totals[0].sum()), int(totals[1].sum())),
        labels={
            label: LabelDifference(
                *_pair(points, k),
                raw[k],
                *((None, None) if corrected_points is None else _pair(corrected_points, k)),
                None if corrected is None else corrected[k],
            )
            for k, label in enumerate(LABELS)
        },
    )


def _draw(first: Ints, second: Ints, paired: bool) -> list[Array] | None:
    if min(len(first), len(second)) < FEWEST:
        return None
    if paired:
        both = resample(np.concatenate([first, second], axis=1))
        return [shares(both[:, : len(LABELS)]), shares(both[:, len(LABELS) :])]
    return [shares(resample(first)), shares(resample(second, _STREAM))]


def _differences(points: list[Array], replicates: list[Array] | None) -> list[Estimate]:
    return estimate((points[1] - points[0])[0], None if replicates is None else replicates[1] - replicates[0])


def _pair(points: list[Array], label: int) -> tuple[float | None, float | None]:
    first, second = (None if np.isnan(point[0, label]) else float(point[0, label]) for point in points)
    return first, second
