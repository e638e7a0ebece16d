"""A large district, made up from the rehearsal: as many units, people, items and readings as are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

from luoshi.amounts import Amount
from luoshi.days import Months
from luoshi.door import open_text, read_corrected
from luoshi.examples import sample
from luoshi.measure import Reading, Series
from luoshi.plan import Plan
from luoshi.rehearsal import TODAY, docket
from luoshi.store.acting import SYSTEM
from luoshi.store.choosing import setting
from luoshi.store.fetching import all_people, all_reports
from luoshi.store.moment import playing
from luoshi.store.people import add_person, grant_role
from luoshi.store.readings import save_readings
from luoshi.store.rehearsed import label_report, name_place
from luoshi.store.reports import bring_in
from luoshi.store.units import add_unit
from luoshi.store.writing import writing
from luoshi.supervise import Docket, Matter
from luoshi.web.rehearse.data import morning

if TYPE_CHECKING:
    from luoshi.store.models import Unit

PLACE = "压力测试区"  # the place of a site that was made for measuring: no other site is touched
OFFICE = ("supervisor", "director", "inspector", "leader", "government", "deputy")
_YEARS = (2019, 2023)
_INDICATORS = 100
_QUARTERS = (3, 6, 9, 12)


@dataclass(frozen=True, slots=True)
class Size:
    """How large the district is."""

    units: int = 200
    people: int = 2000
    items: int = 20_000


def is_other() -> bool:
    """Whether the database holds a site that was not made for measuring."""
    return all_people().exists() and setting("place") != PLACE


def is_there() -> bool:
    """Whether the large district is there already."""
    return setting("place") == PLACE and all_reports().exists()


def make(size: Size, said: Callable[[str], None]) -> None:
    """Make the district up in the empty database; every step is sealed in the record."""
    with playing(morning(date(TODAY.year, 1, 3))):
        with writing():
            name_place(PLACE, SYSTEM)
            units = [add_unit(SYSTEM, f"第{nth:03}局", short_name=f"{nth:03}局") for nth in range(1, size.units + 1)]
            said(f"单位 {len(units)} · units")
            for nth in range(size.people):
                _person(nth, units)
        said(f"人员 {size.people} · people")
        with writing():
            kept = save_readings(_series(), SYSTEM, source="压力测试")
        said(f"读数 {kept} · readings")
        _reports(size, units, said)


def _person(nth: int, units: list[Unit]) -> None:
    """The first of them hold the roles of the office, all others belong to units in turn."""
    person = add_person(SYSTEM, f"p{nth:05}", f"人员{nth:05}", None)
    if nth < 2 * len(OFFICE):
        grant_role(person, OFFICE[nth % len(OFFICE)], SYSTEM)
    else:
        grant_role(person, "head" if nth % 10 == 0 else "liaison", SYSTEM, unit=units[nth % len(units)])


def _reports(size: Size, units: list[Unit], said: Callable[[str], None]) -> None:
    """The sample's report of a year again and again, each time with other units."""
    document, notes = open_text(sample("songgang-2023"))
    plan = read_corrected(document, notes, None)
    played = docket(plan).items
    names = [unit.name for unit in units]
    done = 0
    for nth, of in enumerate(_batches(size.items, len(played))):
        facts = plan.document.model_copy(
            update={"sha256": sha256(f"stress {nth}".encode()).hexdigest(), "title": f"第{nth + 1}号报告"}
        )
        other = Plan.model_validate({**dict(plan), "document": facts, "items": plan.items[:of]})
        bodies = tuple(_moved(one, nth, names) for one in played[:of])
        made = bring_in(other, document.text, TODAY, SYSTEM, docket=Docket(items=bodies))
        assert made.report is not None, made.problems
        label_report(made.report, "public", SYSTEM)
        done += of
        if nth % 20 == 0:
            said(f"任务 {done} · items")


def _batches(items: int, most: int) -> Iterator[int]:
    while items > 0:
        yield min(items, most)
        items -= most


def _moved(matter: Matter, nth: int, names: list[str]) -> Matter:
    """The same matter under other units; by which of them depends on its old lead alone."""
    lead = _other(matter.lead, nth, names)
    helping = dict.fromkeys(_other(one, nth, names) for one in matter.help)
    openness = matter.openness or ("public" if nth % 2 else "internal")
    update = {"lead": lead, "help": tuple(one for one in helping if one != lead), "openness": openness}
    return matter.model_copy(update=update)


def _other(name: str, nth: int, names: list[str]) -> str:
    return names[(int(sha256(name.encode()).hexdigest(), 16) + nth * 7) % len(names)] if name else ""


def _series() -> Iterator[Series]:
    """Five years of quarterly readings of a hundred indicators."""
    for nth in range(1, _INDICATORS + 1):
        yield Series(f"指标{nth:03}", "亿元", tuple(_readings(nth)), False)


def _readings(nth: int) -> Iterator[Reading]:
    for year in range(_YEARS[0], _YEARS[1] + 1):
        for month in _QUARTERS:
            period = Months.between(date(year, 1, 1), _last_day(year, month))
            if period.end <= TODAY:
                value = Decimal(100 + nth) * month / 12 * (1 + Decimal(year - _YEARS[0]) / 20)
                yield Reading(
                    period=period, amount=Amount(round(value, 2), "亿元"), scope="cumulative", source="季报",
                    evidence="", level=3, revision=0, broken=False, openness="public",
                )  # fmt: skip


def _last_day(year: int, month: int) -> date:
    return date(year, month, 31 if month in (3, 12) else 30)
