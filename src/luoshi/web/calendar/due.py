"""What is due on which day, for whom it concerns: obligations of the items that a person may see, and inspections."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from luoshi.days import Workdays
from luoshi.store.calendars import calendar_in_force
from luoshi.store.columns import body_of
from luoshi.store.finding import matters_of
from luoshi.store.rules import rules_in_force
from luoshi.supervise import obligations, workflow
from luoshi.supervise.words import values
from luoshi.web import access
from luoshi.web.matter import words
from luoshi.web.shell.language import say

if TYPE_CHECKING:
    from luoshi.store.models import Visit

MOST = 1500  # items whose every obligation is worked out; above it only deadlines are shown, and the page says so
VISIT = "visit"
_LAST_OF_WEEK = 5
_OPEN = tuple(name for name, state in workflow().states.items() if state.open or name == "closed")


@dataclass(frozen=True, slots=True)
class Due:
    """Something due: ``what`` is a word of the list ``owed`` or ``visit``; ``address`` names its page and number."""

    day: date
    what: str
    title: str
    detail: str
    who: str
    page: str
    number: int
    key: str

    @property
    def word(self) -> str:
        return say("检查", "inspection") if self.what == VISIT else words.said("owed", self.what)


def kinds() -> list[tuple[str, str]]:
    """Every kind of thing that may be due, with its word."""
    return [*((one, words.said("owed", one)) for one in values("owed")), (VISIT, say("检查", "inspection"))]


def due(
    who: access.Access, first: date, last: date, *, unit: int | None = None, what: str = ""
) -> tuple[list[Due], bool]:
    """What is due from ``first`` to ``last``, the soonest first; and whether only deadlines could be looked at."""
    found = access.matters(who).filter(state__in=_OPEN)
    if unit is not None:
        found = found.filter(pk__in=matters_of([unit]).values("pk"))
    few = who.sees != "public" and found.count() <= MOST
    listed = list(_owed(found, who.day) if few else _deadlines(found, first, last))
    visits = access.visits(who).filter(day__range=(first, last)).exclude(state="called_off")
    listed += [_visit(one) for one in (visits if unit is None else visits.filter(unit_id=unit))]
    chosen = [one for one in listed if first <= one.day <= last and (not what or one.what == what)]
    return sorted(chosen, key=lambda one: (one.day, one.what, one.key)), not few and who.sees != "public"


def _visit(one: Visit) -> Due:
    title, page = one.topic or one.title, "supervision:visit"
    return Due(one.day, VISIT, title, "", one.unit.name, page, one.pk, f"visit/{one.pk}")


def _owed(found: Any, today: date) -> Iterable[Due]:
    rules = rules_in_force()
    for row in found.select_related("body"):
        for at, one in enumerate(obligations(body_of(row), today, rules)):
            detail, key = words.detail_word(one.what, one.detail), f"{row.pk}/{one.what}/{one.detail or at}"
            yield Due(one.due, one.what, row.title, detail, one.who or words.role_word(one.role), "matter:show", row.pk,
                      key)  # fmt: skip


def _deadlines(found: Any, first: date, last: date) -> Iterable[Due]:
    for row in found.filter(due__range=(first, last)):
        yield Due(row.due, "deadline", row.title, "", row.lead_name, "matter:show", row.pk, f"{row.pk}/deadline")


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month as the page draws it."""

    day: date
    inside: bool
    working: bool
    odd: str
    due: tuple[Due, ...]
    today: bool


def weeks(year: int, month: int, listed: Iterable[Due], today: date) -> list[list[Day]]:
    """The weeks of a month, Monday first; ``odd`` says a holiday in the week, or a weekend that is worked."""
    days, by_day = calendar_in_force(), dict[date, list[Due]]()
    for one in listed:
        by_day.setdefault(one.day, []).append(one)
    month_of = Calendar(0).monthdatescalendar(year, month)
    return [[_day(day, days, by_day, (month, today)) for day in week] for week in month_of]


def _day(day: date, days: Workdays, by_day: dict[date, list[Due]], page: tuple[int, date]) -> Day:
    """``page`` is the month that is drawn, and today."""
    working = days.is_workday(day)
    usual = day.isoweekday() <= _LAST_OF_WEEK
    odd = "" if working == usual else say("班", "work") if working else say("休", "off")
    return Day(day, day.month == page[0], working, odd, tuple(by_day.get(day, ())), day == page[1])
