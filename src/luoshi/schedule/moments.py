"""Days on the axis: when a step may start, when it ends, when it must start. Plain arithmetic on prefix counts.

With W_c(t) the open days of calendar c before day t, d open days from t end at W_c⁻¹(W_c(t) + d): ``count`` is W_c and
``opened`` its inverse. The levelling kernel compiles these very functions.
"""

from __future__ import annotations

from luoshi.schedule.work import Work


def first_day(work: Work, j: int, t: int) -> int:
    """The first day from ``t`` on at which step ``j`` may start; the horizon where there is none."""
    if work.plain == 1 or t >= work.horizon:
        return t
    row = work.horizon + 1
    shut = True
    while shut and t < work.horizon:
        before = t
        if work.days[j] > 0:
            t = work.opened[work.calendar[j] * row + work.count[work.calendar[j] * row + t]]
        if t < work.horizon:
            t = work.opens[work.gate[j] * row + t]
        shut = t != before
    return t


def end_of(work: Work, j: int, s: int) -> int:
    """The morning after the last day of step ``j`` when it starts on its open day ``s``."""
    days: int = work.days[j]
    if work.plain == 1 or days == 0 or s >= work.horizon:
        return s + days
    base = work.calendar[j] * (work.horizon + 1)
    last = work.count[base + s] + days - 1
    if last >= work.count[base + work.horizon]:
        return work.horizon
    end: int = work.opened[base + last] + 1
    return end


def start_of(work: Work, j: int, e: int) -> int:
    """The latest day on which step ``j`` may start so as to end by ``e``; -1 where there is none."""
    days: int = work.days[j]
    s = e - days
    if work.plain == 1 or s < 0:
        return max(s, -1)
    row = work.horizon + 1
    base = work.calendar[j] * row
    if days > 0:
        first = work.count[base + e] - days
        s = work.opened[base + first] if first >= 0 else -1
    while s >= 0:
        before = s
        s = work.closes[work.gate[j] * row + s]
        if s >= 0 and days > 0 and work.opened[base + work.count[base + s]] != s:
            s = work.opened[base + work.count[base + s] - 1] if work.count[base + s] > 0 else -1
        if s == before:
            break
    return s
