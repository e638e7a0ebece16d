"""The search for an order of steps that makes the goals least late: list heuristic first, then the genetic search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Any, Protocol, TypeVar

from luoshi.schedule.levelling.compiled import whole, zeros
from luoshi.schedule.levelling.genetic import Island, arrive, evolve, invite, island, settle
from luoshi.schedule.levelling.kernel import forwards
from luoshi.schedule.passes import TwoWay
from luoshi.schedule.work import Work

A = TypeVar("A")
B = TypeVar("B")
_ROUND, _VISITS, _SWAPS = 100, 50, 20


class Together(Protocol):
    """Runs a function on several things, maybe at once: ``map``, or the ``map`` of a pool of threads."""

    def __call__(self, function: Callable[[A], B], things: Iterable[A], /) -> Iterable[B]: ...


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to search. ``children``: schedules bred on each of ``islands`` (0: only the list heuristic).

    ``left()`` says how many seconds are left; without it ``children`` alone counts, and the same effort always finds
    the same schedule. ``size``: orders kept on an
    island; every second island keeps a third of that and starts anew more often.
    """

    children: int = 0
    size: int = 300
    islands: int = 1
    seed: int = 1
    left: Callable[[], float] = lambda: float("inf")
    together: Together = map


class Hunt:
    """A search that can be stopped, told of a schedule found elsewhere, and gone on with."""

    def __init__(self, work: Work, passes: TwoWay, effort: Effort) -> None:
        self._work, self._passes, self._effort = work, passes, effort
        self._kernel = packed(work)
        self._bred = 0
        size = max(effort.size, 9) if effort.children else 9
        seeds = range(effort.seed * 100, effort.seed * 100 + max(effort.islands, 1))
        self._isles = [island(self._kernel, size // (1, 3)[n % 2], seed) for n, seed in enumerate(seeds)]
        for order in orders(work, passes):
            self.hear(order)

    @property
    def cost(self) -> int:
        """The least cost found; a very large number where no schedule fits the axis."""
        return min(int(isle.state[1]) for isle in self._isles)

    @property
    def start(self) -> list[int]:
        """The starts of the schedule that costs least."""
        best = min(self._isles, key=lambda isle: int(isle.state[1]))
        return [int(s) for s in best.best]

    def dates(self) -> tuple[list[int], list[int]]:
        """Starts and ends when every step goes as early as it can, in the order of the best starts: none is later."""
        order = whole(by_start(self._work, self.start))
        start, end = zeros(self._work.steps), zeros(self._work.steps)
        forwards(self._kernel, order, 0, start, end, whole(self._kernel.busy))
        return [int(s) for s in start], [int(e) for e in end]

    def hear(self, order: Sequence[int]) -> None:
        """Judge a schedule given as an order of steps, and keep it on every island if it is good enough."""
        for isle in self._isles:
            _put(isle, order)
            if isle.state[4] < isle.size:
                arrive(self._kernel, isle)
            else:
                invite(self._kernel, isle)

    def run(self, until: float, goal: int) -> None:
        """Search until a schedule costs no more than ``goal``, ``until`` seconds are left, or the effort is spent."""
        effort, rank = self._effort, whole(self._passes.late_end)
        while self._bred < effort.children and effort.left() > until and self.cost > goal:
            self._bred += _ROUND
            list(effort.together(lambda isle: self._round(isle, rank, goal), self._isles))
            if len(self._isles) > 1 and self._bred // _ROUND % _VISITS == 0:
                self._visit()

    def _round(self, isle: Island, rank: Any, goal: int) -> None:
        """Fill the island where it has room or has gone stale, else breed."""
        settle(self._kernel, isle, rank, _ROUND)
        evolve(self._kernel, isle, _ROUND, goal, _SWAPS)

    def _visit(self) -> None:
        """Each island hears of the best order of the one before it."""
        best = [_order_of(isle) for isle in self._isles]
        for isle, order in zip(self._isles, best[-1:] + best[:-1], strict=True):
            _put(isle, order)
            invite(self._kernel, isle)


def packed(work: Work) -> Work:
    """``work`` as the kernel wants it."""
    return Work(*(part if isinstance(part, int) else whole(part) for part in work))


def orders(work: Work, passes: TwoWay) -> list[list[int]]:
    """The orders of the list heuristic: by latest start, latest end and slack, each step after those it waits for."""
    place = {j: nth for nth, j in enumerate(passes.order)}
    keys: tuple[Sequence[int], ...] = (passes.late_start, passes.late_end, passes.slack)
    return [in_turn(work, sorted(range(work.steps), key=lambda j: (key[j], place[j]))) for key in keys]


def by_start(work: Work, starts: Sequence[int]) -> list[int]:
    """The steps in the order of ``starts``, each after those it waits for."""
    return in_turn(work, sorted(range(work.steps), key=lambda j: (starts[j], j)))


def in_turn(work: Work, rank: Sequence[int]) -> list[int]:
    """``rank`` with every step put after those it waits for, and otherwise kept."""
    at = [0] * work.steps
    for nth, j in enumerate(rank):
        at[j] = nth
    waiting = [work.pred_at[j + 1] - work.pred_at[j] for j in range(work.steps)]
    ready = [at[j] for j in range(work.steps) if not waiting[j]]
    heapify(ready)
    found = []
    while ready:
        j = rank[heappop(ready)]
        found.append(j)
        for k in range(work.succ_at[j], work.succ_at[j + 1]):
            waiting[work.succ[k]] -= 1
            if not waiting[work.succ[k]]:
                heappush(ready, at[work.succ[k]])
    return found


def _order_of(isle: Island) -> list[int]:
    """The order of the schedule that costs least."""
    steps = len(isle.best)
    k = min(range(int(isle.state[4])), key=lambda k: int(isle.cost[k]))
    return [int(j) for j in isle.order[k * steps : (k + 1) * steps]]


def _put(isle: Island, order: Iterable[int]) -> None:
    for nth, j in enumerate(order):
        isle.child[nth] = j
