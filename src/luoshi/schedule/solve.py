"""Dates for a network without limits of capacity: both passes, repeated until every validity is kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from luoshi.schedule.axis import Axis
from luoshi.schedule.moments import end_of, first_day, start_of
from luoshi.schedule.network import Network, compiled
from luoshi.schedule.passes import TwoWay, backward, circle, two_way
from luoshi.schedule.work import Work

_FURTHEST = 40_000  # days beyond which no schedule is looked for


@dataclass(frozen=True, slots=True)
class Held:
    """A step was held back so that what it yields is still valid when ``until`` starts.

    ``tight``: by no more than that takes. Levelling only sees to it that the paper is valid.
    """

    until: int
    days: int
    tight: bool = True


@dataclass(frozen=True, slots=True)
class Solved:
    """The passes of ``network`` on ``axis``; ``numbers`` are the steps by key.

    ``held`` says which steps a validity held back, and for whom.

    ``circle`` names steps that wait for one another; ``shut`` steps whose window never opens; ``expired`` pairs
    (before, until) that no dates can keep valid. Where any of the three is not empty, the dates mean nothing.
    """

    network: Network
    axis: Axis
    work: Work
    passes: TwoWay
    numbers: dict[str, int]
    held: dict[int, Held] = field(default_factory=dict)
    circle: tuple[str, ...] = ()
    shut: tuple[str, ...] = ()
    expired: tuple[tuple[str, str], ...] = ()

    @property
    def possible(self) -> bool:
        """Whether there are dates at all."""
        return not (self.circle or self.shut or self.expired)

    @property
    def runs_over(self) -> bool:
        """Whether steps that validities pushed back reach the end of the axis, where their dates mean nothing."""
        return max(self.passes.end, default=0) >= self.axis.horizon > 0


def solve(network: Network, today: date) -> Solved:
    """Earliest dates from ``today`` and latest dates from every deadline."""
    more = 0
    while True:
        solved = passed(network, *compiled(network, today, more=more))
        if not solved.possible or not solved.runs_over or more > _FURTHEST:
            return solved
        more = 2 * more + 1000


def passed(network: Network, axis: Axis, work: Work) -> Solved:
    """As :func:`solve`, for a network whose arrays are made."""
    passes, numbers = two_way(work), network.numbers()
    if around := circle(work, passes.order):
        return Solved(network, axis, work, passes, numbers, circle=tuple(network.tasks[j].key for j in around))
    shut = tuple(task.key for j, task in enumerate(network.tasks) if _is_shut(work, passes, j))
    if shut or not network.keeps:
        return Solved(network, axis, work, passes, numbers, shut=shut)
    return _kept(Solved(network, axis, work, passes, numbers))


def _is_shut(work: Work, passes: TwoWay, j: int) -> bool:
    """Whether ``j`` never starts, though all it waits for does."""
    return passes.start[j] >= work.horizon > passes.ready[j]


def _kept(solved: Solved) -> Solved:
    """Raise releases and lower deadlines until every validity holds (Bellman-Ford on the backward arcs)."""
    network, work, passes, numbers = solved.network, solved.work, solved.passes, solved.numbers
    keeps = [(numbers[keep.before], numbers[keep.until], keep.days) for keep in network.keeps]
    held: dict[int, Held] = {}
    broken: set[tuple[int, int]] = set()
    for _ in range(len(keeps) + 2):
        broken = _raise(work, passes, keeps, held)
        if not broken:
            break
        passes = two_way(work)
    for _ in range(len(keeps) + 2):
        if not _lower(work, passes, keeps):
            break
        late_start, late_end, slack = backward(work, passes.order, passes.start)
        passes = TwoWay(
            passes.order, passes.ready, passes.start, passes.end, late_start, late_end, slack, passes.driver
        )
    expired = tuple((network.tasks[i].key, network.tasks[j].key) for i, j in sorted(broken))
    return replace(solved, passes=passes, held=held, expired=expired)


def _raise(work: Work, passes: TwoWay, keeps: Any, held: dict[int, Held]) -> set[tuple[int, int]]:
    """Let each step whose paper would expire start later; which pairs that were."""
    broken = set()
    for i, j, days in keeps:
        wanted = passes.start[j] - days
        if passes.end[i] < wanted:
            later = start_to_reach(work, i, min(wanted, work.horizon))
            if later > work.release[i]:
                work.release[i] = later
                held[i] = Held(j, days)
            broken.add((i, j))
    return broken


def start_to_reach(work: Work, j: int, e: int) -> int:
    """The first day on which ``j`` may start so as to end no earlier than ``e``."""
    s = start_of(work, j, e)
    if s >= 0 and end_of(work, j, s) >= e:
        return s
    return first_day(work, j, s + 1)


def _lower(work: Work, passes: TwoWay, keeps: Any) -> bool:
    """Let each step start, at the latest, while the paper it needs is valid; whether anything changed."""
    changed = False
    for i, j, days in keeps:
        latest = passes.late_end[i] + days
        if passes.late_start[j] > latest >= 0:
            work.due[j] = min(work.due[j], end_of(work, j, _last_open(work, j, latest)))
            changed = True
    return changed


def _last_open(work: Work, j: int, t: int) -> int:
    """The last day up to ``t`` on which ``j`` may start."""
    s = min(t, work.horizon - 1)
    while s > 0 and first_day(work, j, s) != s:
        s -= 1
    return s
