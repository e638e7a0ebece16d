"""Units by every name they have, and the branch below one."""

from __future__ import annotations

from collections.abc import Iterable

from luoshi.store.acting import By
from luoshi.store.ledger import record
from luoshi.store.models import Unit, UnitName
from luoshi.store.writing import writing


def add_unit(
    by: By,
    name: str,
    *,
    short_name: str = "",
    kind: str = "bureau",
    parent: Unit | None = None,
    names: Iterable[str] = (),
) -> Unit:
    """A new unit and every name that means it. Raises django's IntegrityError where a name means another unit."""
    with writing():
        unit = Unit.objects.create(name=name, short_name=short_name, kind=kind, parent=parent)
        every = dict.fromkeys(filter(None, (name, short_name, *names)))
        UnitName.objects.bulk_create(UnitName(name=one, unit=unit) for one in every)
        record(by, "unit.add", f"unit:{unit.pk}", name, names=list(every), parent=parent.pk if parent else None)
    return unit


def units_by_name() -> dict[str, Unit]:
    """Every unit by each of its names."""
    return {one.name: one.unit for one in UnitName.objects.select_related("unit")}


def names_of(units: Iterable[int]) -> set[str]:
    """Every name of the units with these ids."""
    return set(UnitName.objects.filter(unit__in=list(units)).values_list("name", flat=True))


def branch(unit: Unit) -> list[int]:
    """The ids of ``unit`` and of all below it."""
    below: dict[int | None, list[int]] = {}
    for child, parent in Unit.objects.values_list("pk", "parent_id"):
        below.setdefault(parent, []).append(child)
    found, waiting = [], [unit.pk]
    while waiting:
        found.append(waiting.pop())
        waiting += below.get(found[-1], [])
    return found


def names_by_unit(units: Iterable[int]) -> dict[int, frozenset[str]]:
    """Every name of each of ``units``, by id."""
    found: dict[int, set[str]] = {}
    for unit, name in UnitName.objects.filter(unit_id__in=list(units)).values_list("unit_id", "name"):
        found.setdefault(unit, set()).add(name)
    return {unit: frozenset(names) for unit, names in found.items()}
