"""What stands in the rows of the picture: by unit every step of the unit, by chain every item with what decides it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Literal

from luoshi.schedule import PlannedItem, PlannedStep, Schedule

By = Literal["unit", "chain"]
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
    """One line of the picture. ``heading``: a line of its own for a unit. ``late``: working days too late."""

    words: str
    bars: tuple[Bar, ...] = ()
    deadline: date | None = None
    late: int = 0
    heading: bool = False


def rows(schedule: Schedule, by: By) -> list[Row]:
    """Every row, in the order of the picture."""
    return _by_unit(schedule) if by == "unit" else _by_chain(schedule)


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


def _by_chain(schedule: Schedule) -> list[Row]:
    """A row an item, the latest first, with all its steps; those that decide its end stand out."""
    order = sorted(schedule.items, key=lambda item: (-item.late, item.deadline, item.id))
    return [
        Row(item.title, tuple(_bar(step, item) for step in schedule.of(item.id)), item.deadline, item.late)
        for item in order
    ]


def _bar(step: PlannedStep, item: PlannedItem) -> Bar:
    look: Look = step.state
    if step.critical and look != "done" and not item.regular:
        look = "late" if item.late > 0 else "chain"
    latest = f"；最迟 {step.latest.start} 起步" if step.latest else ""
    told = f"{step.name}｜{step.unit}｜{step.planned.start} 至 {step.planned.finish}{latest}"
    return Bar(step.planned.start, step.planned.finish, look, step.name, told)
