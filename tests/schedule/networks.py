"""Networks for tests: generated ones for Hypothesis and for the checker, small ones written by hand."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from luoshi.days import Workdays
from luoshi.schedule.axis import Window
from luoshi.schedule.chain import Dates, Link, binding
from luoshi.schedule.checker import Reason, Span
from luoshi.schedule.network import Keep, Network, Task, Wait
from luoshi.schedule.solve import Solved

TODAY = date(2026, 3, 2)
UNITS = ("区发展和改革局", "区自然资源局", "区住房和城乡建设局", "区水利局")
TUESDAYS = Workdays.china().own(week=[2])
CALENDARS = (Workdays.every_day(), Workdays.china(), TUESDAYS)


def days_after(n: int) -> date:
    return TODAY + timedelta(n)


def generated(seed: int, *, most: int = 25, keeps: bool = True) -> Network:
    """A network with lags, overlaps, windows, three kinds of day, validities and goals, always without a circle."""
    chance = Random(seed)
    count = chance.randint(1, most)
    tasks = tuple(_task(chance, nth, count) for nth in range(count))
    pairs = {(chance.randrange(b), b) for b in range(1, count) for _ in range(chance.randint(0, 3))}
    waits = tuple(Wait(f"s{a}", f"s{b}", chance.choice([0, 0, 0, 3, 10, -2])) for a, b in sorted(pairs))
    some = [pair for pair in sorted(pairs) if keeps and chance.random() < 0.15]
    kept = tuple(Keep(f"s{a}", f"s{b}", chance.randint(20, 400)) for a, b in some)
    return Network(tasks, waits, kept, CALENDARS)


def _task(chance: Random, nth: int, count: int) -> Task:
    goal = nth == count - 1 or chance.random() < 0.2
    return Task(
        key=f"s{nth}",
        name=f"步骤{nth}",
        unit=chance.choice(UNITS),
        days=chance.choice([0, 1, 2, 5, 10, 20]),
        calendar=chance.choice([0, 1, 1, 1, 2]),
        release=days_after(chance.randint(-20, 60)) if chance.random() < 0.2 else None,
        due=days_after(chance.randint(0, 200)) if goal else None,
        window=Window((3, 1), (4, 30)) if chance.random() < 0.08 else None,
        weight=1 if goal else 0,
    )


def networks(*, keeps: bool = True) -> st.SearchStrategy[Network]:
    return st.integers(0, 10**9).map(lambda seed: generated(seed, keeps=keeps))


def spans(solved: Solved, dates: Dates | None = None) -> dict[str, Span]:
    """The dates of a solved network, as the checker wants them."""
    start, end = (dates.start, dates.end) if dates else (solved.passes.start, solved.passes.end)
    axis = solved.axis
    return {task.key: Span(axis.day(start[j]), axis.day(end[j])) for j, task in enumerate(solved.network.tasks)}


def reasons(solved: Solved, goal: str, dates: Dates | None = None) -> list[Reason]:
    """The chain to ``goal``, as the checker wants it."""
    return [_reason(solved, link) for link in binding(solved, solved.network.numbers()[goal], dates)]


def _reason(solved: Solved, link: Link) -> Reason:
    tasks, axis = solved.network.tasks, solved.axis
    other = tasks[link.other].key if link.other >= 0 else None
    return Reason(link.cause, tasks[link.step].key, axis.day(link.begin), axis.day(link.end), other)
