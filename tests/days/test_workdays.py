"""Working days: the statutory calendar against an independent one, arithmetic there and back, a unit's own days."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.days import Workdays, announced

CHINA = Workdays.china()
KNOWN = range(2018, 2027)
DAYS = st.dates(date(2017, 1, 1), date(2029, 12, 31))
STEPS = st.integers(-600, 600)


def each_day(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(n) for n in range(366) if (date(year, 1, 1) + timedelta(n)).year == year]


@pytest.mark.parametrize("year", KNOWN)
def test_every_day_is_what_another_calendar_of_the_notices_says(year: int) -> None:
    assert [day for day in each_day(year) if CHINA.is_workday(day) != chinese_calendar.is_workday(day)] == []


@pytest.mark.parametrize(
    ("year", "count"),
    [
        (2018, 250),
        (2019, 250),
        (2020, 249),
        (2021, 250),
        (2022, 249),
        (2023, 249),
        (2024, 251),
        (2025, 248),
        (2026, 248),
    ],
)
def test_a_year_has_as_many_working_days_as_are_counted_by_hand(year: int, count: int) -> None:
    assert CHINA.count(year) == count == sum(map(CHINA.is_workday, each_day(year)))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-02-14", True),  # a Saturday made up for the Spring Festival
        ("2026-02-23", False),  # a Monday of the Spring Festival
        ("2026-02-28", True),
        ("2026-03-01", False),
        ("2024-02-09", True),  # New Year's Eve 2024 was no holiday
        ("2020-01-31", False),  # the festival was prolonged
        ("2023-12-31", False),
    ],
)
def test_days_people_remember(day: str, worked: bool) -> None:
    assert CHINA.is_workday(date.fromisoformat(day)) is worked


@pytest.mark.parametrize(("year", "provisional"), [(2017, True), (2018, False), (2026, False), (2027, True)])
def test_a_year_that_is_not_announced_is_provisional(year: int, provisional: bool) -> None:
    assert CHINA.provisional(year) is provisional


def test_natural_days_are_never_provisional() -> None:
    every = Workdays.every_day()
    assert not every.provisional(2050)
    assert every.is_workday(date(2026, 10, 1))
    assert every.add(date(2026, 1, 1), 31) == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("day", "n", "found"),
    [
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-10-08", 1, "2026-10-09"),
        ("2026-10-08", 2, "2026-10-10"),  # a Saturday made up
        ("2026-10-01", 0, "2026-09-30"),
        ("2026-09-30", 0, "2026-09-30"),
        ("2026-10-08", -1, "2026-09-30"),
        ("2026-12-31", 1, "2027-01-01"),  # not announced: weekends alone
    ],
)
def test_adding_working_days(day: str, n: int, found: str) -> None:
    assert CHINA.add(date.fromisoformat(day), n) == date.fromisoformat(found)


@given(DAYS, st.integers(0, 600))
def test_forward_and_back_ends_on_a_working_day_no_later_than_the_start(day: date, n: int) -> None:
    back = CHINA.add(CHINA.add(day, n), -n)
    assert CHINA.is_workday(back)
    assert back <= day


@given(DAYS, STEPS)
def test_adding_is_counting_one_day_at_a_time(day: date, n: int) -> None:
    counted, at = 0, day
    while counted < abs(n):
        at += timedelta(1 if n > 0 else -1)
        counted += CHINA.is_workday(at)
    if n > 0 or (n < 0 and CHINA.is_workday(day)):
        assert CHINA.add(day, n) == at


@given(DAYS, DAYS)
def test_between_counts_the_days_after_the_first_up_to_the_last(a: date, b: date) -> None:
    first, last = min(a, b), max(a, b)
    counted = sum(CHINA.is_workday(first + timedelta(n)) for n in range(1, (last - first).days + 1))
    assert CHINA.between(first, last) == counted
    assert CHINA.between(last, first) == -counted


@given(DAYS, DAYS, DAYS)
def test_between_adds_up(a: date, b: date, c: date) -> None:
    assert CHINA.between(a, b) + CHINA.between(b, c) == CHINA.between(a, c)


def test_a_unit_may_close_and_open_on_days_of_its_own() -> None:
    own = CHINA.own(off=[date(2026, 3, 2)], on=[date(2026, 3, 1)])
    assert not own.is_workday(date(2026, 3, 2))
    assert own.is_workday(date(2026, 3, 1))
    assert CHINA.is_workday(date(2026, 3, 2))
    assert own.count(2026) == CHINA.count(2026)


def test_a_committee_that_meets_on_tuesdays_keeps_the_holidays_but_makes_nothing_up() -> None:
    tuesdays = CHINA.own(week=[2])
    assert tuesdays.is_workday(date(2026, 3, 3))
    assert not tuesdays.is_workday(date(2026, 3, 4))
    assert not tuesdays.is_workday(date(2026, 2, 17))
    assert not tuesdays.is_workday(date(2026, 2, 14))
    assert tuesdays.next(date(2026, 2, 11)) == date(2026, 2, 24)


@pytest.mark.parametrize("week", [[], [0], [8]])
def test_a_week_without_a_working_day_is_refused(week: list[int]) -> None:
    with pytest.raises(ValueError, match="weekday"):
        CHINA.own(week=week)


def test_the_ends_of_the_calendar_are_said_and_not_run_over() -> None:
    assert CHINA.between(date(9999, 12, 30), date(9999, 12, 31)) == 1
    with pytest.raises(OverflowError):
        CHINA.add(date(9999, 12, 31), 1)
    with pytest.raises(OverflowError):
        CHINA.add(date(1, 1, 1), -10)


def test_a_leap_day_is_a_day_like_others() -> None:
    assert CHINA.is_workday(date(2024, 2, 29))
    assert CHINA.add(date(2024, 2, 28), 1) == date(2024, 2, 29)
    assert CHINA.between(date(2024, 2, 28), date(2024, 3, 1)) == 2


def test_each_year_announced_says_its_notice_and_its_days() -> None:
    assert set(announced()) == set(CHINA.announced)
    for year, notice in announced().items():
        assert str(year) in notice.source
        assert {day for day in notice.off if day.year == year} <= CHINA.off
        assert set(notice.work) <= CHINA.on
