"""What stands in the rows of the picture: by unit, by item (chain), or a row a step; and what was planned at first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from luoshi.schedule import Dates, PlannedItem, PlannedStep, Schedule

By = Literal["unit", "chain", "step"]
Look = Literal["done", "running", "late", "chain", "todo"]


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of days, both included, with what to write in it and what to tell when pointed at."""

    start: date
    finish: date
    look: Look
    words: str
    told: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the picture. ``heading``: a line of its own for a unit. ``late``: working days too late.

    ``first`` is when it was to be done at first.
    """

    words: str
    bars: tuple[Bar, ...] = ()
    deadline: date | None = None
    late: int = 0
    heading: bool = False
    first: Dates | None = None


def rows(schedule: Schedule, by: By, first: Mapping[str, Dates] | None = None) -> list[Row]:
    """Every row, in the order of the picture; ``first`` by item, or by step where each has a row of its own."""
    if by == "unit":
        return _by_unit(schedule)
    return list(_by_step(schedule, first or {})) if by == "step" else _by_chain(schedule, first or {})


def _by_step(schedule: Schedule, first: Mapping[str, Dates]) -> Iterator[Row]:
    """A row a step, in the order of the procedure; the deadline stands at the last of each item."""
    for item in schedule.items:
        steps = list(schedule.of(item.id))
        for step in steps:
            last = step is steps[-1]
            due, late = (item.deadline, item.late) if last else (None, 0)
            yield Row(step.name, (_bar(step, item),), due, late, first=first.get(step.key))


def _by_unit(schedule: Schedule) -> list[Row]:
    """A heading a unit, the busiest first; under it a row an item with the unit's steps."""
    units: dict[str, dict[str, list[PlannedStep]]] = defaultdict(lambda: defaultdict(list))
    for step in schedule.steps:
        units[step.unit][step.item].append(step)
    items = {item.id: item for item in schedule.items}
    found = []
    for unit, work in sorted(units.items(), key=lambda pair: (-sum(map(len, pair[1].values())), pair[0])):
        found.append(Row(f"{unit}（{sum(map(len, work.values()))}）", heading=True))
        for name, steps in sorted(work.items(), key=lambda pair: min(step.planned.start for step in pair[1])):
            item = items[name]
            found.append(Row(item.title, tuple(_bar(step, item) for step in steps), item.deadline, item.late))
    return found


def _by_chain(schedule: Schedule, first: Mapping[str, Dates]) -> list[Row]:
    """A row an item, the latest first, with all its steps; those that decide its end stand out."""
    order = sorted(schedule.items, key=lambda item: (-item.late, item.deadline, item.id))
    return [
        Row(
            item.title,
            tuple(_bar(step, item) for step in schedule.of(item.id)),
            item.deadline,
            item.late,
            first=first.get(item.id),
        )
        for item in order
    ]


def _bar(step: PlannedStep, item: PlannedItem) -> Bar:
    look: Look = step.state
    if step.critical and look != "done" and not item.regular:
        look = "late" if item.late > 0 else "chain"
    latest = f"；最迟 {step.latest.start} 起步" if step.latest else ""
    told = f"{step.name}｜{step.unit}｜{step.planned.start} 至 {step.planned.finish}{latest}"
    return Bar(step.planned.start, step.planned.finish, look, step.name, told)
