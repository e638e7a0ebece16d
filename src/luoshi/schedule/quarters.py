"""The state the work should have reached, quarter by quarter (季度形象进度), for the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.days import Period
from luoshi.schedule.result import PlannedItem, PlannedStep, Schedule
from luoshi.schedule.wording import words


@dataclass(frozen=True, slots=True)
class Quarter:
    """What ``item`` should have reached by the end of a quarter, in words, and the share of its steps that is done."""

    item: str
    year: int
    nth: int
    words: str
    share: int  # percent


def quarters(schedule: Schedule, year: int | None = None) -> tuple[Quarter, ...]:
    """A row for each item and quarter of ``year`` (default: the year of ``today``) in which its plan has something."""
    wanted = year or schedule.today.year
    return tuple(row for item in schedule.items for row in _of(schedule, item, wanted))


def _of(schedule: Schedule, item: PlannedItem, year: int) -> Iterator[Quarter]:
    steps = list(schedule.of(item.id))
    for nth in (1, 2, 3, 4):
        quarter = Period.of(year, "quarter", nth)
        if said := _said(steps, quarter):
            done = sum(step.planned.finish <= quarter.until for step in steps)
            yield Quarter(item.id, year, nth, said, done * 100 // len(steps))


def _said(steps: list[PlannedStep], quarter: Period) -> str:
    finished = [step.name for step in steps if step.planned.finish in quarter]
    running = [step.name for step in steps if step.planned.start <= quarter.until < step.planned.finish]
    parts = []
    if finished:
        parts.append(words("quarter", "finished", steps="、".join(finished)))
    if running:
        parts.append(words("quarter", "running", steps="、".join(running)))
    return words("quarter", "joined").join(parts)
