"""Shares over time, drawn. No words of the archive enter a drawing: the page names what the colours are."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from audit.report.figures import Series
from audit.statistics.estimates import Estimate, GroupShares
from model.labels import LABELS

#: Told apart by the colour-blind (Okabe and Ito 2008); the first is for all articles.
COLOURS: Final = ("#000000", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
MARKERS: Final = ("", "o", "s", "^", "D", "v", "P")


def draw_series(series: Sequence[Series], *, corrected: bool) -> str:
    """Draw shares over time with their intervals, a panel a label.

    Parameters
    ----------
    series : sequence of Series
        At most as many as there are `COLOURS`.
    corrected : bool
        Which shares.
    """
    periods = sorted({row.name for one in series for row in one.rows})
    figure = Figure(figsize=(11, 7), layout="constrained")
    with mpl.rc_context({"font.size": 9}):
        panels = figure.subplots(2, 2, sharex=True)
        for panel, label in zip(panels.flat, LABELS, strict=True):
            for one, colour, marker in zip(series, COLOURS, MARKERS, strict=False):
                places = [periods.index(row.name) for row in one.rows]
                shares = [_shares(row.shares, corrected)[label] for row in one.rows]
                _draw_line(panel, places, shares, colour, marker)
            panel.set_title(label)
            panel.set_ylim(bottom=0)
            panel.yaxis.set_major_formatter(mpl.ticker.PercentFormatter(1, decimals=0))
            panel.grid(axis="y", alpha=0.3)
            step = max(1, len(periods) // 12)
            panel.set_xticks(range(0, len(periods), step), periods[::step], rotation=45, ha="right")
    return _svg(figure)


def _draw_line(panel: Axes, places: list[int], shares: list[Estimate], colour: str, marker: str) -> None:
    def numbers(values: list[float | None]) -> list[float]:
        return [np.nan if value is None else value for value in values]

    panel.plot(places, numbers([s.value for s in shares]), color=colour, marker=marker, markersize=4, linewidth=1.5)
    low, high = numbers([s.low for s in shares]), numbers([s.high for s in shares])
    panel.fill_between(places, low, high, color=colour, alpha=0.12, linewidth=0)


def _shares(group: GroupShares, corrected: bool) -> dict[str, Estimate]:
    return group.corrected if corrected and group.corrected is not None else group.raw


def _svg(figure: Figure) -> str:
    """Draw a figure as an SVG element, the same every time."""
    buffer = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "onrecord", "svg.fonttype": "none"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    return buffer.getvalue()[buffer.getvalue().index("<svg") :]
