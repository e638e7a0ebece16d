"""The working days of this site: the statutory ones, notices of years brought in, single days changed with a source.

The setting ``calendar`` holds all of it as JSON: ``{"years": {"2027": {"source": …, "days": [[day, works, name]]}},
"days": [[day, works, name, source]]}``. A year's notice takes the place of the one that comes with luoshi; a single
day goes before both.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from luoshi.days import Workdays, announced
from luoshi.store.acting import By
from luoshi.store.choosing import keep, kept
from luoshi.store.ledger import record
from luoshi.store.writing import writing

CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Changed:
    """A day that is worked, or not, against the ordinary week: what it is called, and who says so."""

    day: date
    works: bool
    name: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice of a year."""

    year: int
    source: str
    days: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """Everything that the site has noted: notices by year, single days, and the revision that was read."""

    years: dict[int, Notice] = field(default_factory=dict)
    days: tuple[Changed, ...] = ()
    revision: int = -1

    def with_year(self, notice: Notice) -> Noted:
        """The same with the notice of one year, in the place of an earlier one."""
        return replace(self, years={**self.years, notice.year: notice})

    def with_day(self, one: Changed) -> Noted:
        """The same with one day changed."""
        return replace(self, days=tuple(sorted([*self.without(one.day).days, one], key=lambda one: one.day)))

    def without(self, day: date) -> Noted:
        """The same without what was noted for ``day``."""
        return replace(self, days=tuple(one for one in self.days if one.day != day))

    def notice(self, year: int) -> Notice | None:
        """The notice in force for ``year``: the one brought in, or the one that comes with luoshi."""
        if year in self.years:
            return self.years[year]
        if (own := announced().get(year)) is None:
            return None
        days = [*(Changed(day, works=False) for day in own.off), *(Changed(day, works=True) for day in own.work)]
        return Notice(year, own.source, tuple(days))

    def text(self) -> str:
        """The JSON of the setting."""
        years = {
            str(year): {"source": one.source, "days": [[day.day, day.works, day.name] for day in one.days]}
            for year, one in sorted(self.years.items())
        }
        days = [[one.day, one.works, one.name, one.source] for one in self.days]
        return json.dumps({"years": years, "days": days}, ensure_ascii=False, default=str)

    def workdays(self) -> Workdays:
        """The calendar that follows."""
        return calendar_of(self.text()) if self.years or self.days else Workdays.china()


def noted() -> Noted:
    """What the site has noted; one query."""
    text, revision = kept(CALENDAR)
    return _noted(text, revision)


def calendar_in_force() -> Workdays:
    """The working days that count on this site; one query."""
    return calendar_of(kept(CALENDAR)[0])


@lru_cache(maxsize=16)
def calendar_of(text: str) -> Workdays:
    """The calendar that the setting's ``text`` makes; the statutory one where it is empty."""
    if not text:
        return Workdays.china()
    found, china = _noted(text), Workdays.china()
    off = {day for day in china.off if day.year not in found.years}
    on = {day for day in china.on if day.year not in found.years}
    for one in (*(day for notice in found.years.values() for day in notice.days), *found.days):
        (on if one.works else off).add(one.day)
        (off if one.works else on).discard(one.day)
    return Workdays(off, on, {*china.announced, *found.years})


def keep_calendar(new: Noted, by: By, summary: str) -> bool:
    """Keep what was noted; False, and nothing kept, where somebody kept something else since ``new`` was read."""
    with writing():
        before, _ = kept(CALENDAR)
        if not keep(CALENDAR, new.text(), new.revision):
            return False
        record(by, "calendar.keep", f"setting:{CALENDAR}", summary, before=before, after=new.text())
    return True


def _noted(text: str, revision: int = -1) -> Noted:
    if not text:
        return Noted(revision=revision)
    raw = json.loads(text)
    years = {
        int(year): Notice(int(year), one["source"], tuple(_changed(one["days"]))) for year, one in raw["years"].items()
    }
    return Noted(years, tuple(_changed(raw["days"])), revision)


def _changed(rows: Iterable[list[str]]) -> Iterable[Changed]:
    return (Changed(date.fromisoformat(day), bool(works), *more) for day, works, *more in rows)
