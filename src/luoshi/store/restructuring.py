"""Units changed as districts change them: renamed, moved, closed with a successor; what went before stays findable.

A name that a unit had goes on meaning it. Of a unit that is closed every name means its successor since, and what it
led, its posts and its open findings go there; what is over stays as it was.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import F

from luoshi.problems import Problem, problem
from luoshi.store.acting import By
from luoshi.store.ledger import record
from luoshi.store.models import Finding, Matter, MatterUnit, Post, Unit, UnitName, Visit
from luoshi.store.units import branch
from luoshi.store.writing import writing

KINDS = {
    "government": ("政府", "government"), "office": ("督查机构", "supervision office"), "bureau": ("部门", "bureau"),
    "town": ("乡镇街道", "town"), "body": ("事业单位、企业", "body"), "other": ("其他", "other"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of a unit: its names, kind, the one above it, its place in lists."""

    name: str
    short_name: str = ""
    kind: str = "bureau"
    parent: Unit | None = None
    rank: int = 0
    names: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        """Every name that is to mean it."""
        return tuple(dict.fromkeys(filter(None, (self.name, self.short_name, *self.names))))


def describe(unit: Unit, names: Sequence[str]) -> Described:
    """``unit`` as it is, with the ``names`` that mean it."""
    more = tuple(sorted(one for one in names if one not in (unit.name, unit.short_name)))
    return Described(unit.name, unit.short_name, unit.kind, unit.parent, unit.rank, more)


def names_of(unit: Unit) -> list[str]:
    """Every name that means ``unit``."""
    return list(unit.names.order_by("pk").values_list("name", flat=True))


def faults(new: Described, unit: Unit | None = None) -> tuple[Problem, ...]:
    """Why a unit cannot be as ``new`` says: a name that means another, or a place below itself."""
    others = UnitName.objects.filter(name__in=new.every).select_related("unit")
    taken = others.exclude(unit=unit) if unit else others
    told = [problem("T124", name=one.name, unit=one.unit.name) for one in taken]
    if unit is not None and new.parent is not None and new.parent.pk in branch(unit):
        told.append(problem("T125", name=unit.name, parent=new.parent.name))
    return tuple(told)


def mark(one: Described) -> str:
    """A mark of what is said of a unit, for whoever saw it to bring back."""
    return sha256(json.dumps(_told(one), ensure_ascii=False).encode()).hexdigest()


def restructure(unit: Unit, new: Described, seen: str, by: By) -> tuple[Problem, ...] | None:
    """Let ``unit`` be as ``new`` says; None, and nothing done, where its mark is not ``seen``.

    Its earlier name goes on meaning it, unless ``new`` is of another opinion about a name that was only beside it.
    """
    with writing():
        row = Unit.objects.select_for_update(of=("self",)).select_related("parent").get(pk=unit.pk)
        before = describe(row, names_of(row))
        if mark(before) != seen:
            return None
        if told := faults(new, row):
            return told
        kept = dict.fromkeys((*new.every, *({before.name} if new.name != before.name else ())))
        row.names.exclude(name__in=list(kept)).delete()
        known = set(names_of(row))
        UnitName.objects.bulk_create(UnitName(name=one, unit=row) for one in kept if one not in known)
        facts = {"name": new.name, "short_name": new.short_name, "kind": new.kind, "parent": new.parent}
        Unit.objects.filter(pk=row.pk).update(**facts, rank=new.rank)
        record(by, "unit.change", f"unit:{row.pk}", new.name, before=_told(before), after=_told(new))
    return ()


def found_unit(new: Described, by: By) -> tuple[Unit | None, tuple[Problem, ...]]:
    """A new unit, or why it cannot be."""
    with writing():
        if told := faults(new):
            return None, told
        unit = Unit.objects.create(
            name=new.name, short_name=new.short_name, kind=new.kind, parent=new.parent, rank=new.rank
        )
        UnitName.objects.bulk_create(UnitName(name=one, unit=unit) for one in new.every)
        record(by, "unit.add", f"unit:{unit.pk}", new.name, **_told(new))
    return unit, ()


@dataclass(frozen=True, slots=True)
class Goes:
    """What goes to the successor of a unit, and whose roles end with it."""

    led: int
    helped: int
    posts: tuple[str, ...]
    findings: int
    visits: int
    roles: tuple[str, ...]
    below: tuple[str, ...]


def goes(unit: Unit) -> Goes:
    """What closing ``unit`` would hand on; ``below`` are units under it that are not closed yet."""
    roles = unit.grants.select_related("person").values_list("person__name", flat=True)
    return Goes(
        led=Matter.objects.filter(lead=unit).count(),
        helped=MatterUnit.objects.filter(unit=unit, part="help").count(),
        posts=tuple(unit.posts.values_list("title", flat=True)),
        findings=Finding.objects.filter(unit=unit, closed=None).count(),
        visits=Visit.objects.filter(unit=unit, state="planned").count(),
        roles=tuple(dict.fromkeys(roles)),
        below=tuple(unit.children.filter(closed=False).values_list("name", flat=True)),
    )


def close_unit(unit: Unit, successor: Unit, day: date, by: By, reason: str) -> tuple[Problem, ...]:
    """Close ``unit`` on ``day``; ``successor`` leads, helps and answers in its place from then on."""
    with writing():
        rows = {one.pk: one for one in Unit.objects.select_for_update().filter(pk__in=(unit.pk, successor.pk))}
        going = goes(unit)
        if rows[unit.pk].closed or rows[successor.pk].closed or unit.pk == successor.pk or going.below:
            return (problem("T126", name=unit.name, successor=successor.name, below="、".join(going.below) or "—"),)
        _hand_on(unit, successor)
        UnitName.objects.filter(unit=unit).update(unit=successor)
        Unit.objects.filter(successor=unit).update(successor=successor)
        Unit.objects.filter(pk=unit.pk).update(closed=True, closed_on=day, successor=successor)
        facts = {"led": going.led, "helped": going.helped, "posts": list(going.posts), "successor": successor.name}
        record(by, "unit.close", f"unit:{unit.pk}", unit.name, reason=reason, day=day, **facts)
    return ()


def _hand_on(unit: Unit, successor: Unit) -> None:
    Matter.objects.filter(lead=unit).update(lead=successor)
    theirs = set(MatterUnit.objects.filter(unit=successor).values_list("matter_id", flat=True))
    both = MatterUnit.objects.filter(unit=unit, matter_id__in=theirs)
    led = list(both.filter(part="lead").values_list("matter_id", flat=True))
    both.delete()
    MatterUnit.objects.filter(unit=successor, matter_id__in=led).update(part="lead")
    MatterUnit.objects.filter(unit=unit).update(unit=successor)
    Post.objects.filter(unit=unit).update(unit=successor)
    Finding.objects.filter(unit=unit, closed=None).update(unit=successor, revision=F("revision") + 1)
    Visit.objects.filter(unit=unit, state="planned").update(unit=successor, revision=F("revision") + 1)


def _told(one: Described) -> dict[str, object]:
    parent = one.parent.name if one.parent else ""
    return {"name": one.name, "short_name": one.short_name, "kind": one.kind, "parent": parent, "rank": one.rank,
            "names": list(one.names)}  # fmt: skip
