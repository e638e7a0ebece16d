"""Items through their procedures: as things stand now, with their progress, and as they were first planned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from luoshi.days import Workdays
from luoshi.plan import Item, Plan
from luoshi.schedule import Dates, PlannedItem, PlannedStep, Progress, Schedule, Setting, schedule
from luoshi.schedule.fitting import fitting
from luoshi.supervise import Matter
from luoshi.web.matter import pace
from luoshi.web.shell.language import say

STATES: Mapping[str, Callable[[], str]] = {
    "todo": lambda: say("待办", "to do"),
    "running": lambda: say("在办", "under way"),
    "done": lambda: say("已办结", "done"),
}


@dataclass(frozen=True, slots=True)
class Timed:
    """The schedule now, and by the key of each step when it was first to be done; by item when all of it was."""

    now: Schedule
    steps: Mapping[str, Dates] = field(default_factory=dict)
    items: Mapping[str, Dates] = field(default_factory=dict)


def timed(plan: Plan, matters: Mapping[str, Matter], today: date, workdays: Workdays | None = None) -> Timed:
    """The items of ``plan`` that are among ``matters`` (by item) with a deadline there: now and as first planned.

    Without ``workdays`` the statutory ones count.
    """
    pairs = [(one, matters[one.id]) for one in plan.items if one.id in matters and matters[one.id].due is not None]
    setting = replace(pace.setting(pairs, today), workdays=workdays or Workdays.china())
    items = tuple(_until(item, matter.due) for item, matter in pairs)
    now = schedule(plan.model_copy(update={"items": items}), today, setting)
    first = _first(plan, pairs, today, setting)
    steps = {step.key: step.planned for step in first.steps} if first else {}
    return Timed(now, steps, dict(_whole(first)) if first else {})


def _until(item: Item, due: date | None) -> Item:
    return item.model_copy(update={"deadline": item.deadline.model_copy(update={"date": due})})


def _first(plan: Plan, pairs: list[tuple[Item, Matter]], today: date, setting: Setting) -> Schedule | None:
    """The schedule as it would have been laid on the day each item began, to its first deadline; nothing done yet."""
    begun = {item.id: day for item, matter in pairs if (day := matter.begin or matter.started) and day <= today}
    if not begun:
        return None
    theirs = [(item, matter) for item, matter in pairs if item.id in begun]
    items = tuple(_until(item, matter.first_due or matter.due) for item, matter in theirs)
    waits = {
        f"{item.id}/{step.id}": Progress(earliest=begun[item.id])
        for item, _ in theirs
        if (fit := fitting(item, setting.confirmed)) is not None and not any(step.repeat for step in fit.steps)
        for step in fit.steps
    }
    known = Setting(confirmed=setting.confirmed, progress=waits, workdays=setting.workdays)
    return schedule(plan.model_copy(update={"items": items}), min(begun.values()), known)


def _whole(first: Schedule) -> Iterator[tuple[str, Dates]]:
    for item in first.items:
        steps = list(first.of(item.id))
        if steps and not item.regular:
            yield item.id, Dates(min(one.planned.start for one in steps), max(one.planned.finish for one in steps))


def slack(one: PlannedItem) -> str:
    """How much time an item has in hand, in words."""
    if one.late > 0:
        return say(f"晚 {one.late} 个工作日", f"late by {one.late} working days")
    if one.late == 0:
        return say("刚好，没有富余", "just in time, nothing in hand")
    return say(f"富余 {-one.late} 个工作日", f"{-one.late} working days in hand")


def decides(one: PlannedItem, steps: Mapping[str, PlannedStep]) -> str:
    """Which step decides when the item is done: the next critical one that is not finished; empty where none does."""
    if one.regular:
        return say("按月、按季办，没有哪一步卡住", "every month or quarter: no step decides")
    left = [steps[key] for key in one.steps if steps[key].critical and steps[key].state != "done"]
    if not left:
        return say("各步都已办结", "every step is done")
    first = left[0]
    name = say(first.name, first.en)
    rest = say(f"，后面还有 {len(left) - 1} 步", f", {len(left) - 1} more after it") if len(left) > 1 else ""
    return f"{name}{rest}"


def step_slack(step: PlannedStep) -> str:
    """The slack of a step in words, in days of its own kind."""
    kind = say("自然日", "days") if step.count == "natural" else say("个工作日", "working days")
    if step.state == "done":
        return say("已办结", "done")
    if step.slack < 0:
        return say(f"来不及，短 {-step.slack} {kind}", f"{-step.slack} {kind} short")
    if step.slack == 0:
        return say("一天也不能拖", "no day to lose")
    return say(f"可以晚 {step.slack} {kind}", f"may slip {step.slack} {kind}")


def moved(now: Dates, first: Dates | None) -> str:
    """How far the end has moved from what was first planned, in natural days and in words."""
    if first is None:
        return "—"
    days = (now.finish - first.finish).days
    if days == 0:
        return say("和原计划一样", "as first planned")
    return (
        say(f"比原计划晚 {days} 天", f"{days} days later")
        if days > 0
        else say(f"比原计划早 {-days} 天", f"{-days} days sooner")
    )
