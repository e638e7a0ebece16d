"""今日事今日毕、明日事今日谋: what is late, what is due today, what to prepare for the next working day and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from luoshi.supervise.evidence import needed
from luoshi.supervise.ground import Rules
from luoshi.supervise.lights import Light, light
from luoshi.supervise.model import Matter
from luoshi.supervise.obligations import Obligation, obligations
from luoshi.supervise.words import word
from luoshi.supervise.workdays import next_working

Bucket = Literal["late", "today", "tomorrow", "ahead"]
BUCKETS: tuple[Bucket, ...] = ("late", "today", "tomorrow", "ahead")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an agenda. ``days`` to the day it is due, negative when late; ``part`` the unit's part in it.

    ``prepare`` is what the next move asks for, in words; ``light`` the matter's.
    """

    bucket: Bucket
    owed: Obligation
    unit: str
    part: Literal["lead", "help"]
    days: int
    light: Light
    prepare: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """The agenda of a unit, or of everyone (``unit`` None), on a day; ``tomorrow`` is the next working day."""

    today: date
    tomorrow: date
    unit: str | None
    rows: tuple[Row, ...]

    def of(self, bucket: Bucket) -> tuple[Row, ...]:
        """The rows of one part, the soonest first."""
        return tuple(row for row in self.rows if row.bucket == bucket)


def agenda(
    matters: Iterable[Matter], today: date, rules: Rules, *, unit: str | None = None, horizon: int = 30
) -> Agenda:
    """What is owed up to ``horizon`` natural days from ``today``: by ``unit`` as lead or as helper, or by all.

    What falls due on days off before the next working day counts as today's: nobody is there to do it then.
    """
    tomorrow = next_working(rules.calendar, today)
    after = next_working(rules.calendar, tomorrow)
    rows = []
    for matter in matters:
        lit = None  # working a light out costs more than all else, and many matters have no row
        for owed in obligations(matter, today, rules):
            if (part := _part(owed, matter, unit)) and owed.due <= today + timedelta(days=horizon):
                lit = lit or light(matter, today, rules.profile)
                whose = matter.lead if unit is None else unit
                bucket = _bucket(owed.due, today, tomorrow, after)
                prepare = _prepare(owed, matter)
                rows.append(Row(bucket, owed, whose, part, (owed.due - today).days, lit, prepare))
    rows.sort(key=lambda row: (BUCKETS.index(row.bucket), row.owed.due, row.owed.matter, row.owed.what))
    return Agenda(today, tomorrow, unit, tuple(rows))


def bucket_of(due: date, today: date, rules: Rules) -> Bucket:
    """The part of the agenda in which something due on ``due`` stands."""
    tomorrow = next_working(rules.calendar, today)
    return _bucket(due, today, tomorrow, next_working(rules.calendar, tomorrow))


def units(matters: Iterable[Matter]) -> tuple[str, ...]:
    """Every unit with a part in ``matters``, in the order of the characters."""
    return tuple(sorted({name for matter in matters for name in (matter.lead, *matter.help) if name}))


def _part(owed: Obligation, matter: Matter, unit: str | None) -> Literal["lead", "help"] | None:
    """Whether ``owed`` concerns ``unit``, and as what; helpers care for nodes and deadlines."""
    if unit is None or (owed.role == "lead" and matter.lead == unit):
        return "lead"
    return "help" if unit in matter.help and owed.what in ("node", "deadline") else None


def _bucket(due: date, today: date, tomorrow: date, after: date) -> Bucket:
    if due < today:
        return "late"
    if due < tomorrow:
        return "today"
    return "tomorrow" if due < after else "ahead"


def _prepare(owed: Obligation, matter: Matter) -> tuple[str, ...]:
    """What to have ready: the fields of the move that settles it, and for a completion the rank of its evidence."""
    rank = f"（E{needed(matter)}以上）" if owed.what == "deadline" else ""
    return tuple(word("field", name) + (rank if name == "evidence" else "") for name in owed.needs)
