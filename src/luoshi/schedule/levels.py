"""The two-way pass for very many steps: numpy, one level of the graph at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from luoshi.schedule.passes import NOBODY, TwoWay
from luoshi.schedule.work import Work

Array = Any


def two_way_by_levels(work: Work) -> TwoWay:
    """Both passes over ``work``, equal in every number to the plain ones."""
    whole = Work(*(np.asarray(part, np.int64) if not isinstance(part, int) else part for part in work))
    levels = list(_levels(whole))
    order: Array = np.concatenate(levels) if levels else np.zeros(0, np.int64)
    ready, start, end = _forward(whole, levels)
    late_start, late_end = _backward(whole, levels)
    return TwoWay(
        order, ready, start, end, late_start, late_end, _slack(whole, start, late_start), _drivers(whole, ready, end)
    )


def _rows(at: Array, which: Array) -> tuple[Array, Array]:
    """The arcs of the rows ``which``, and how many each has."""
    counts = at[which + 1] - at[which]
    first = np.cumsum(counts) - counts
    return np.arange(counts.sum()) + np.repeat(at[which] - first, counts), counts


def _levels(work: Work) -> Iterator[Array]:
    waiting = np.diff(work.pred_at)
    nth: Array = np.empty(work.steps, np.int64)
    level = np.flatnonzero(waiting == 0)
    while level.size:
        yield level
        arcs, _ = _rows(work.succ_at, level)
        heads = work.succ[arcs]
        np.subtract.at(waiting, heads, 1)
        free = heads[waiting[heads] == 0]
        nth[free] = np.arange(free.size)
        level = free[nth[free] == np.arange(free.size)]


def _forward(work: Work, levels: list[Array]) -> tuple[Array, Array, Array]:
    ready = np.array(work.release, np.int64)
    start: Array = np.zeros(work.steps, np.int64)
    end: Array = np.zeros(work.steps, np.int64)
    for level in levels:
        s = _first_days(work, level, ready[level])
        e = _ends(work, level, s)
        start[level], end[level] = s, e
        arcs, counts = _rows(work.succ_at, level)
        np.maximum.at(ready, work.succ[arcs], np.repeat(e, counts) + work.succ_lag[arcs])
    return ready, start, end


def _backward(work: Work, levels: list[Array]) -> tuple[Array, Array]:
    late_start: Array = np.full(work.steps, work.horizon, np.int64)
    late_end: Array = np.array(work.due, np.int64)
    for level in reversed(levels):
        arcs, counts = _rows(work.succ_at, level)
        some = counts > 0
        if some.any():
            bounds = late_start[work.succ[arcs]] - work.succ_lag[arcs]
            first = (np.cumsum(counts) - counts)[some]
            late_end[level[some]] = np.minimum(late_end[level[some]], np.minimum.reduceat(bounds, first))
        late_start[level], late_end[level] = _starts(work, level, np.maximum(late_end[level], 0))
    return late_start, late_end


def _first_days(work: Work, level: Array, t: Array) -> Array:
    if work.plain:
        return t
    row, t = work.horizon + 1, np.minimum(t, work.horizon)
    base, gate, some = work.calendar[level] * row, work.gate[level] * row, work.days[level] > 0
    while True:
        s = np.where(some, work.opened[base + work.count[base + t]], t)
        s = work.opens[gate + s]
        if (s == t).all():
            return s
        t = s


def _ends(work: Work, level: Array, s: Array) -> Array:
    days = work.days[level]
    if work.plain:
        return s + days
    base = work.calendar[level] * (work.horizon + 1)
    last = np.minimum(work.count[base + s] + days - 1, work.horizon)
    return np.where(days == 0, s, np.minimum(work.opened[base + np.maximum(last, 0)] + 1, work.horizon))


def _starts(work: Work, level: Array, e: Array) -> tuple[Array, Array]:
    days = work.days[level]
    if work.plain:
        return e - days, e
    row = work.horizon + 1
    base, gate = work.calendar[level] * row, work.gate[level] * row
    first = work.count[base + e] - days
    s = np.where(days > 0, np.where(first >= 0, work.opened[base + np.maximum(first, 0)], -1), e)
    while True:
        shut = np.where(s >= 0, work.closes[gate + np.maximum(s, 0)], -1)
        at = work.count[base + np.maximum(shut, 0)]
        back = np.where(at > 0, work.opened[base + np.maximum(at - 1, 0)], -1)
        closed = (shut >= 0) & (days > 0) & (work.opened[base + at] != shut)
        found = np.where(closed, back, shut)
        if (found == s).all():
            break
        s = found
    ends = _ends(work, level, np.maximum(s, 0))
    return s, np.where(s >= 0, ends, e)


def _slack(work: Work, start: Array, late_start: Array) -> Array:
    if work.plain:
        return late_start - start
    base = work.calendar * (work.horizon + 1)
    return work.count[base + np.maximum(late_start, 0)] - work.count[base + start]


def _drivers(work: Work, ready: Array, end: Array) -> Array:
    """For each step the first, in number, of those it waited for longest, and longer than for its release."""
    driver: Array = np.full(work.steps, work.steps, np.int64)
    heads: Array = np.repeat(np.arange(work.steps), np.diff(work.pred_at))
    bounds = end[work.pred] + work.pred_lag
    tight = (bounds == ready[heads]) & (bounds > work.release[heads])
    np.minimum.at(driver, heads[tight], work.pred[tight])
    driver[driver == work.steps] = NOBODY
    return driver
