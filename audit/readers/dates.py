"""Dates, as archives write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final

from dateutil.parser import parse

_ISO: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?![\d])")
#: Seconds since 1970, or milliseconds.
_EPOCH: Final = re.compile(r"(\d{9,10})(?:\d{3}|\.\d+)?")
#: Day and month in the order of whoever wrote them.
_NUMERIC: Final = re.compile(r"\b\d{1,2}([/.-])\d{1,2}\1\d{2,4}\b")
#: What a date leaves out is taken from a default: it was left out if two of these make two dates.
_DEFAULTS: Final = (datetime(2000, 1, 1), datetime(2004, 2, 2))  # noqa: DTZ001 # what the page says, wherever it was
_LONGEST: Final = 60


@lru_cache(maxsize=4096)
def iso_date(value: str, *, day_first: bool | None = None) -> str | None:
    """Tell the day that a date names.

    Parameters
    ----------
    value : str
        ISO 8601, RFC 9110 (``Thu, 04 Mar 2021 10:00:00 GMT``), ``March 4, 2021`` and the like, or seconds or
        milliseconds since 1970. The day is as written: a time zone does not move it.
    day_first : bool, optional
        Whether ``03/04/2021`` is in April; dates of that form name no day where it is not given.

    Returns
    -------
    str or None
        ``YYYY-MM-DD``; None where it cannot be told.
    """
    value = value.strip()
    if len(value) > _LONGEST:
        return None
    try:
        if iso := _ISO.match(value):
            return date.fromisoformat(iso[1]).isoformat()
        if epoch := _EPOCH.fullmatch(value):
            return datetime.fromtimestamp(int(epoch[1]), UTC).date().isoformat()
        numeric = _NUMERIC.search(value) is not None
        if numeric and day_first is None:
            return None
        days = {
            parse(value, default=default, dayfirst=numeric and day_first, ignoretz=True).date() for default in _DEFAULTS
        }
    except (ValueError, OverflowError):
        return None
    return days.pop().isoformat() if len(days) == 1 else None
