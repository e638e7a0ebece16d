"""Work that shares places: the arrays of one levelling, flat, as the kernel reads them."""

from __future__ import annotations

from typing import Any, NamedTuple


class Work(NamedTuple):
    """Steps, what they wait for, what they need of whom, and when they may be done. Times are days from an origin.

    Step ``j`` takes ``days[j]`` open days of ``calendar[j]``; it may start from ``release[j]`` on, and only where
    ``gate[j]`` is open (0: always). It waits for ``pred[pred_at[j]:pred_at[j+1]]`` to end, plus a lag; ``succ`` is the
    same the other way round. It needs ``amount`` places of each of ``need``; ``capacity`` says how many there are,
    and ``busy[r*horizon+t]`` how many of unit r are taken on day t already.
    A step with ``weight[j] > 0`` is a goal: it costs ``weight`` for each day it ends after ``due[j]``.
    ``count[c*(horizon+1)+t]`` is the number of open days of calendar c before t, ``opened[c*(horizon+1)+k]`` its k-th
    open day; ``opens`` and ``closes`` give the next and the last day on which a gate is open. All of it is idle where
    ``plain`` is 1: then every day is open and no gate is.
    """

    steps: int
    horizon: int
    plain: int
    days: Any
    calendar: Any
    gate: Any
    release: Any
    due: Any
    weight: Any
    pred_at: Any
    pred: Any
    pred_lag: Any
    succ_at: Any
    succ: Any
    succ_lag: Any
    need_at: Any
    need: Any
    amount: Any
    capacity: Any
    busy: Any
    count: Any
    opened: Any
    opens: Any
    closes: Any
