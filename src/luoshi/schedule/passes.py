"""The two-way pass: earliest dates from today, latest dates from the deadlines, slack, and what held each step back.

Kelley and Walker (1959), with calendars: ES_j = the first open day at or after every predecessor's end plus lag;
LF_i = the least of the successors' latest starts minus lag and of the step's own deadline. Slack is LS - ES counted in
the step's own days. Plain Python on lists; from ``MANY`` steps on numpy does the same level by level, where it is
installed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from luoshi.schedule.moments import end_of, first_day, start_of
from luoshi.schedule.work import Work

MANY = 20_000
NOBODY = -1


@dataclass(frozen=True, slots=True)
class TwoWay:
    """Days on the axis by step; ``slack`` in the step's own days; ``driver`` is the step it waited for
    (of several the first in number), or -1.

    ``order`` holds the steps so that each stands after those it waits for. Steps in or behind a circle are missing from
    it, and their dates mean nothing. ``ready`` is when all a step waits for is done: from there to ``start`` it waits
    for an open day.
    """

    order: Sequence[int]
    ready: Sequence[int]
    start: Sequence[int]
    end: Sequence[int]
    late_start: Sequence[int]
    late_end: Sequence[int]
    slack: Sequence[int]
    driver: Sequence[int]


def two_way(work: Work) -> TwoWay:
    """Both passes over ``work``."""
    if work.steps >= MANY and find_spec("numpy"):
        from luoshi.schedule.levels import two_way_by_levels  # noqa: PLC0415 — needs an extra

        fast = two_way_by_levels(work)
        return TwoWay(*(getattr(fast, field).tolist() for field in TwoWay.__slots__))
    order, ready, start, end, driver = forward(work)
    late_start, late_end, slack = backward(work, order, start)
    return TwoWay(order, ready, start, end, late_start, late_end, slack, driver)


def forward(work: Work) -> tuple[list[int], list[int], list[int], list[int], list[int]]:
    """The order, and by step: ready, start, end, driver. A step whose window never opens ends at the horizon."""
    n, horizon, row = work.steps, work.horizon, work.horizon + 1
    days, calendar, gate, count, opened = work.days, work.calendar, work.gate, work.count, work.opened
    succ_at, succ, succ_lag = work.succ_at, work.succ, work.succ_lag
    pred_at = work.pred_at
    ready, driver = list(work.release), [NOBODY] * n
    start, end = [0] * n, [0] * n
    waiting = [pred_at[j + 1] - pred_at[j] for j in range(n)]
    order = [j for j in range(n) if not waiting[j]]
    for j in order:
        t, d = ready[j], days[j]
        if work.plain:
            s, e = t, t + d
        elif gate[j] or not d or t >= horizon:
            s = min(first_day(work, j, t), horizon)
            e = min(end_of(work, j, s), horizon)
        else:
            base = calendar[j] * row
            at = count[base + t]
            s = opened[base + at]
            at += d - 1
            e = opened[base + at] + 1 if at < row else horizon
        start[j], end[j] = s, e
        for k in range(succ_at[j], succ_at[j + 1]):
            i, bound = succ[k], e + succ_lag[k]
            if bound > ready[i]:
                ready[i] = bound
                driver[i] = j
            elif bound == ready[i] and j < driver[i]:
                driver[i] = j
            waiting[i] -= 1
            if not waiting[i]:
                order.append(i)
    return order, ready, start, end, driver


def backward(work: Work, order: Sequence[int], start: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
    """By step: latest start, latest end, slack. A latest start of -1: no day on the axis is early enough."""
    n, horizon, row = work.steps, work.horizon, work.horizon + 1
    days, calendar, gate, count, opened = work.days, work.calendar, work.gate, work.count, work.opened
    succ_at, succ, succ_lag = work.succ_at, work.succ, work.succ_lag
    late_start, late_end, slack = [horizon] * n, list(work.due), [0] * n
    for j in reversed(order):
        e, d = late_end[j], days[j]
        for k in range(succ_at[j], succ_at[j + 1]):
            bound = late_start[succ[k]] - succ_lag[k]
            e = min(bound, e)
        e = max(e, 0)
        base = calendar[j] * row
        if work.plain:
            s = e - d
        elif gate[j] or not d:
            s = start_of(work, j, e)
            e = end_of(work, j, s) if s >= 0 else e
        else:
            at = count[base + e] - d
            s = opened[base + at] if at >= 0 else -1
            e = opened[base + at + d - 1] + 1 if at >= 0 else e
        late_start[j], late_end[j] = s, e
        slack[j] = s - start[j] if work.plain else count[base + max(s, 0)] - count[base + start[j]]
    return late_start, late_end, slack


def circle(work: Work, order: Sequence[int]) -> list[int]:
    """The steps of one circle, each waiting for the one before it, the first for the last; or none."""
    left = set(range(work.steps)).difference(order)
    if not left:
        return []
    walk: list[int] = [next(iter(left))]
    place = {walk[0]: 0}
    while True:
        j = walk[-1]
        before = next(p for p in work.pred[work.pred_at[j] : work.pred_at[j + 1]] if p in left)
        before = int(before)
        if before in place:
            return walk[place[before] :][::-1]
        place[before] = len(walk)
        walk.append(before)


def chain_to(goal: int, driver: Any) -> list[int]:
    """The steps that decide when ``goal`` ends, first to last."""
    chain = [goal]
    while driver[chain[-1]] != NOBODY:
        chain.append(int(driver[chain[-1]]))
    return chain[::-1]
