"""The nodes of an item: its procedure laid out from the deadline backwards, as scheduling has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.plan import Item, Plan
from luoshi.schedule import PlannedItem, PlannedStep, Setting, schedule
from luoshi.store.calendars import calendar_in_force


@dataclass(frozen=True, slots=True)
class Nodes:
    """How the item is scheduled today, and its steps in order."""

    item: PlannedItem
    steps: tuple[PlannedStep, ...]


def nodes(plan: Plan, item: Item, today: date) -> Nodes | None:
    """The nodes of ``item``; None where it has no deadline or follows no procedure."""
    made = schedule(plan.model_copy(update={"items": (item,)}), today, Setting(workdays=calendar_in_force()))
    return Nodes(made.items[0], tuple(made.steps)) if made.items and made.steps else None
