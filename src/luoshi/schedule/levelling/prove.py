"""Proof and polish by OR-Tools CP-SAT (extra ``optimise``), given the heuristic's schedule as hint and bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from luoshi.schedule.moments import end_of
from luoshi.schedule.passes import TwoWay
from luoshi.schedule.work import Work

HERE = find_spec("ortools") is not None


@dataclass(frozen=True, slots=True)
class Proof:
    """What the solver found: starts that cost less than the hint (empty if none), and the least any schedule costs."""

    start: tuple[int, ...]
    bound: int


@dataclass(frozen=True, slots=True)
class _Range:
    """The days between which a step must start: its earliest start, and the latest that still beats the hint."""

    first: int
    last: int


def prove(
    work: Work, passes: TwoWay, starts: Sequence[int], cost: int, bound: int, *, seconds: float, workers: int
) -> Proof:
    """Look for a schedule that costs less than ``cost``, for at most ``seconds``.

    ``starts`` is the schedule found so far, ``bound`` a cost that no schedule is below. With ``bound`` equal to
    ``cost`` in the answer, ``starts`` is proven best.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 — an extra

    model = cp_model.CpModel()
    begin, end, size = _variables(model, work, passes, starts, cost)
    for j in range(work.steps):
        for k in range(work.succ_at[j], work.succ_at[j + 1]):
            model.add(begin[work.succ[k]] >= end[j] + work.succ_lag[k])
    _share(model, work, begin, size, end)
    goal = _cost(model, work, end, cost)
    model.add(goal <= cost - 1)
    model.add(goal >= bound)
    model.minimize(goal)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(seconds, 0.01)
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = 1
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return Proof((), cost)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        found = tuple(int(solver.value(var)) for var in begin)
        return Proof(found, max(bound, round(solver.best_objective_bound)))
    return Proof((), max(bound, min(cost, round(solver.best_objective_bound))))


def _variables(
    model: Any, work: Work, passes: TwoWay, starts: Sequence[int], cost: int
) -> tuple[list[Any], list[Any], list[Any]]:
    """Start, end and length of each step; with calendars the end is looked up by the start."""
    begin, end, size = list[Any](), list[Any](), list[Any]()
    latest = _latest(work, cost)
    for j in range(work.steps):
        first, last = passes.start[j], max(min(latest[j], work.horizon - 1), passes.start[j])
        if work.plain:
            start = model.new_int_var(first, last, "")
            dated = start, start + work.days[j], work.days[j]
        else:
            dated = _dated(model, work, j, _Range(first, last))
        for found, one in zip((begin, end, size), dated, strict=True):
            found.append(one)
        model.add_hint(begin[j], starts[j])
    return begin, end, size


def _dated(model: Any, work: Work, j: int, days: _Range) -> tuple[Any, Any, Any]:
    """Start, end and length among the days on which step ``j`` may start."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 — an extra

    row = work.horizon + 1
    base, gate = work.calendar[j] * row, work.gate[j] * row
    allowed = [
        t
        for t in range(days.first, days.last + 1)
        if work.opens[gate + t] == t and (not work.days[j] or work.count[base + t + 1] > work.count[base + t])
    ] or [days.first]
    begin = model.new_int_var_from_domain(cp_model.Domain.from_values(allowed), "")
    ends = [end_of(work, j, t) for t in allowed]
    lengths = {e - t for t, e in zip(allowed, ends, strict=True)}
    if len(lengths) == 1:
        (length,) = lengths
        return begin, begin + length, length
    nth = model.new_int_var(0, len(allowed) - 1, "")
    end = model.new_int_var(ends[0], ends[-1], "")
    model.add_element(nth, allowed, begin)
    model.add_element(nth, ends, end)
    size = model.new_int_var(min(lengths), max(lengths), "")
    model.add(begin + size == end)
    return begin, end, size


def _latest(work: Work, cost: int) -> list[int]:
    """The latest start of each step in any schedule that costs less than ``cost``: no goal may be so late alone."""
    end = [work.horizon - 1] * work.steps
    start = [work.horizon - 1] * work.steps
    for j in _last_to_first(work):
        if work.weight[j]:
            end[j] = min(end[j], work.due[j] + (cost - 1) // work.weight[j])
        for k in range(work.succ_at[j], work.succ_at[j + 1]):
            end[j] = min(end[j], start[work.succ[k]] - work.succ_lag[k])
        start[j] = end[j] - work.days[j]
    return start


def _last_to_first(work: Work) -> list[int]:
    waiting = [work.succ_at[j + 1] - work.succ_at[j] for j in range(work.steps)]
    order = [j for j in range(work.steps) if not waiting[j]]
    for j in order:
        for k in range(work.pred_at[j], work.pred_at[j + 1]):
            waiting[work.pred[k]] -= 1
            if not waiting[work.pred[k]]:
                order.append(work.pred[k])
    return order


def _share(model: Any, work: Work, begin: Sequence[Any], size: Sequence[Any], end: Sequence[Any]) -> None:
    """Each unit does no more at once than it has places for."""
    users: list[list[tuple[int, int]]] = [[] for _ in work.capacity]
    for j in range(work.steps):
        for k in range(work.need_at[j], work.need_at[j + 1]):
            if work.days[j]:
                users[work.need[k]].append((j, work.amount[k]))
    users_of = sorted({j for row in users for j, _ in row})
    intervals = {j: model.new_interval_var(begin[j], size[j], end[j], "") for j in users_of}
    for r, (row, places) in enumerate(zip(users, work.capacity, strict=True)):
        taken = _taken(model, work, r)
        if row and sum(amount for _, amount in row) + sum(amount for _, amount in taken) > places:
            row_intervals = [intervals[j] for j, _ in row] + [interval for interval, _ in taken]
            model.add_cumulative(row_intervals, [amount for _, amount in (*row, *taken)], places)


def _taken(model: Any, work: Work, r: int) -> list[tuple[Any, int]]:
    """What unit ``r`` is taken with for good: stretches of days, and how many places."""
    base = r * work.horizon
    found = []
    begin = 0
    for day in range(1, work.horizon + 1):
        if day == work.horizon or work.busy[base + day] != work.busy[base + begin]:
            if work.busy[base + begin]:
                found.append((model.new_fixed_size_interval_var(begin, day - begin, ""), work.busy[base + begin]))
            begin = day
    return found


def _cost(model: Any, work: Work, end: Sequence[Any], cost: int) -> Any:
    """The cost as an expression: weights times days late."""
    terms = []
    for j in range(work.steps):
        if work.weight[j]:
            late = model.new_int_var(0, max(cost, 1), "")
            model.add(late >= end[j] - work.due[j])
            terms.append(work.weight[j] * late)
    return sum(terms)
