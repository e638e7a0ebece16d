"""The door of scheduling: a plan and a day in, dates with their reasons out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from luoshi.plan import Plan
from luoshi.problems import Problem, problem
from luoshi.schedule.axis import Axis
from luoshi.schedule.chain import Dates as Moments
from luoshi.schedule.chain import binding
from luoshi.schedule.drafting import Draft, Setting, drafted
from luoshi.schedule.explaining import explained
from luoshi.schedule.levelling import Effort
from luoshi.schedule.limits import Limits, Shared, share
from luoshi.schedule.network import Network
from luoshi.schedule.passes import backward
from luoshi.schedule.result import Dates, PlannedItem, PlannedStep, Schedule
from luoshi.schedule.solve import Solved, solve
from luoshi.schedule.wording import words


@dataclass(frozen=True, slots=True)
class Trying:
    """How hard to level where capacity is limited: the search's effort, seconds for the solver and its workers."""

    effort: Effort = field(default_factory=Effort)
    seconds: float = 0.0
    workers: int = 1


def schedule(plan: Plan, today: date, setting: Setting | None = None, trying: Trying | None = None) -> Schedule:
    """Work every item of ``plan`` backwards from its deadline and forwards from ``today``.

    Items follow the procedure that fits (:mod:`luoshi.schedule.procedures`), proposed with a reason unless ``setting``
    confirms another. With ``setting.capacity`` the dates to plan by are levelled. What cannot be scheduled is listed
    with its reason, what is odd as problems; nothing is raised for what a plan says.
    """
    setting, trying = setting or Setting(), trying or Trying()
    draft = drafted(plan, today, setting)
    network = draft.network()
    found = _solved(network, draft, setting, trying)
    solved = found.solved if isinstance(found, Shared) else found
    if not solved.possible:
        return _nothing(plan, draft, tuple(_impossible(draft, solved)))
    shared = found if isinstance(found, Shared) else None
    return _schedule(plan, draft, solved, shared)


def _solved(network: Network, draft: Draft, setting: Setting, trying: Trying) -> Solved | Shared:
    if not setting.capacity or not network.tasks:
        return solve(network, draft.today)
    pinned = frozenset(key for key, state in draft.states.items() if state == "running")
    limits = Limits(setting.capacity, pinned, trying.effort, trying.seconds, trying.workers)
    return share(network, draft.today, limits)


def _nothing(plan: Plan, draft: Draft, problems: tuple[Problem, ...]) -> Schedule:
    title = plan.document.title
    return Schedule(draft.today, title, (), (), tuple(draft.left), problems, (), dict(draft.setting.capacity))


def _schedule(plan: Plan, draft: Draft, solved: Solved, shared: Shared | None) -> Schedule:
    numbers = solved.numbers
    moments = shared.dates if shared else Moments(solved.passes.start, solved.passes.end, {})
    chains = {laid.goal: binding(solved, numbers[laid.goal], moments) for laid in draft.items}
    critical = {link.step for chain in chains.values() for link in chain if link.cause == "work"}
    planned = (moments.start, moments.end) if shared else _buffered(draft, solved, numbers)
    items = tuple(explained(draft, solved, shared, laid, chains[laid.goal]) for laid in draft.items)
    steps = tuple(
        _step(draft, solved, j, _dates(solved.axis, planned[0][j], planned[1][j]), j in critical)
        for laid in draft.items
        for j in (numbers[key] for key in laid.keys)
    )
    years = _provisional(draft, steps)
    problems = tuple(_noticed(draft, shared, items, steps, years))
    title = plan.document.title
    return Schedule(draft.today, title, items, steps, tuple(draft.left), problems, years, dict(draft.setting.capacity))


def _buffered(draft: Draft, solved: Solved, numbers: dict[str, int]) -> tuple[list[int], list[int]]:
    """Starts and ends to plan by: the latest for a deadline that is a buffer earlier, never before the earliest."""
    work, axis = solved.work, solved.axis
    due = list(work.due)
    for laid in draft.items:
        day = draft.setting.workdays.add(laid.deadline, -laid.fitting.template.buffer)
        for key in laid.keys:
            due[numbers[key]] = min(due[numbers[key]], max(axis.at(day) + 1, 0))
    late_start, late_end, _ = backward(work._replace(due=due), solved.passes.order, solved.passes.start)
    later = [late_start[j] > solved.passes.start[j] for j in range(work.steps)]
    start = [late_start[j] if later[j] else solved.passes.start[j] for j in range(work.steps)]
    return start, [late_end[j] if later[j] else solved.passes.end[j] for j in range(work.steps)]


