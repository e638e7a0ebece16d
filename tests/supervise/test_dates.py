"""Days: working days, the path of a matter, the months gone by, reports owed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from district import cases, matter
from hypothesis import given
from hypothesis import strategies as st

from luoshi.days import Workdays
from luoshi.supervise import Matter
from luoshi.supervise.path import by_the_calendar, missed, scheduled
from luoshi.supervise.reports import add_months, owed, reports_missed, stale
from luoshi.supervise.workdays import add_working, next_working, on_or_after, on_or_before

DATES = cases("dates.toml")
DAY = st.dates(date(2020, 1, 1), date(2040, 12, 31))
SPRING = Workdays(off=frozenset({date(2026, 4, 6)}), on=frozenset({date(2026, 4, 4)}))


def of(case: dict[str, Any]) -> Matter:
    known = {
        "begin": "begin",
        "due": "due",
        "nodes": "nodes",
        "started": "started",
        "rhythm": "rhythm",
        "told": "reported_on",
    }
    return matter(**{name: case[key] for key, name in known.items() if key in case})


@pytest.mark.parametrize("case", DATES["path"], ids=[case["says"] for case in DATES["path"]])
def test_where_a_matter_should_stand(case: dict[str, Any]) -> None:
    assert scheduled(of(case), case["day"]) == Decimal(str(case["percent"]))


@pytest.mark.parametrize("case", DATES["calendar"], ids=[case["says"] for case in DATES["calendar"]])
def test_the_months_gone_by(case: dict[str, Any]) -> None:
    assert by_the_calendar(of(case), case["day"]) == Decimal(str(case["percent"]))


@pytest.mark.parametrize("case", DATES["report"], ids=[case["says"] for case in DATES["report"]])
def test_reports_that_are_owed(case: dict[str, Any]) -> None:
    assert (reports_missed(of(case), case["day"]), owed(of(case), case["day"])) == (case["missed"], case["owed"])


@given(
    began=DAY,
    length=st.integers(1, 2000),
    first=st.integers(0, 2500),
    more=st.integers(0, 500),
    later=st.integers(0, 900),
)
def test_the_path_never_falls_and_a_later_deadline_never_asks_for_more(
    began: date, length: int, first: int, more: int, later: int
) -> None:
    one = matter(begin=began, due=began + timedelta(days=length))
    relaxed = matter(begin=began, due=began + timedelta(days=length + later))
    day = began + timedelta(days=first)
    assert 0 <= scheduled(one, day) <= scheduled(one, day + timedelta(days=more)) <= 100
    assert scheduled(relaxed, day) <= scheduled(one, day)


@given(day=DAY, count=st.integers(0, 60))
def test_forward_by_working_days_lands_on_one_and_counts_them(day: date, count: int) -> None:
    calendar = Workdays()
    end = add_working(calendar, day, count)
    between = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(calendar.is_workday(one) for one in between) == count
    assert count == 0 or calendar.is_workday(end)


@given(day=DAY)
def test_the_nearest_working_days_enclose_the_day(day: date) -> None:
    before, after = on_or_before(SPRING, day), on_or_after(SPRING, day)
    assert before <= day <= after
    assert (before == day) is SPRING.is_workday(day) is (after == day)
    assert next_working(SPRING, day) > day


@pytest.mark.parametrize(("day", "worked"), [(3, True), (4, True), (5, False), (6, False), (7, True), (11, False)])
def test_days_off_and_make_up_days(day: int, worked: bool) -> None:
    assert SPRING.is_workday(date(2026, 4, day)) is worked


def test_a_calendar_that_rests_for_ever_is_our_mistake() -> None:
    class Never:
        def is_workday(self, day: date) -> bool:
            return day.year < 1

    with pytest.raises(ValueError, match="rests for ever"):
        on_or_after(Never(), date(2026, 3, 2))


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 5, 6), 0, date(2026, 5, 6)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_months_on(day: date, months: int, result: date) -> None:
    assert add_months(day, months) == result


@pytest.mark.parametrize(("day", "silent"), [(date(2026, 4, 5), False), (date(2026, 4, 6), True)])
def test_silence_of_a_period_and_three_days(day: date, silent: bool) -> None:
    assert stale(matter(started=date(2026, 3, 2)), day) is silent
    assert not stale(matter(), day)


def test_a_node_is_missed_the_day_after() -> None:
    nodes = [
        {"name": "开工", "day": "2026-04-30", "percent": 20},
        {"name": "通车", "day": "2026-04-30", "percent": 20, "met": "2026-04-01"},
    ]
    assert missed(matter(nodes=nodes), date(2026, 4, 30)) == ()
    assert [node.name for node in missed(matter(nodes=nodes), date(2026, 5, 1))] == ["开工"]
