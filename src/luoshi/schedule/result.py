"""What scheduling a plan gives: steps with their dates, items with their reasons, in shapes that go out as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from luoshi.problems import Problem

FORMAT: Literal["luoshi.schedule/1"] = "luoshi.schedule/1"
State = Literal["todo", "running", "done"]


@dataclass(frozen=True, slots=True)
class Dates:
    """A step's first and last day, both included. A step that takes no time has the same day twice."""

    start: date
    finish: date


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step of one item.

    ``earliest`` from today on, ``latest`` so that the deadline is still met (None: no such day), ``planned`` what to
    plan by: with limits of capacity the levelled dates, else the latest ones less the buffer, never before the
    earliest. ``slack``: days of the step's own kind (``count``) between earliest and latest start, negative if late.
    ``days`` count for a statutory limit, ``paused`` days do not.
    """

    key: str
    item: str
    id: str
    name: str
    en: str
    unit: str
    count: str
    days: int
    paused: int
    paused_why: str
    limit: str
    source: str
    state: State
    earliest: Dates
    latest: Dates | None
    planned: Dates
    slack: int
    critical: bool
    window: str = ""


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One link of the chain that decides when an item is done: from the morning of ``begin`` to that of ``end``.

    ``days`` are natural and may be negative (counted back from a validity); they add up from ``begin`` of the first
    link to ``end`` of the last.
    """

    cause: str
    step: str
    words: str
    begin: date
    end: date
    days: int
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Overlap:
    """By consent ``after`` may begin ``days`` natural days before ``before`` ends, which saves ``saves`` days."""

    before: str
    after: str
    days: int
    saves: int


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One item: its procedure and why, when it must start, how late it is, and the chain that says why.

    ``late``: working days between the deadline and the earliest finish; negative is time in hand. ``finish`` is that
    earliest finish; ``regular``: no chain of steps but one for each month or quarter.
    ``certainty``: ``exact`` without limits of capacity, else ``proven`` or ``best found``.
    """

    id: str
    title: str
    unit: str
    procedure: str
    procedure_name: str
    basis: Literal["proposed", "confirmed"]
    why: str
    deadline: date
    deadline_basis: str
    must_start: date | None
    finish: date
    late: int
    certainty: Literal["exact", "proven", "best found"]
    words: str
    assumptions: tuple[str, ...]
    chain: tuple[ChainLink, ...]
    overlaps: tuple[Overlap, ...]
    regular: bool
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An item that was not scheduled, and why."""

    id: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """A plan worked backwards from its deadlines and forwards from ``today``."""

    today: date
    title: str
    items: tuple[PlannedItem, ...]
    steps: tuple[PlannedStep, ...]
    left_out: tuple[LeftOut, ...]
    problems: tuple[Problem, ...]
    provisional: tuple[int, ...]
    capacity: dict[str, int]
    format: str = FORMAT

    def step(self, key: str) -> PlannedStep:
        """The step with this key (``i17/permit``). Raises KeyError where there is none."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    def of(self, item: str) -> Iterator[PlannedStep]:
        """The steps of an item, in the order of its procedure."""
        return (step for step in self.steps if step.item == item)

    def late(self) -> tuple[PlannedItem, ...]:
        """The items that are too late already, the latest first."""
        return tuple(sorted((item for item in self.items if item.late > 0), key=lambda item: -item.late))

    def to_json(self, *, indent: int | None = None) -> str:
        """The schedule as JSON text, Chinese as it is; the same schedule always the same text."""
        return json.dumps(self, default=_plain, ensure_ascii=False, indent=indent)


def _plain(value: Any) -> Any:
    """What JSON has no form for: a day as text, a record as an object."""
    return (
        value.isoformat()
        if isinstance(value, date)
        else {name.name: getattr(value, name.name) for name in fields(value)}
    )
