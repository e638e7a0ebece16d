"""Where an item comes from: its sentences in the report, its procedure and the targets that hang on it.

A plan is read once for each revision of its report and kept: every page of every item asks for it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

from luoshi.days import Months
from luoshi.measure import Measured, Target, measure, sentences, targets
from luoshi.plan import Commitment, Item, Plan
from luoshi.schedule import Dates, PlannedItem, PlannedStep
from luoshi.store.calendars import calendar_in_force
from luoshi.store.readings import series_until
from luoshi.store.reports import plan_of
from luoshi.supervise import Matter, workflow
from luoshi.web.matter import pace, timing
from luoshi.web.shell.charts import LineChart, Series, line_chart
from luoshi.web.shell.language import in_english, say

if TYPE_CHECKING:
    from luoshi.store.models import Report

_KEPT = 12
_plans: OrderedDict[Hashable, Plan] = OrderedDict()
_lock = Lock()


def plan(report: Report) -> Plan:
    """The plan of ``report`` with its corrections."""
    key = (report.pk, report.revision, report.file_hash, report.created)
    with _lock:
        if key in _plans:
            _plans.move_to_end(key)
            return _plans[key]
    found = plan_of(report)
    with _lock:
        _plans[key] = found
        while len(_plans) > _KEPT:
            _plans.popitem(last=False)
    return found


@dataclass(frozen=True, slots=True)
class Origin:
    """An item as the report has it: the clauses that promise it, and the item itself; neither where it is not there."""

    plan: Plan
    item: Item | None
    clauses: tuple[Commitment, ...]

    @property
    def start(self) -> int | None:
        """Where its first clause stands in the report, in characters."""
        return min((one.start for one in self.clauses), default=None)


def origin(report: Report, matter: Matter) -> Origin:
    """Where ``matter`` stands in ``report``."""
    found = plan(report)
    item = next((one for one in found.items if one.id == matter.id), None)
    clauses = tuple(one for one in found.commitments if item is not None and one.id in item.commitments)
    return Origin(found, item, clauses)


@dataclass(frozen=True, slots=True)
class Procedure:
    """The item taken through its procedure, backwards from its deadline and forwards from how far it is today."""

    planned: PlannedItem
    timed: timing.Timed
    known: pace.Known

    @property
    def steps(self) -> tuple[PlannedStep, ...]:
        """Its steps, in the order of the procedure."""
        return self.timed.now.steps

    @property
    def rows(self) -> list[tuple[PlannedStep, Dates | None, str, str]]:
        """Each step with when it was first to be done, its slack and how far it moved, in words."""
        first = self.timed.steps
        return [(step, first.get(step.key), timing.step_slack(step), timing.moved(step.planned, first.get(step.key)))
                for step in self.steps]  # fmt: skip

    @property
    def slack(self) -> str:
        return timing.slack(self.planned)

    @property
    def decides(self) -> str:
        return timing.decides(self.planned, {step.key: step for step in self.steps})

    @property
    def overlaps(self) -> list[tuple[PlannedStep, PlannedStep, int, int]]:
        """Steps of which the second may begin so many days before the first ends, and what that saves."""
        now = self.timed.now
        return [(now.step(one.before), now.step(one.after), one.days, one.saves) for one in self.planned.overlaps]


def procedure(found: Origin, matter: Matter, today: date) -> Procedure | None:
    """The procedure of an item that is still open and has a deadline; None where it follows none."""
    if found.item is None or matter.due is None or not workflow().states[matter.state].open:
        return None
    alone = found.plan.model_copy(update={"items": (found.item,)})
    made = timing.timed(alone, {found.item.id: matter}, today, calendar_in_force())
    if not made.now.items or not made.now.steps:
        return None
    return Procedure(made.now.items[0], made, pace.known(matter))


@dataclass(frozen=True, slots=True)
class Goal:
    """A target of the item as measured today, said in sentences, and drawn against its path."""

    measured: Measured
    said: tuple[str, ...]
    chart: LineChart


def goals(found: Origin, today: date) -> tuple[Goal, ...]:
    """The measurable targets of the item with their readings up to today."""
    wanted = [one for one in targets(found.plan) if found.item is not None and one.item == found.item.id]
    return tuple(_goal(one, today) for one in measured(wanted, today))


def measured(wanted: Sequence[Target], today: date) -> list[Measured]:
    """The targets ``wanted`` as measured on ``today``; the readings of all of them are fetched at once."""
    if not wanted:
        return []
    series = series_until(today, {name for one in wanted for name in one.names})
    made = []
    for target in wanted:
        by_name = {grown: next((series[name, grown] for name in target.names if (name, grown) in series), None)
                   for grown in (False, True)}  # fmt: skip
        made.append(measure(target, by_name[False], by_name[True], today))
    return made


def _goal(one: Measured, today: date) -> Goal:
    at = 1 if in_english() else 0
    return Goal(one, tuple(sentence[at] for sentence in sentences(one)), chart(one, today))


def chart(one: Measured, today: date) -> LineChart:
    """Readings against their path; nothing is drawn before there is a reading."""
    target = one.target
    if not one.points:
        return line_chart(target.name, target.unit, (), today)
    months = [Months(_year(target.period, at), _month(target.period, at), 1) for at in range(target.period.count)]
    path = [(month.end, value) for month in months if (value := one.path.expected(month)) is not None]
    read = [(point.period.end, point.value) for point in one.points]
    drawn = (Series(say("应到", "path"), "path", path), Series(say("实到", "reading"), "reading", read))
    return line_chart(target.name, target.unit, drawn, today)


def _year(period: Months, at: int) -> int:
    return period.begin.year + (period.begin.month - 1 + at) // 12


def _month(period: Months, at: int) -> int:
    return (period.begin.month - 1 + at) % 12 + 1
