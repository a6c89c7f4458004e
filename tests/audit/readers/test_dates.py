from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.readers import iso_date


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2021-03-04", "2021-03-04"),
        ("2021-03-04T23:59:59-05:00", "2021-03-04"),
        ("2021-03-04 10:00:00.123 UTC", "2021-03-04"),
        ("20210304", "2021-03-04"),
        ("2021/03/04", "2021-03-04"),
        ("Thu, 04 Mar 2021 23:30:00 GMT", "2021-03-04"),
        ("March 4, 2021", "2021-03-04"),
        ("March 4, 2021 at 10:00 a.m. EST", "2021-03-04"),
        ("4 Mar 2021", "2021-03-04"),
        ("1614852000", "2021-03-04"),
        ("1614852000.5", "2021-03-04"),
        ("1614852000000", "2021-03-04"),
        ("03/04/2021", None),
        ("25/12/2021", None),
        ("4.3.2021", None),
        ("2021", None),
        ("2021-03", None),
        ("March 2021", None),
        ("10:30", None),
        ("2021-02-30", None),
        ("", None),
        ("yesterday", None),
        ("9" * 50, None),
    ],
)
def test_a_date_names_a_day_or_none(value: str, day: str | None) -> None:
    assert iso_date(value) == day


@pytest.mark.parametrize(
    ("value", "day_first", "month_first"),
    [
        ("03/04/2021", "2021-04-03", "2021-03-04"),
        ("3.4.21", "2021-04-03", "2021-03-04"),
        ("2021-03-04", "2021-03-04", "2021-03-04"),
        ("20210304", "2021-03-04", "2021-03-04"),
        ("March 4, 2021", "2021-03-04", "2021-03-04"),
    ],
)
def test_the_order_of_day_and_month_may_be_said(value: str, day_first: str, month_first: str) -> None:
    assert iso_date(value, day_first=True) == day_first
    assert iso_date(value, day_first=False) == month_first


@given(st.text(max_size=70) | st.from_regex(r"[0-9A-Za-z:/.,+ -]{0,40}"))
def test_anything_is_a_day_or_none(value: str) -> None:
    day = iso_date(value)
    assert day is None or re.fullmatch(r"\d{4}-\d\d-\d\d", day)


@given(st.dates())
def test_iso_dates_come_back(day) -> None:  # type: ignore[no-untyped-def]
    assert iso_date(day.isoformat()) == day.isoformat()
