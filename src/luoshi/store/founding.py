"""Many units at once from a table: new ones founded, others changed; all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from luoshi.problems import Problem
from luoshi.store.acting import By
from luoshi.store.models import Unit
from luoshi.store.restructuring import Described, describe, found_unit, mark, restructure
from luoshi.store.units import units_by_name
from luoshi.store.writing import writing


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table; what is empty changes nothing. ``parent`` is any name of the unit above it."""

    name: str
    short_name: str = ""
    kind: str = ""
    parent: str = ""
    rank: int | None = None
    names: tuple[str, ...] = ()

    def over(self, now: Described, parent: Unit | None) -> Described:
        """What a unit that is ``now`` becomes; names are added and none is taken away."""
        names = dict.fromkeys((*now.names, *self.names))
        more = tuple(sorted(one for one in names if one not in (now.name, self.short_name or now.short_name)))
        return replace(
            now,
            short_name=self.short_name or now.short_name,
            kind=self.kind or now.kind,
            parent=parent or now.parent,
            rank=now.rank if self.rank is None else self.rank,
            names=more,
        )

    def does(self, now: Described | None) -> str:
        """Whether the row makes a ``new`` unit, one ``changed``, or leaves it the ``same``."""
        if now is None:
            return "new"
        above = self.parent and (now.parent is None or now.parent.name != self.parent)
        return "changed" if above or self.over(now, None) != now else "same"


def standing() -> dict[str, Described]:
    """Every unit that is in use as it stands, by its full name; two queries."""
    rows = Unit.objects.filter(closed=False).select_related("parent").prefetch_related("names")
    return {one.name: describe(one, [name.name for name in one.names.all()]) for one in rows}


def found_units(rows: Sequence[Row], by: By) -> tuple[Problem, ...]:
    """Found or change every unit of ``rows``, first without the ones above them, then those; or say why not."""
    with writing():
        told: list[Problem] = []
        for row in rows:
            told += _one(row, by)
        if not told:
            for row in rows:
                told += _place(row, by)
        if told:
            transaction.set_rollback(True)
    return tuple(told)


def _one(row: Row, by: By) -> tuple[Problem, ...]:
    unit = Unit.objects.filter(name=row.name, closed=False).first()
    if unit is None:
        return found_unit(row.over(Described(row.name), None), by)[1]
    return _changed(unit, row, None, by)


def _place(row: Row, by: By) -> tuple[Problem, ...]:
    if not row.parent:
        return ()
    return _changed(Unit.objects.get(name=row.name), row, units_by_name()[row.parent], by)


def _changed(unit: Unit, row: Row, parent: Unit | None, by: By) -> tuple[Problem, ...]:
    now = describe(unit, list(unit.names.values_list("name", flat=True)))
    new = row.over(now, parent)
    return () if new == now else restructure(unit, new, mark(now), by) or ()
