"""What a register that comes back would change: item by item, cell by cell, and the moves that come of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from luoshi.problems import Problem, has_errors, problem
from luoshi.publish.register import Applied, Change, Returned, applied, named, returned
from luoshi.supervise import Actor
from luoshi.web import access
from luoshi.web.access import Access
from luoshi.web.register.working import Side, working

if TYPE_CHECKING:
    from luoshi.publish.dossier import Dossier
    from luoshi.publish.register.reading import Table
    from luoshi.store.models import Report

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Coming:
    """An item of the table: its row here and there, its cells before and after, the moves that make them so."""

    pk: int
    row: int
    title: str
    lead: str
    cells: tuple[dict[str, str], ...]
    events: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a table that came back would do; with an error among the problems it does nothing."""

    report: int = 0
    title: str = ""
    rows: int = 0
    items: tuple[Coming, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    @property
    def refused(self) -> bool:
        return has_errors(self.problems)

    @property
    def cells(self) -> int:
        return sum(len(one.cells) for one in self.items)

    def kept(self) -> str:
        """The same as text."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> Preview:
        """What :meth:`kept` wrote."""
        said = json.loads(text)
        items = tuple(Coming(**{**one, "cells": tuple(one["cells"]), "events": tuple(one["events"])})
                      for one in said["items"])  # fmt: skip
        return cls(**{**said, "items": items, "problems": tuple(Problem(**one) for one in said["problems"])})


def report_of(table: Table, who: Access) -> Report | None:
    """The report that most rows of ``table`` are of, by id and title; the newest of several; None where no row fits."""
    titles = named(table)
    ids, fits = list(titles), dict[int, int]()
    for at in range(0, len(ids), _AT_ONCE):
        rows = access.matters(who).filter(item__in=ids[at : at + _AT_ONCE])
        for report, item, title in rows.values_list("report_id", "item", "title"):
            fits[report] = fits.get(report, 0) + (1 + (titles[item][:100] == title[:100]))
    best = max(fits, key=lambda report: (fits[report], report), default=None)
    return None if best is None else access.reports(who).filter(pk=best).select_related("body").first()


def preview(table: Table, who: Access, side: Side, report: Report, *, guards: bool) -> Preview:
    """What ``table`` would change in ``report`` where ``who`` hands it in; ``guards`` where it is CSV."""
    whole, rows = working(who, report)
    found = _own(returned(table, whole, side.name, guards=guards), whole, side)
    made = [] if has_errors(found.problems) else list(_applied(found.changes, whole, who, side))
    problems = (*found.problems, *(one for some in made for one in some.problems))
    events: dict[str, list[dict[str, Any]]] = {}
    for name, event in (pair for some in made for pair in some.events):
        events.setdefault(name, []).append(event.model_dump(mode="json", exclude_defaults=True))
    items = tuple(_coming(name, tuple(cells), whole, rows, tuple(events.get(name, ()))) for name, cells in
                  groupby(sorted(found.changes, key=lambda one: one.row), key=lambda one: one.matter))  # fmt: skip
    return Preview(report.pk, report.title, found.rows, items, problems)


def _own(found: Returned, whole: Dossier, side: Side) -> Returned:
    """Of a unit's table what it may change: rows of others are a problem each, and nothing of them is told."""
    if side.name == "office":
        return found
    mine = {case.matter.id for case in whole.cases if case.matter.lead in side.names}
    theirs = {one.matter: one.row for one in (*found.changes, *found.conflicts) if one.matter not in mine}
    hidden = [f"（{name} 的“" for name in theirs]
    problems = [problem("T110", row=row, id=name) for name, row in theirs.items()]
    for one in found.problems:
        if one.code == "L005":
            problems.append(problem("T111", detail=one.message))
        elif one.code != "L020" or not any(name in one.message for name in hidden):
            problems.append(one)
    changes, conflicts = (tuple(one for one in some if one.matter in mine) for some in (found.changes, found.conflicts))
    return Returned(changes, conflicts, tuple(problems), found.rows)


def _applied(changes: Iterable[Change], whole: Dossier, who: Access, side: Side) -> Iterator[Applied]:
    """The changes as moves; a unit acts under the name that the item has it by."""
    by_lead: dict[str, list[Change]] = {}
    for one in changes:
        lead = whole.by_id[one.matter].matter.lead if side.name == "lead" else ""
        by_lead.setdefault(lead, []).append(one)
    for lead, some in by_lead.items():
        yield applied(some, whole, Actor(role=side.name, unit=lead, person=who.person.name))


def _coming(
    name: str, cells: Sequence[Change], whole: Dossier, rows: dict[str, int], events: tuple[Any, ...]
) -> Coming:
    matter = whole.by_id[name].matter
    drawn = tuple({"cell": one.cell, "column": one.column.zh, "english": one.column.en,
                   "before": "" if one.column.key == "evidence" else one.before, "after": one.after}
                  for one in cells)  # fmt: skip
    return Coming(rows[name], cells[0].row, matter.title, matter.lead, drawn, events)
