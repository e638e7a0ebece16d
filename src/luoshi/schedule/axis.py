"""The axis of days under a schedule: dates as whole numbers from an origin, calendars and windows as prefix counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from luoshi.days import Workdays


@dataclass(frozen=True, slots=True)
class Window:
    """When a step may be started, every year: from (month, day) to (month, day), both included.

    ``("10-15", "01-10")`` runs over the new year. ``years`` limits it to some years (a title judged every third).
    """

    begin: tuple[int, int]
    until: tuple[int, int]
    years: tuple[int, ...] = ()

    def is_open(self, day: date) -> bool:
        """Whether a step may start on ``day``."""
        at = (day.month, day.day)
        if self.begin <= self.until:
            inside, year = self.begin <= at <= self.until, day.year
        else:
            inside, year = at >= self.begin or at <= self.until, day.year - (at <= self.until)
        return inside and (not self.years or year in self.years)

    def words(self) -> str:
        """3月1日—4月30日."""
        first, last = (f"{month}月{day}日" for month, day in (self.begin, self.until))
        years = "、".join(map(str, self.years))
        return f"{years + '年' if years else '每年'}{first}—{last}"


@dataclass(frozen=True, slots=True)
class Axis:
    """``horizon`` days from ``origin``; the flat tables are those of :class:`luoshi.schedule.work.Work`.

    Calendar 0 is natural days. Gate 0 is always open, gate ``g`` is ``windows[g - 1]``.
    """

    origin: date
    horizon: int
    calendars: tuple[Workdays, ...]
    windows: tuple[Window, ...]
    count: Sequence[int]
    opened: Sequence[int]
    opens: Sequence[int]
    closes: Sequence[int]

    @classmethod
    def over(cls, origin: date, until: date, calendars: Sequence[Workdays], windows: Sequence[Window] = ()) -> Axis:
        """The axis from ``origin`` up to ``until``, with the tables of every calendar and window."""
        horizon = (until - origin).days
        count: list[int] = []
        opened: list[int] = []
        for calendar in calendars:
            days = _open_days(calendar, origin, horizon)
            opened += [*days, *([horizon] * (horizon + 1 - len(days)))]
            is_open = [0] * horizon
            for day in days:
                is_open[day] = 1
            count += accumulate(is_open, initial=0)
        opens, closes = list(range(horizon + 1)), list(range(horizon + 1))
        for window in windows:
            following, preceding = _gate(window, origin, horizon)
            opens += following
            closes += preceding
        return cls(origin, horizon, tuple(calendars), tuple(windows), count, opened, opens, closes)

    def day(self, t: int) -> date:
        """The date of day ``t``."""
        return self.origin + timedelta(t)

    def at(self, day: date) -> int:
        """The number of ``day``."""
        return (day - self.origin).days

    def worked(self, calendar: int, a: int, b: int) -> int:
        """Open days of ``calendar`` from day ``a`` up to the day before ``b``; negative where ``b`` is before ``a``."""
        base = calendar * (self.horizon + 1)
        first, last = (min(max(t, 0), self.horizon) for t in (a, b))
        return self.count[base + last] - self.count[base + first]

    def is_open(self, calendar: int, t: int) -> bool:
        """Whether day ``t`` is worked in ``calendar``."""
        base = calendar * (self.horizon + 1)
        return self.count[base + t + 1] > self.count[base + t]


def _open_days(calendar: Workdays, origin: date, horizon: int) -> list[int]:
    if calendar.natural:
        return list(range(horizon))
    first = origin.toordinal()
    last = origin + timedelta(horizon - 1)
    found = (day - first for year in range(origin.year, last.year + 1) for day in calendar.days_of(year))
    return [day for day in found if 0 <= day < horizon]


def _gate(window: Window, origin: date, horizon: int) -> tuple[list[int], list[int]]:
    is_open = [window.is_open(origin + timedelta(t)) for t in range(horizon)]
    following, preceding = [horizon] * (horizon + 1), [-1] * (horizon + 1)
    for t in range(horizon - 1, -1, -1):
        following[t] = t if is_open[t] else following[t + 1]
    for t in range(horizon):
        preceding[t] = t if is_open[t] else preceding[t - 1] if t else -1
    preceding[horizon] = preceding[horizon - 1] if horizon else -1
    return following, preceding
