"""Periods: months, quarters, halves, years; what lies in them; how they are cut into parts."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.days import Period

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
KINDS = st.sampled_from(["month", "quarter", "half", "year"])


@pytest.mark.parametrize(
    ("kind", "nth", "begin", "until"),
    [
        ("month", 2, "2024-02-01", "2024-02-29"),
        ("month", 12, "2024-12-01", "2024-12-31"),
        ("quarter", 1, "2024-01-01", "2024-03-31"),
        ("quarter", 4, "2024-10-01", "2024-12-31"),
        ("half", 2, "2024-07-01", "2024-12-31"),
        ("year", 1, "2024-01-01", "2024-12-31"),
    ],
)
def test_a_part_of_a_year(kind: str, nth: int, begin: str, until: str) -> None:
    part = Period.of(2024, kind, nth)  # type: ignore[arg-type]
    assert (part.begin.isoformat(), part.until.isoformat(), part.precision) == (begin, until, kind)


@pytest.mark.parametrize(("kind", "nth"), [("month", 13), ("quarter", 5), ("quarter", 0), ("half", 3), ("day", 1)])
def test_there_is_no_fifth_quarter(kind: str, nth: int) -> None:
    with pytest.raises(ValueError, match="in a year"):
        Period.of(2024, kind, nth)  # type: ignore[arg-type]


def test_a_period_never_ends_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Period(date(2024, 2, 1), date(2024, 1, 31))


@given(DAYS, KINDS)
def test_a_day_lies_in_the_period_around_it(day: date, kind: str) -> None:
    found = Period.around(day, kind)  # type: ignore[arg-type]
    assert day in found
    assert Period.around(found.begin, kind) == found  # type: ignore[arg-type]
    assert found.begin - timedelta(1) not in found
    assert found.until + timedelta(1) not in found


def test_the_period_around_a_day_as_a_day_is_the_day() -> None:
    assert Period.around(date(2024, 5, 6), "day").days == 1


@given(DAYS, st.integers(0, 1500), KINDS)
def test_parts_cover_every_day_once(begin: date, days: int, kind: str) -> None:
    whole = Period(begin, begin + timedelta(days))
    parts = list(whole.parts(kind))  # type: ignore[arg-type]
    assert whole.begin in parts[0]
    assert whole.until in parts[-1]
    assert all(b.begin - a.until == timedelta(1) for a, b in pairwise(parts))


def test_the_parts_of_a_stretch_by_months() -> None:
    whole = Period(date(2025, 12, 15), date(2026, 2, 3))
    assert [part.begin.month for part in whole.parts("month")] == [12, 1, 2]
