"""Working days in China: weekends, statutory holidays, make-up days; and a unit's own days on top of them."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import cache
from importlib import resources
from typing import Any

_WEEK = frozenset(range(1, 6))


class Workdays:
    """A calendar of working days. ``Workdays.china()`` is the statutory one; the others are made from it.

    A year whose holidays have not been announced counts weekends alone, and :meth:`provisional` says so. Of a day that
    is both ``off`` and ``on``, ``on`` counts. Instances are not changed after they are made.
    """

    def __init__(
        self,
        off: Iterable[date] = (),
        on: Iterable[date] = (),
        announced: Iterable[int] = (),
        week: Iterable[int] = _WEEK,
    ) -> None:
        """``off`` days closed, ``on`` days open, years ``announced``, ``week``: ISO weekdays worked (1 is Monday).

        Raises ValueError where no weekday is worked.
        """
        self.off, self.on = frozenset(off), frozenset(on)
        self.announced, self.week = frozenset(announced), frozenset(week)
        if not self.week or not self.week <= set(range(1, 8)):
            raise ValueError("at least one weekday must be worked, numbered 1 to 7")
        self._years: dict[int, list[int]] = {}

    @classmethod
    def china(cls) -> Workdays:
        """The statutory working days, from the State Council's yearly notices (``holidays.toml``)."""
        return _china()

    @classmethod
    def every_day(cls) -> Workdays:
        """Natural days (自然日): every day counts, and no notice changes that."""
        return _every_day()

    def own(self, off: Iterable[date] = (), on: Iterable[date] = (), week: Iterable[int] | None = None) -> Workdays:
        """A unit's own calendar: this one with more days ``off`` or ``on``, or other weekdays (a committee's Tuesdays).

        With other weekdays the holidays stay, the make-up days do not: they belong to the ordinary week.
        """
        kept = (self.on if week is None else frozenset()) - frozenset(off)
        closed = (self.off | frozenset(off)) - frozenset(on)
        return Workdays(closed, kept | frozenset(on), self.announced, self.week if week is None else week)

    def provisional(self, year: int) -> bool:
        """Whether the holidays of ``year`` are not announced, so that every count in it may still change."""
        return not self.natural and year not in self.announced

    @property
    def natural(self) -> bool:
        """Whether every day counts."""
        return len(self.week) == 7 and not self.off

    def is_workday(self, day: date) -> bool:
        """Whether ``day`` is worked."""
        return day in self.on or (day.isoweekday() in self.week and day not in self.off)

    def add(self, day: date, n: int) -> date:
        """The ``n``-th working day after ``day`` (before it where ``n`` is negative); ``day`` itself is not counted.

        With 0, ``day`` or else the last working day before it. So going forward and back by the same number ends on a
        working day no later than ``day``. Raises OverflowError beyond the years 1 to 9999.
        """
        year, days = day.year, self.days_of(day.year)
        at = bisect_right(days, day.toordinal()) - 1 + n
        while at < 0:
            year -= 1
            days = self.days_of(year)
            at += len(days)
        while at >= len(days):
            at -= len(days)
            year += 1
            days = self.days_of(year)
        return date.fromordinal(days[at])

    def between(self, a: date, b: date) -> int:
        """How many working days come after ``a`` up to and including ``b``; negative where ``b`` is before ``a``."""
        return self._up_to(b, a.year) - self._up_to(a, a.year)

    def next(self, day: date) -> date:
        """``day``, or else the first working day after it."""
        return day if self.is_workday(day) else self.add(day, 1)

    def count(self, year: int) -> int:
        """How many working days ``year`` has."""
        return len(self.days_of(year))

    def _up_to(self, day: date, since: int) -> int:
        """Working days from 1 January of ``since`` up to ``day``; negative where ``day`` is in an earlier year."""
        whole = sum(self.count(year) for year in range(since, day.year))
        whole -= sum(self.count(year) for year in range(day.year, since))
        return whole + bisect_right(self.days_of(day.year), day.toordinal())

    def days_of(self, year: int) -> list[int]:
        """The working days of ``year`` as ordinals, as of ``date.toordinal``. OverflowError outside 1 to 9999."""
        if year not in self._years:
            if not MINYEAR <= year <= MAXYEAR:
                raise OverflowError(f"no year {year} in this calendar")
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            closed = {day.toordinal() for day in self.off if day.year == year}
            opened = {day.toordinal() for day in self.on if day.year == year}
            usual = [day for day in range(first, last + 1) if (day - 1) % 7 + 1 in self.week and day not in closed]
            self._years[year] = sorted(opened.union(usual))
        return self._years[year]


@dataclass(frozen=True, slots=True)
class Announced:
    """What the notice of a year says: its name, the days off (weekends among them included), the make-up days."""

    year: int
    source: str
    off: tuple[date, ...]
    work: tuple[date, ...]


@cache
def announced() -> dict[int, Announced]:
    """The State Council's yearly notices (``holidays.toml``) by year."""
    rows = tomllib.loads(resources.files(__package__).joinpath("holidays.toml").read_text(encoding="utf-8"))
    return {int(year): _announced(int(year), row) for year, row in rows.items()}


def _announced(year: int, row: dict[str, Any]) -> Announced:
    off = tuple(day for stretch in row["off"] for day in _stretch(*stretch))
    return Announced(year, row["source"], off, tuple(map(date.fromisoformat, row["work"])))


@cache
def _china() -> Workdays:
    notices = announced().values()
    off, on = (day for one in notices for day in one.off), (day for one in notices for day in one.work)
    return Workdays(off, on, announced())


@cache
def _every_day() -> Workdays:
    return Workdays(week=range(1, 8))


def _stretch(first: str, last: str | None = None) -> Iterable[date]:
    start = date.fromisoformat(first)
    days: Any = date.fromisoformat(last or first) - start
    return (start + timedelta(n) for n in range(days.days + 1))
