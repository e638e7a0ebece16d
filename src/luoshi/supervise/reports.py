"""When reports are due, which were missed, and when silence makes a matter stale."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from luoshi.supervise.model import Matter
from luoshi.supervise.words import data

_AHEAD = 24  # months: this year and the next hold a due day of any rhythm


def add_months(day: date, months: int) -> date:
    """The same day ``months`` months on, or the last day of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_due(matter: Matter, after: date) -> date:
    """The first day on or after ``after`` on which a report of ``matter`` is due, by its rhythm."""
    rule = data("rhythm.toml")["reports"][matter.rhythm]
    months = range(after.month - 1, _AHEAD)
    days = (date(after.year + month // 12, month % 12 + 1, rule["day"]) for month in months)
    return next(day for day in days if day >= after and day.month % rule["months"] == 0)


def heard(matter: Matter) -> date | None:
    """The last day something was heard: the last report, or the start; None before it runs."""
    return max((day for day in (matter.started, matter.reported_on) if day is not None), default=None)


def reports_missed(matter: Matter, today: date) -> int:
    """How many reports are overdue. A report covers the first due day on or after it."""
    if matter.started is None:
        return 0
    told = matter.reported_on
    covered = next_due(matter, told) if told and told >= matter.started else matter.started - timedelta(days=1)
    count, day = 0, next_due(matter, covered + timedelta(days=1))
    while day < today:
        count, day = count + 1, next_due(matter, day + timedelta(days=1))
    return count


def stale(matter: Matter, today: date) -> bool:
    """Whether nothing was heard for one period and three days: then no light is green."""
    last = heard(matter)
    if last is None:
        return False
    months = data("rhythm.toml")["reports"][matter.rhythm]["months"]
    return today > add_months(last, months) + timedelta(days=data("rhythm.toml")["stale"]["grace"])


def owed(matter: Matter, today: date) -> date:
    """The day of the oldest report that is missing, else of the next one that is due."""
    told, started = matter.reported_on, matter.started
    if told is not None and (started is None or told >= started):
        return next_due(matter, next_due(matter, told) + timedelta(days=1))
    return next_due(matter, started or today)
