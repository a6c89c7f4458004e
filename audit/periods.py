"""Months, quarters or years: what a table over time counts by."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

_DATE: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(?:[0-2]\d|3[01])")
_BOUND: Final = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
#: A plot stays readable with so many periods, and each keeps enough articles.
MOST: Final = 40
MONTH, QUARTER, YEAR = UNITS = ("month", "quarter", "year")


def month_of(date: str | None) -> str | None:
    """The month of a date in ISO 8601, "2019-07"; None for anything else."""
    match = _DATE.match(date or "")
    return f"{match[1]}-{match[2]}" if match else None


def period_of(month: str, unit: str) -> str:
    """The period of a month: "2019-07", "2019-Q3" or "2019"."""
    year, _, number = month.partition("-")
    if unit == YEAR:
        return year
    return f"{year}-Q{(int(number) + 2) // 3}" if unit == QUARTER else month


def fitting_unit(months: Collection[str]) -> str:
    """The finest unit that cuts the time from the first to the last month into no more than `MOST` periods."""
    if not months:
        return YEAR
    first, last = min(months), max(months)
    span = 12 * (int(last[:4]) - int(first[:4])) + int(last[5:]) - int(first[5:]) + 1
    return MONTH if span <= MOST else QUARTER if span <= 3 * MOST else YEAR


def parse_range(text: str) -> tuple[str, str]:
    """The first and last month of a range such as "2015..2019", "2020-03..2020-05" or "2021".

    Raises
    ------
    ValueError
        If it is none.
    """
    first, dots, last = text.partition("..")
    bounds = [_BOUND.fullmatch(bound) for bound in (first, last if dots else first)]
    if None in bounds:
        raise ValueError("a period is a year or a month, or two with .. between them: 2015..2019, 2020-03..2020-05")
    months = tuple(
        bound if len(bound) > 4 else bound + end for bound, end in ((first, "-01"), (last if dots else first, "-12"))
    )
    if months[0] > months[1]:
        raise ValueError("the period ends before it begins")
    return months[0], months[1]
