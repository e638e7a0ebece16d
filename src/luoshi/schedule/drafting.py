"""From a plan to a network: each item's procedure laid out as steps, with what is known of their progress."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from luoshi.days import Period, Workdays
from luoshi.plan import Item, Plan
from luoshi.schedule.fitting import Fitting, fitting
from luoshi.schedule.network import NATURAL, WORKING, Keep, Network, Task, Wait
from luoshi.schedule.procedures import Step
from luoshi.schedule.result import LeftOut, State
from luoshi.schedule.wording import words


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known of a step: when it was started, when finished; another length; not before a date."""

    started: date | None = None
    finished: date | None = None
    days: int | None = None
    earliest: date | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a district knows beside the plan.

    ``confirmed``: item → procedure; ``progress``: step → what is known; ``capacity``: unit → how many steps at once;
    ``calendars``: unit → its own working days, for the steps counted so.
    """

    confirmed: Mapping[str, str] = field(default_factory=dict)
    progress: Mapping[str, Progress] = field(default_factory=dict)
    capacity: Mapping[str, int] = field(default_factory=dict)
    calendars: Mapping[str, Workdays] = field(default_factory=dict)
    workdays: Workdays = field(default_factory=Workdays.china)


@dataclass(slots=True)
class Drafted:
    """An item laid out: its fitting, deadline and the keys of its steps; the last is the goal."""

    item: Item
    fitting: Fitting
    deadline: date
    lead: str
    regular: bool = False  # a step for each month or quarter
    keys: list[str] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)

    @property
    def goal(self) -> str:
        """The step that must be done by the deadline."""
        return self.keys[-1]


@dataclass(slots=True)
class Draft:
    """The network of a plan as it grows, and what each step is."""

    today: date
    setting: Setting
    place: str
    tasks: list[Task] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)
    keeps: list[Keep] = field(default_factory=list)
    papers: list[Keep] = field(default_factory=list)  # of steps that are done
    items: list[Drafted] = field(default_factory=list)
    left: list[LeftOut] = field(default_factory=list)
    steps: dict[str, Step] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    own: dict[str, int] = field(default_factory=dict)

    def network(self) -> Network:
        """What was laid out so far."""
        calendars = (Workdays.every_day(), self.setting.workdays, *(self.setting.calendars[unit] for unit in self.own))
        return Network(tuple(self.tasks), tuple(self.waits), tuple(self.keeps), calendars)

    def calendar(self, step: Step, unit: str) -> int:
        """The calendar that the days of ``step`` are counted in."""
        if step.count == "natural":
            return NATURAL
        if step.count == "working" or unit not in self.setting.calendars:
            return WORKING
        return self.own.setdefault(unit, len(self.own) + 2)


def drafted(plan: Plan, today: date, setting: Setting) -> Draft:
    """``plan`` as a network. Items without a deadline or a procedure are left out, with the reason."""
    draft = Draft(today, setting, plan.document.place or "")
    for item in plan.items:
        if reason := _left_out(item):
            draft.left.append(LeftOut(item.id, item.title, words("left", reason)))
            continue
        fit = fitting(item, setting.confirmed)
        if fit is None:
            draft.left.append(LeftOut(item.id, item.title, words("left", "path")))
        else:
            _lay_out(draft, item, fit)
    return draft


def _left_out(item: Item) -> str:
    if item.kind == "slogan":
        return "slogan"
    return "undated" if item.deadline.date is None else ""


def _lay_out(draft: Draft, item: Item, fit: Fitting) -> None:
    assert item.deadline.date is not None
    lead = item.lead.unit if item.lead else words("unit", "none")
    laid = Drafted(item, fit, item.deadline.date, lead, assumed=list(_assumed(item, fit, lead)))
    if any(step.repeat for step in fit.steps):
        laid.regular = True
        _repeat(draft, laid)
    else:
        _row(draft, laid)
    if laid.keys:
        draft.items.append(laid)
    else:
        days = (draft.today - laid.deadline).days
        draft.left.append(LeftOut(item.id, item.title, words("left", "over", days=days)))


def _assumed(item: Item, fit: Fitting, lead: str) -> Iterator[str]:
    for why in fit.assumed:
        yield words("assumed", "begin", why=why)
    if item.deadline.basis not in ("stated", "none"):
        yield words("assumed", "term", basis=words("assumed", "deadline", item.deadline.basis))
    if item.lead is None:
        yield words("assumed", "lead", unit=lead)


def _row(draft: Draft, laid: Drafted) -> None:
    """The steps of a procedure, each after those it waits for."""
    fit, item = laid.fitting, laid.item
    here = {step.id for step in fit.steps}
    goal_last = sorted(fit.steps, key=lambda step: step.id == fit.goal)
    settled = _settled(draft, item.id, fit.steps)
    if unknown := [step.name for step in fit.steps if step.id in settled and not _known(draft, item.id, step.id)]:
        laid.assumed.append(words("assumed", "done", steps="、".join(unknown)))
    for step in goal_last:
        key = f"{item.id}/{step.id}"
        task = _task(draft, laid, step, key, goal=step.id == fit.goal)
        _add(draft, laid, step, _progressed(draft, task, key, is_settled=step.id in settled))
        state = draft.states[key]
        if state == "todo":
            draft.waits += [Wait(f"{item.id}/{a.step}", key, a.lag) for a in step.after if a.step in here]
        if step.valid and step.valid.until in here:
            keep = Keep(key, f"{item.id}/{step.valid.until}", step.valid.days)
            (draft.papers if state == "done" else draft.keeps).append(keep)


def _task(draft: Draft, laid: Drafted, step: Step, key: str, *, goal: bool) -> Task:
    unit = unit_name(step.unit, laid.lead, draft.place)
    return Task(
        key=key,
        name=step.name,
        unit=unit,
        days=step.length,
        calendar=draft.calendar(step, unit),
        due=laid.deadline if goal else None,
        window=step.window,
        weight=1 if goal else 0,
        places=step.places,
    )


def _add(draft: Draft, laid: Drafted, step: Step, task: Task) -> None:
    draft.tasks.append(task)
    draft.steps[task.key] = step
    laid.keys.append(task.key)


def unit_name(unit: str, lead: str, place: str) -> str:
    """The unit of a step: the item's lead for ``@lead``, else the bureau with the level of ``place`` (区…局)."""
    if unit == "@lead":
        return lead
    level = place[-1:] if place[-1:] in ("区", "县", "市") else ""
    return unit if unit.startswith(("市级", "省级", "国家")) else f"{level}{unit}"


