"""A network where units can do only so much at once: levelled dates, and who waits for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from luoshi.schedule.chain import Dates
from luoshi.schedule.levelling import Effort, Levelled, optimise
from luoshi.schedule.network import Network, compiled
from luoshi.schedule.solve import Held, Solved, passed, start_to_reach
from luoshi.schedule.work import Work

_TRIES = 6


@dataclass(frozen=True, slots=True)
class Limits:
    """``capacity``: unit → places (a unit that is not named has no limit); ``pinned``: steps under way.

    ``effort``, ``seconds`` and ``workers`` say how hard to try, see :func:`luoshi.schedule.levelling.optimise`.
    """

    capacity: Mapping[str, int]
    pinned: frozenset[str] = frozenset()
    effort: Effort = field(default_factory=Effort)
    seconds: float = 0.0
    workers: int = 1


@dataclass(frozen=True, slots=True)
class Shared:
    """A levelled network. ``solved``: the passes without limits, same axis; ``broken``: the validities lost."""

    solved: Solved
    dates: Dates
    levelled: Levelled
    broken: tuple[tuple[str, str], ...] = ()


def share(network: Network, today: date, limits: Limits) -> Shared | Solved:
    """Level ``network``. Where it has no dates even without limits, what :func:`luoshi.schedule.solve.solve` says."""
    more = _queue(network, limits.capacity)
    for _ in range(_TRIES):
        axis, work = compiled(network, today, more=more)
        solved = passed(network, axis, work)
        if not solved.possible:
            return solved
        limited = _limited(network, solved, limits)
        found = _keep_valid(network, limited, solved, limits)
        if found is not None:
            levelled, held, broken = found
            dates = Dates(levelled.start, levelled.end, _queues(network, limits.capacity, levelled.end))
            return Shared(replace(solved, work=limited, held=held), dates, levelled, broken)
        more = 2 * more + 1000
    raise ValueError(f"no axis is long enough for this network ({more} days more)")


def _queue(network: Network, capacity: Mapping[str, int]) -> int:
    """Natural days in which the busiest unit can have done all its steps, one after the other in its places."""
    load: dict[str, int] = defaultdict(int)
    for task in network.tasks:
        if task.unit in capacity:
            load[task.unit] += (task.days * 2 + 4) * task.places
    return max((days // max(capacity[unit], 1) for unit, days in load.items()), default=0) + 400


def _queues(
    network: Network, capacity: Mapping[str, int], end: Sequence[int]
) -> dict[int, tuple[list[int], list[int]]]:
    """By step: when the steps of its unit end, in order, and which those are."""
    members: dict[str, list[int]] = defaultdict(list)
    for j in sorted(range(len(network.tasks)), key=lambda j: (end[j], j)):
        if network.tasks[j].unit in capacity and network.tasks[j].places:
            members[network.tasks[j].unit].append(j)
    queues = {unit: ([end[j] for j in row], row) for unit, row in members.items()}
    return {j: queues[unit] for unit, row in members.items() for j in row}


def _limited(network: Network, solved: Solved, limits: Limits) -> Work:
    """The arrays with what each step needs, and what the steps under way already take."""
    units = {unit: r for r, unit in enumerate(limits.capacity)}
    work, horizon = solved.work, solved.axis.horizon
    most: dict[str, int] = defaultdict(int)
    for task in network.tasks:
        most[task.unit] = max(most[task.unit], task.places)
    capacity = [max(places, most[unit]) for unit, places in limits.capacity.items()]
    busy = [0] * (horizon * len(capacity))
    need_at, need, amount = [0], list[int](), list[int]()
    for j, task in enumerate(network.tasks):
        if task.unit in units and task.days and task.places:
            r = units[task.unit]
            if task.key in limits.pinned:
                for day in range(r * horizon + solved.passes.start[j], r * horizon + solved.passes.end[j]):
                    busy[day] = min(busy[day] + task.places, capacity[r])
            else:
                need.append(r)
                amount.append(task.places)
        need_at.append(len(need))
    return work._replace(need_at=need_at, need=need, amount=amount, capacity=capacity, busy=busy)


def _keep_valid(
    network: Network, work: Work, solved: Solved, limits: Limits
) -> tuple[Levelled, dict[int, Held], tuple[tuple[str, str], ...]] | None:
    """Level, and let steps whose paper would expire start later, until none does or it is tried often enough."""
    numbers = solved.numbers
    held = {j: replace(one, tight=False) for j, one in solved.held.items()}
    for tries in range(_TRIES):
        levelled = optimise(work, limits.effort, seconds=limits.seconds, workers=limits.workers)
        if levelled is None:
            return None
        broken: list[tuple[str, str]] = []
        for keep in network.keeps:
            i, j = numbers[keep.before], numbers[keep.until]
            if levelled.start[j] > levelled.end[i] + keep.days:
                broken.append((keep.before, keep.until))
                held[i] = Held(j, keep.days, tight=False)
                work.release[i] = max(work.release[i], start_to_reach(work, i, levelled.start[j] - keep.days))
        if not broken or tries == _TRIES - 1:
            return levelled, held, tuple(broken)
    return None
