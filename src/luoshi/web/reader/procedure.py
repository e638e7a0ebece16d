"""The nodes of an item: its procedure laid out from the deadline backwards; once it is under way, its matter's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest

from luoshi.plan import Item, Plan
from luoshi.schedule import PlannedItem, PlannedStep, Setting, schedule
from luoshi.store.calendars import calendar_in_force
from luoshi.store.columns import body_of
from luoshi.store.rules import rules_in_force
from luoshi.supervise import Milestone, possible
from luoshi.web import access
from luoshi.web.matter.words import move_word

if TYPE_CHECKING:
    from luoshi.store.models import Matter, Report

_FOLLOWS = ("extracted", "dropped")  # states in which a matter follows its item
_SETS = ("set_procedure", "set_nodes")  # the moves that set procedure and nodes, where the workflow allows them


@dataclass(frozen=True, slots=True)
class Nodes:
    """How the item is scheduled today, and its steps in order."""

    item: PlannedItem
    steps: tuple[PlannedStep, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """The matter that an item became, once somebody has taken it up: its own nodes, and the moves that set them."""

    row: Matter
    nodes: tuple[Milestone, ...]
    offers: tuple[tuple[str, str], ...]


def work_on(request: HttpRequest, report: Report, item: Item) -> Work | None:
    """The matter of ``item`` where it goes by its own procedure and nodes; None while it still follows the report."""
    who = access.access(request)
    row = access.matters(who).filter(report=report, item=item.id).select_related("body").first()
    if row is None or row.state in _FOLLOWS:
        return None
    body = body_of(row)
    may = {move.name for move in possible(body, who.acting(row).actor(), rules_in_force())}
    return Work(row, body.nodes, tuple((name, move_word(name)) for name in _SETS if name in may))


def nodes(plan: Plan, item: Item, today: date) -> Nodes | None:
    """The nodes of ``item``; None where it has no deadline or follows no procedure."""
    made = schedule(plan.model_copy(update={"items": (item,)}), today, Setting(workdays=calendar_in_force()))
    return Nodes(made.items[0], tuple(made.steps)) if made.items and made.steps else None
