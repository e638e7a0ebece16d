"""Changes of a returned register as moves of the workflow: all of them, or none and what stands against it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from itertools import groupby
from typing import TYPE_CHECKING, Any

from luoshi.problems import Problem
from luoshi.publish.register.columns import Column, sheet, words
from luoshi.publish.register.returned import Change
from luoshi.publish.register.standing import stages
from luoshi.supervise import Actor, Docket, Entry, Event, Matter, decide

if TYPE_CHECKING:
    from luoshi.publish.dossier import Dossier

_QUARTERS = ("quarter1", "quarter2", "quarter3", "quarter4")
_NOW = {"percent": "reported"}  # what a matter calls the field of a move, where it has another name


@dataclass(frozen=True, slots=True)
class Way:
    """Columns whose changes one move makes; ``whole`` where it wants the columns that were not changed too."""

    name: str
    role: str
    columns: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of the changes: the matters as they are then, the lines of the ledger; with problems neither.

    ``events`` are the moves that were made, each with the id of its matter, in the order of the entries.
    """

    matters: tuple[Matter, ...] = ()
    entries: tuple[Entry, ...] = ()
    events: tuple[tuple[str, Event], ...] = ()
    problems: tuple[Problem, ...] = ()

    def on(self, docket: Docket | None) -> Docket:
        """``docket`` with these matters and entries; matters that it does not have come at the end."""
        docket = docket or Docket()
        new = {one.id: one for one in self.matters}
        kept = tuple(new.pop(one.id, one) for one in docket.items)
        entries = (*docket.entries, *self.entries)
        return docket.model_copy(update={"items": (*kept, *new.values()), "entries": entries})


def applied(changes: Iterable[Change], whole: Dossier, by: Actor) -> Applied:
    """Make ``changes`` as moves of ``by`` on the day of ``whole``, each through :func:`luoshi.supervise.decide`."""
    done: list[_Row] = []
    for name, group in groupby(sorted(changes, key=lambda one: one.row), key=lambda one: one.matter):
        row = _Row(whole.by_id[name].matter, {one.column.key: one for one in group}, whole, by)
        row.go()
        done.append(row)
    if problems := tuple(found for row in done for found in row.problems):
        return Applied(problems=problems)
    entries = tuple(entry for row in done for entry in row.entries)
    events = tuple((row.matter.id, event) for row in done for event in row.events)
    return Applied(tuple(row.matter for row in done), entries, events)


@dataclass
class _Row:
    """The changes of one matter on their way."""

    matter: Matter
    left: dict[str, Change]
    whole: Dossier
    by: Actor
    entries: list[Entry] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def go(self) -> None:
        """Make one move after the other until nothing is left to change, or one cannot be made."""
        number = next(iter(self.left.values())).row
        while self.left and not self.problems:
            way = self._next()
            taken = {key: self.left.pop(key) for key in way.columns if key in self.left}
            event = _event(way, taken, self.matter, self.whole, self.by)
            outcome = decide(self.matter, event, self.whole.today, self.whole.rules)
            said: str = words()["states"]["row"]
            for found in outcome.problems:
                told = said.format(row=number, id=self.matter.id, message=found.message)
                self.problems.append(replace(found, message=told))
            if outcome.entry:
                self.entries.append(outcome.entry)
                self.events.append(event)
            self.matter = outcome.matter

    def _next(self) -> Way:
        """The first move that takes something of what is left and can be made now; else the first that takes any."""
        fitting = [way for way in ways() if way.role == self.by.role and set(way.columns) & set(self.left)]
        moves = self.whole.rules.workflow.moves
        return next((way for way in fitting if self.matter.state in moves[way.name].origins), fitting[0])


def _event(way: Way, taken: Mapping[str, Change], one: Matter, whole: Dossier, by: Actor) -> Event:
    given: dict[str, Any] = {}
    for column in (column for column in sheet("items").columns if column.key in way.columns):
        if column.key in _QUARTERS:
            if set(taken) & set(_QUARTERS):
                given["stages"] = _stages(taken, one, whole)
        elif column.key in taken:
            given[column.member] = taken[column.key].value
        elif way.whole:
            given[column.member] = _now(column, one)
    return Event(move=way.name, by=by, expected=one.revision, **given)


def _now(column: Column, one: Matter) -> Any:
    """What ``column`` says of the matter now; evidence is not given twice, a percentage never given is none."""
    since = {"percent": one.reported_on, "verified": one.verified_on}
    if column.member == "evidence":
        return ()
    if column.member in since and since[column.member] is None:
        return None
    return getattr(one, _NOW.get(column.member, column.member))


def _stages(taken: Mapping[str, Change], one: Matter, whole: Dossier) -> tuple[str, ...]:
    now = stages(one, whole.today)
    return tuple(str(taken[key].value) if key in taken else before for key, before in zip(_QUARTERS, now, strict=True))


@cache
def ways() -> tuple[Way, ...]:
    """The moves that a returned register can make, in the order they are tried."""
    rows = tomllib.loads(resources.files(__package__).joinpath("returning.toml").read_text(encoding="utf-8"))["moves"]
    return tuple(Way(**{**row, "columns": tuple(row["columns"])}) for row in rows)
