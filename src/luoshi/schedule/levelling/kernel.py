"""Serial schedule generation, forwards and backwards: the inner loop of all levelling.

Kolisch (1996), serial schedule generation; Valls, Ballestín and Quintanilla (2005), justification: a schedule pushed
to the right and then to the left is never longer than before, and mostly shorter. The code is indexing and whole
numbers only, so that numba compiles exactly what plain Python runs.
"""

from __future__ import annotations

from typing import Any

from luoshi.schedule import moments
from luoshi.schedule.levelling.compiled import compiled
from luoshi.schedule.work import Work

first_day = compiled(moments.first_day)
end_of = compiled(moments.end_of)
start_of = compiled(moments.start_of)


@compiled
def fit(work: Work, j: int, t: int, used: Any) -> int:
    """The first day from ``t`` on at which step ``j`` finds its places free."""
    s = first_day(work, j, t)
    e = end_of(work, j, s)
    settled = False
    while not settled and e < work.horizon:
        settled = True
        for k in range(work.need_at[j], work.need_at[j + 1]):
            room = work.capacity[work.need[k]] - work.amount[k]
            base = work.need[k] * work.horizon
            day = e - 1
            while day >= s:
                if used[base + day] > room:
                    s = first_day(work, j, day + 1)
                    e = end_of(work, j, s)
                    settled = False
                    break
                day -= 1
            if e >= work.horizon:
                break
    return s


@compiled
def fit_back(work: Work, j: int, e: int, used: Any) -> int:
    """The last day on which step ``j`` may start, ending by ``e``, with its places free; -1 where there is none."""
    s = start_of(work, j, e)
    settled = False
    while not settled and s >= 0:
        settled = True
        for k in range(work.need_at[j], work.need_at[j + 1]):
            room = work.capacity[work.need[k]] - work.amount[k]
            base = work.need[k] * work.horizon
            for day in range(s, end_of(work, j, s)):
                if used[base + day] > room:
                    s = start_of(work, j, day)
                    settled = False
                    break
            if s < 0:
                break
    return s


@compiled
def take(work: Work, j: int, s: int, e: int, used: Any) -> None:
    """Note the places of step ``j`` as taken from ``s`` to ``e``."""
    for k in range(work.need_at[j], work.need_at[j + 1]):
        base = work.need[k] * work.horizon
        for day in range(base + s, base + e):
            used[day] += work.amount[k]


@compiled
def clear(work: Work, until: int, used: Any) -> None:
    """Free every place before the day ``until`` that is not taken for good."""
    for r in range(len(work.capacity)):
        base = r * work.horizon
        for day in range(base, base + until):
            used[day] = work.busy[day]


@compiled
def forwards(work: Work, order: Any, at: int, start: Any, end: Any, used: Any) -> int:  # noqa: PLR0917
    """Put the steps, in the order ``order[at:]``, each as early as it can be; the last day of all, or -1."""
    last = 0
    for nth in range(at, at + work.steps):
        j = order[nth]
        t = work.release[j]
        for k in range(work.pred_at[j], work.pred_at[j + 1]):
            t = max(t, end[work.pred[k]] + work.pred_lag[k])
        s = fit(work, j, t, used)
        e = end_of(work, j, s)
        if e >= work.horizon:
            clear(work, work.horizon, used)
            return -1
        take(work, j, s, e, used)
        start[j] = s
        end[j] = e
        last = max(last, e)
    clear(work, last, used)
    return last


@compiled
def backwards(work: Work, order: Any, at: int, start: Any, end: Any, used: Any) -> None:  # noqa: PLR0917
    """Put the steps, from the last of ``order[at:]`` to the first, each as late as it can be; no goal ends later."""
    last = 0
    for j in range(work.steps):
        last = max(last, end[j])
    for nth in range(at + work.steps - 1, at - 1, -1):
        j = order[nth]
        e = last
        if work.weight[j] > 0:
            e = min(e, max(end[j], work.due[j]))
        for k in range(work.succ_at[j], work.succ_at[j + 1]):
            e = min(e, start[work.succ[k]] - work.succ_lag[k])
        s = fit_back(work, j, max(e, end[j]), used)
        s = max(s, start[j])
        e = end_of(work, j, s)
        take(work, j, s, e, used)
        start[j] = s
        end[j] = e
        last = max(last, e)
    clear(work, last, used)


@compiled
def by_time(work: Work, order: Any, at: int, time: Any, bins: Any) -> None:
    """Sort ``order[at:]`` by ``time``, keeping the order of equals (counting sort). ``bins`` is scratch."""
    high = 0
    low = work.horizon
    for j in range(work.steps):
        high = max(high, time[j])
        low = min(low, time[j])
    for t in range(low, high + 2):
        bins[t] = 0
    for j in range(work.steps):
        bins[time[j] + 1] += 1
    for t in range(low + 1, high + 2):
        bins[t] += bins[t - 1]
    base = work.horizon + 2
    for nth in range(work.steps):
        bins[base + nth] = order[at + nth]
    for nth in range(work.steps):
        j = bins[base + nth]
        order[at + bins[time[j]]] = j
        bins[time[j]] += 1


@compiled
def cost_of(work: Work, end: Any) -> int:
    """What the goals cost: for each its weight times the days it ends late."""
    cost = 0
    for j in range(work.steps):
        if work.weight[j] > 0:
            cost += work.weight[j] * max(0, end[j] - work.due[j])
    return cost


@compiled
def justified(work: Work, order: Any, at: int, start: Any, end: Any, used: Any, bins: Any) -> int:  # noqa: PLR0917
    """Make the schedule of ``order[at:]``, push it right and left again; the cost, or -1. ``order`` is sorted anew."""
    if forwards(work, order, at, start, end, used) < 0:
        return -1
    by_time(work, order, at, end, bins)
    backwards(work, order, at, start, end, used)
    by_time(work, order, at, start, bins)
    if forwards(work, order, at, start, end, used) < 0:
        return -1
    by_time(work, order, at, start, bins)
    return cost_of(work, end)
