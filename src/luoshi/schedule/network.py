"""What is to be scheduled: steps, what they wait for, how long papers stay valid; and the same as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

from luoshi.days import Workdays
from luoshi.schedule.axis import Axis, Window
from luoshi.schedule.passes import forward
from luoshi.schedule.work import Work

NATURAL, WORKING = 0, 1
_BREAK = 15  # natural days: longer than any statutory holiday with the weekends around it
_YEAR = 400


@dataclass(frozen=True, slots=True)
class Task:
    """One step to be done. ``calendar`` is a number into the network's calendars.

    ``release``: not before this day (None: from today on). ``due``: done by the end of this day. ``weight`` > 0 makes
    it a goal: so much does each day of its lateness cost when places are short. ``places``: how many of its unit's.
    """

    key: str
    name: str = ""
    unit: str = ""
    days: int = 1
    calendar: int = WORKING
    release: date | None = None
    due: date | None = None
    window: Window | None = None
    weight: int = 0
    places: int = 1


@dataclass(frozen=True, slots=True)
class Wait:
    """``after`` starts no earlier than ``lag`` natural days after the end of ``before``; less than 0 is an overlap."""

    before: str
    after: str
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Keep:
    """A maximum lag: ``until`` starts at most ``days`` natural days after the end of ``before`` (a permit expires)."""

    before: str
    until: str
    days: int


@dataclass(frozen=True, slots=True)
class Network:
    """Steps by key, with their waits and keeps. Calendar 0 is natural days, 1 working days, the rest units' own."""

    tasks: tuple[Task, ...]
    waits: tuple[Wait, ...] = ()
    keeps: tuple[Keep, ...] = ()
    calendars: tuple[Workdays, ...] = field(default_factory=lambda: (Workdays.every_day(), Workdays.china()))

    def numbers(self) -> dict[str, int]:
        """The number of each step, by key. Raises ValueError where a key stands twice or an arc leads nowhere."""
        numbers = {task.key: j for j, task in enumerate(self.tasks)}
        named = {key for wait in self.waits for key in (wait.before, wait.after)}
        named |= {key for keep in self.keeps for key in (keep.before, keep.until)}
        if len(numbers) < len(self.tasks) or not named <= set(numbers):
            raise ValueError(f"keys stand twice, or arcs lead nowhere: {sorted(named - set(numbers))}")
        return numbers


def compiled(network: Network, today: date, *, more: int = 0) -> tuple[Axis, Work]:
    """``network`` as arrays, on an axis long enough for every date its passes can give, and ``more`` days longer."""
    axis = _axis(network, today, more)
    return axis, arrays(network, axis, today)


def arrays(network: Network, axis: Axis, today: date) -> Work:
    """``network`` as arrays on ``axis``, which must know its windows."""
    return _work(network, axis, today, axis.windows)


def _axis(network: Network, today: date, more: int) -> Axis:
    """From early enough for the latest starts to late enough for the earliest ends."""
    windows = tuple(dict.fromkeys(task.window for task in network.tasks if task.window))
    rough = _work(network, None, today, windows)
    _, _, _, end, _ = forward(rough)
    span = max(end, default=0) * (2 if network.keeps else 1) + 2 * _YEAR
    dates = [day for task in network.tasks for day in (task.release, task.due) if day]
    return Axis.over(
        min([today, *dates]) - timedelta(span),
        max([today, *dates]) + timedelta(span + more),
        network.calendars,
        windows,
    )


def _work(network: Network, axis: Axis | None, today: date, windows: Sequence[Window]) -> Work:
    tasks, numbers = network.tasks, network.numbers()
    pred_at, pred, pred_lag = _arcs(len(tasks), ((numbers[w.after], numbers[w.before], w.lag) for w in network.waits))
    succ_at, succ, succ_lag = _arcs(len(tasks), ((numbers[w.before], numbers[w.after], w.lag) for w in network.waits))
    gates = {window: g for g, window in enumerate(windows, 1)}
    horizon = axis.horizon if axis else 0
    free = [0] * (len(tasks) + 1)
    return Work(
        steps=len(tasks),
        horizon=horizon,
        plain=0 if axis else 1,
        days=[task.days for task in tasks] if axis else [_longest(network, task) for task in tasks],
        calendar=[task.calendar for task in tasks],
        gate=[gates[task.window] if task.window else 0 for task in tasks],
        release=[axis.at(task.release or today) if axis else 0 for task in tasks],
        due=[axis.at(task.due) + 1 if axis and task.due else horizon for task in tasks],
        weight=[task.weight for task in tasks],
        pred_at=pred_at, pred=pred, pred_lag=pred_lag, succ_at=succ_at, succ=succ, succ_lag=succ_lag,
        need_at=free, need=[], amount=[], capacity=[], busy=[],
        count=axis.count if axis else [], opened=axis.opened if axis else [],
        opens=axis.opens if axis else [], closes=axis.closes if axis else [],
    )  # fmt: skip


def _longest(network: Network, task: Task) -> int:
    """More natural days than ``task`` can take, waiting for an open day and for its window included."""
    calendar = network.calendars[task.calendar]
    years = 1 + (max(task.window.years) - min(task.window.years) + 3 if task.window and task.window.years else 0)
    wait = _YEAR * years if task.window else 0
    if calendar.natural:
        return task.days + wait
    return task.days * 14 // len(calendar.week) + _BREAK + len(calendar.off) // 20 + wait


def _arcs(count: int, arcs: Iterable[tuple[int, int, int]]) -> tuple[list[int], list[int], list[int]]:
    """Arcs (row, other end, lag) by row, as one list with the place where each row begins."""
    rows = sorted(arcs)
    sizes = [0] * count
    for row, _, _ in rows:
        sizes[row] += 1
    return list(accumulate(sizes, initial=0)), [end for _, end, _ in rows], [lag for _, _, lag in rows]
