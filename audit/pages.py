"""The templates of the pages that are written about runs. What archives hold is hostile: everything is escaped."""

from __future__ import annotations

from typing import Final

import jinja2

from audit.statistics.estimates import Estimate


def percent(figure: Estimate) -> str:
    """A share for a reader: "12.3 %", or a dash."""
    return "–" if figure.value is None else f"{figure.value:.1%}".replace("%", " %")


def spread(figure: Estimate) -> str:
    """Its interval: "11.0–13.9"; nothing without one."""
    return "" if figure.low is None or figure.high is None else f"{100 * figure.low:.1f}–{100 * figure.high:.1f}"


def points(figure: Estimate) -> str:
    """A difference in percentage points, with its interval: "+1.2 [-0.3, +2.7]"."""
    if figure.value is None:
        return "–"
    value = f"{100 * figure.value:+.1f}"
    if figure.low is None or figure.high is None:
        return value
    return f"{value} [{100 * figure.low:+.1f}, {100 * figure.high:+.1f}]"


TEMPLATES: Final = jinja2.Environment(
    loader=jinja2.PackageLoader("audit"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
TEMPLATES.filters |= {"percent": percent, "points": points, "spread": spread, "thousands": "{:,}".format}