def _step(draft: Draft, solved: Solved, j: int, planned: Dates, critical: bool) -> PlannedStep:
    task, passes, axis = solved.network.tasks[j], solved.passes, solved.axis
    step = draft.steps[task.key]
    limit = step.limit
    return PlannedStep(
        key=task.key,
        item=task.key.split("/", 1)[0],
        id=step.id,
        name=task.name,
        en=step.en,
        unit=task.unit,
        count=step.count,
        days=task.days - step.paused if task.days > step.paused else task.days,
        paused=step.paused if task.days > step.paused else 0,
        paused_why=step.paused_why,
        limit=f"{limit.days}{words('count', limit.count)}，{limit.source}" if limit else "",
        source=step.source,
        state=draft.states[task.key],
        earliest=_dates(axis, passes.start[j], passes.end[j]),
        latest=_dates(axis, passes.late_start[j], passes.late_end[j]) if passes.late_start[j] >= 0 else None,
        planned=planned,
        slack=passes.slack[j],
        critical=critical,
        window=step.window.words() if step.window else "",
    )


def _dates(axis: Axis, start: int, end: int) -> Dates:
    """First and last day; what takes no time is done on the evening before the morning it stands at."""
    last = axis.day(max(end - 1, 0))
    return Dates(min(axis.day(start), last), last)


def _provisional(draft: Draft, steps: tuple[PlannedStep, ...]) -> tuple[int, ...]:
    """The years of the schedule whose holidays are not announced."""
    days = [day for step in steps for day in (step.earliest.finish, step.planned.finish, step.planned.start)]
    days += [step.latest.finish for step in steps if step.latest] + [draft.today]
    return tuple(y for y in range(min(days).year, max(days).year + 1) if draft.setting.workdays.provisional(y))


def _impossible(draft: Draft, solved: Solved) -> Iterator[Problem]:
    names = {task.key: f"{task.name}（{task.key}）" for task in solved.network.tasks}
    if solved.circle:
        yield problem("S001", steps=" → ".join(names[key] for key in (*solved.circle, solved.circle[0])))
    for key in solved.shut:
        window = draft.steps[key].window if key in draft.steps else None
        yield problem("S002", step=names[key], window=window.words() if window else "")
    for before, until in solved.expired:
        yield problem("S003", before=names[before], until=names[until])


def _noticed(
    draft: Draft,
    shared: Shared | None,
    items: tuple[PlannedItem, ...],
    steps: tuple[PlannedStep, ...],
    years: tuple[int, ...],
) -> Iterator[Problem]:
    by_key = {step.key: step for step in steps}
    if years:
        yield problem("S005", years="、".join(map(str, years)))
    for keep in draft.papers:
        before, until = by_key[keep.before], by_key[keep.until]
        expires = before.earliest.finish + timedelta(keep.days + 1)
        if draft.setting.progress.get(keep.before) and until.state != "done" and until.planned.start > expires:
            yield problem("S004", before=before.name, item=before.item, expires=expires, until=until.name)
    for before_key, until_key in shared.broken if shared else ():
        yield problem(
            "S007", before=by_key[before_key].name, item=by_key[before_key].item, until=by_key[until_key].name
        )
    for item in items:
        missed = [link for link in item.chain if link.cause == "window"]
        if missed and item.late > 0:
            step = by_key[missed[-1].step]
            days, opens = missed[-1].days, missed[-1].end
            yield problem("S006", item=item.id, step=step.name, window=step.window, days=days, opens=opens)
    if unknown := sorted(set(draft.setting.progress) - set(by_key)):
        yield problem("S011", steps="、".join(unknown))
    named = {step.unit for step in steps}
    for unit in draft.setting.capacity:
        if unit not in named:
            yield problem("S008", unit=unit)
