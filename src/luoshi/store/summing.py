"""Counts for the overview, from columns alone: one query a grouping, whatever the number of matters."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from luoshi.store.ledger import entries, given
from luoshi.store.models import Matter
from luoshi.supervise import workflow

_GREENS = ("green", "blue")
_MOST = 2000  # moves of the days looked at; a site has some hundreds a week


@dataclass
class Tally:
    """How many of each light; of the green and blue ones, how many rest on the unit's word alone."""

    lights: dict[str, int] = field(default_factory=dict)
    hollow: int = 0

    def add(self, light: str, hollow: bool, count: int) -> None:
        self.lights[light] = self.lights.get(light, 0) + count
        self.hollow += count if hollow and light in _GREENS else 0

    @property
    def total(self) -> int:
        return sum(self.lights.values())

    @property
    def green(self) -> int:
        return sum(self.lights.get(colour, 0) for colour in _GREENS)

    @property
    def share(self) -> int | None:
        """Of a hundred that have a light other than grey, how many are on track; None where there is none."""
        lit = self.total - self.lights.get("grey", 0)
        return round(self.green * 100 / lit) if lit else None

    @property
    def hollow_share(self) -> int | None:
        """Of a hundred green lights, how many nobody has verified; None where none is green."""
        return round(self.hollow * 100 / self.green) if self.green else None


def tallies(matters: QuerySet[Matter], column: str) -> dict[Any, Tally]:
    """A tally for each value of ``column``."""
    rows = matters.order_by().values_list(column, "light", "hollow").annotate(number=Count("*"))
    found: dict[Any, Tally] = {}
    for value, light, hollow, count in rows:
        found.setdefault(value, Tally()).add(light, hollow, count)
    return found


def unfinished(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Those on which something is still to be done."""
    return matters.filter(state__in=[name for name, state in workflow().states.items() if state.open])


def due_within(matters: QuerySet[Matter], since: date, until: date) -> QuerySet[Matter]:
    """Unfinished ones whose deadline falls on or between two days, the nearest first."""
    return unfinished(matters).filter(due__gte=since, due__lte=until).order_by("due", "pk")


def moved_since(day: date, moves: tuple[str, ...]) -> dict[int, tuple[str, datetime]]:
    """The matters on which one of ``moves`` was made since the beginning of ``day``: the last such move, and when."""
    begin = timezone.make_aware(datetime.combine(day, time.min))
    found: dict[int, tuple[str, datetime]] = {}
    for entry in entries(action="matter.move").filter(at__gte=begin)[:_MOST]:
        move = str(given(entry).get("move", ""))
        if move in moves:
            found.setdefault(int(entry.subject.removeprefix("matter:")), (move, entry.at))
    return found


def week_before(day: date) -> date:
    """Seven days earlier."""
    return day - timedelta(days=7)