def _known(draft: Draft, item: str, step: str) -> bool:
    progress = draft.setting.progress.get(f"{item}/{step}")
    return progress is not None and progress.finished is not None


def _settled(draft: Draft, item: str, steps: Iterable[Step]) -> set[str]:
    """Steps that are finished, or stand before one that is finished or under way."""
    by_id = {step.id: step for step in steps}
    found = {name for name in by_id if _known(draft, item, name)}
    begun = {name for name in by_id if (p := draft.setting.progress.get(f"{item}/{name}")) and p.started}
    waiting = [after.step for name in found | begun for after in by_id[name].after]
    while waiting:
        name = waiting.pop()
        if name in by_id and name not in found:
            found.add(name)
            waiting += [after.step for after in by_id[name].after]
    return found


def _progressed(draft: Draft, task: Task, key: str, *, is_settled: bool) -> Task:
    """The task with what is known of it: done steps take no more time, a running one what is left of it."""
    known = draft.setting.progress.get(key, Progress())
    days = task.days if known.days is None else known.days
    if is_settled:
        draft.states[key] = "done"
        day = min(known.finished or draft.today - timedelta(1), draft.today - timedelta(1))
        return replace(task, days=0, calendar=NATURAL, release=day + timedelta(1), window=None)
    if known.started and known.started <= draft.today:
        draft.states[key] = "running"
        calendar = draft.network().calendars[task.calendar]
        begun = calendar.next(known.started)
        past = calendar.between(begun - timedelta(1), draft.today - timedelta(1))
        return replace(task, days=max(days, past + 1), release=begun, window=None)
    draft.states[key] = "todo"
    return replace(task, days=days, release=max(known.earliest, draft.today) if known.earliest else None)


def _repeat(draft: Draft, laid: Drafted) -> None:
    """A step for every month or quarter from today to the deadline, each due at its end."""
    (step,) = (step for step in laid.fitting.steps if step.repeat)
    if laid.deadline < draft.today:
        return
    parts = list(Period(draft.today, laid.deadline).parts("month" if step.repeat == "month" else "quarter"))
    for part in parts:
        due = min(part.until, laid.deadline)
        key = f"{laid.item.id}/{step.id}-{part.begin:%Y-%m}"
        last = part is parts[-1]
        task = replace(_task(draft, laid, step, key, goal=last), due=due, name=_named(step, part))
        first = max(part.begin, draft.today)
        room = max(draft.setting.workdays.between(first - timedelta(1), due), 1)
        days = min(task.days, room)
        release = max(draft.setting.workdays.add(due, 1 - days), draft.today) if days > 1 else first
        _add(draft, laid, step, replace(task, release=release, days=days))
        draft.states[key] = "todo"


def _named(step: Step, part: Period) -> str:
    label = f"{part.begin.month}月" if part.precision == "month" else f"{(part.begin.month + 2) // 3}季度"
    return f"{step.name}（{label}）"
