"""An independent check of a schedule: dates against the calendars themselves, day by day, without the engine's arrays.

Slow and simple on purpose. It shares no arithmetic with the passes, the kernel or the chain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from luoshi.schedule.network import Network, Task

DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Span:
    """A step runs from the morning of ``start`` to the morning of ``end``; both the same day: it takes no time."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Reason:
    """A link of a chain in dates; see :class:`luoshi.schedule.chain.Link`."""

    cause: str
    step: str
    begin: date
    end: date
    other: str | None = None


def faults(
    network: Network, today: date, spans: Mapping[str, Span], capacity: Mapping[str, int] | None = None
) -> list[str]:
    """Everything that is wrong with ``spans``; empty where each step obeys every rule of ``network``."""
    found = [fault for task in network.tasks for fault in _of_task(network, task, today, spans[task.key])]
    found += [
        f"{wait.after} starts before {wait.before} ends"
        for wait in network.waits
        if spans[wait.after].start < spans[wait.before].end + wait.lag * DAY
    ]
    found += [
        f"{keep.before} expires before {keep.until} starts"
        for keep in network.keeps
        if spans[keep.until].start > spans[keep.before].end + keep.days * DAY
    ]
    return found + list(_overloads(network, spans, capacity or {}))


def _of_task(network: Network, task: Task, today: date, span: Span) -> Iterator[str]:
    calendar = network.calendars[task.calendar]
    if span.start < (task.release or today):
        yield f"{task.key} starts before it may"
    if task.window and not task.window.is_open(span.start):
        yield f"{task.key} starts outside its window"
    if task.days and not calendar.is_workday(span.start):
        yield f"{task.key} starts on a day off"
    worked = sum(calendar.is_workday(day) for day in _days(span.start, span.end))
    if worked != task.days or (task.days and not calendar.is_workday(span.end - DAY)):
        yield f"{task.key} takes {worked} days, not {task.days}"


def _overloads(network: Network, spans: Mapping[str, Span], capacity: Mapping[str, int]) -> Iterator[str]:
    used: Counter[tuple[str, date]] = Counter()
    for task in network.tasks:
        if task.unit in capacity:
            used.update({(task.unit, day): task.places for day in _days(spans[task.key].start, spans[task.key].end)})
    for (unit, day), count in used.items():
        if count > capacity[unit]:
            yield f"{unit} has {count} at once on {day}, of {capacity[unit]}"


def chain_faults(
    network: Network, today: date, spans: Mapping[str, Span], goal: str, chain: Sequence[Reason]
) -> list[str]:
    """Everything that is wrong with ``chain`` as the reason why ``goal`` ends when it does."""
    if not chain:
        return ["no chain"]
    found = []
    if chain[0].cause not in ("release", "kept", "opens") or chain[-1].step != goal or chain[-1].end != spans[goal].end:
        found.append("does not lead from a release to the goal's end")
    found += [f"gap between {a} and {b}" for a, b in pairwise(chain) if a.end != b.begin]
    total = sum(((link.end - link.begin).days for link in chain), 0)
    if total != (spans[goal].end - chain[0].begin).days:
        found.append(f"adds up to {total}")
    return found + [f"not tight: {link}" for link in chain if not _is_tight(network, today, spans, link)]


def _is_tight(  # noqa: PLR0911 — one answer a cause
    network: Network, today: date, spans: Mapping[str, Span], link: Reason
) -> bool:
    tasks = {task.key: task for task in network.tasks}
    task, days = tasks[link.step], (link.end - link.begin).days
    span = spans[link.step]
    match link.cause:
        case "release":
            return link.begin == link.end == (task.release or today)
        case "opens":
            day_before = Reason("closed", link.step, link.begin - DAY, link.begin)
            return link.begin == link.end == span.start and _stands(network, task, day_before)
        case "kept":
            return link.begin == link.end and any((k.before, k.until) == (link.step, link.other) for k in network.keeps)
        case "work":
            return (link.begin, link.end) == (span.start, span.end)
        case "back":
            return (link.begin, link.end) == (span.end, span.start)
        case "lag":
            waits = ((wait.before, wait.after, wait.lag) for wait in network.waits)
            return (
                any(one == (link.other, link.step, days) for one in waits) and link.begin == spans[link.other or ""].end
            )
        case "valid":
            keeps = ((keep.before, keep.until, -keep.days) for keep in network.keeps)
            return (
                any(one == (link.step, link.other, days) for one in keeps)
                and link.begin == spans[link.other or ""].start
            )
        case "places":
            other = spans[link.other or ""]
            return days == 0 and other.end == link.begin and tasks[link.other or ""].unit == task.unit
        case "closed" | "window":
            return _stands(network, task, link)
    return False


def _stands(network: Network, task: Task, link: Reason) -> bool:
    """Whether on no day of the link the step could be started (or, counted back to a validity, ended)."""
    calendar = network.calendars[task.calendar]
    waited = list(_days(link.begin, link.end))
    shut = [task.window is not None and not task.window.is_open(day) for day in waited]
    off = [bool(task.days) and not calendar.is_workday(day) for day in waited]
    if link.cause == "window":
        return any(shut) and all(a or b for a, b in zip(shut, off, strict=True))
    if link.other is not None:
        return _ends_apart(network, task, waited)
    return all(a or b for a, b in zip(shut, off, strict=True))


def _ends_apart(network: Network, task: Task, waited: Sequence[date]) -> bool:
    """Whether the step cannot end on the morning of any day of ``waited``: the day before is off."""
    calendar = network.calendars[task.calendar]
    ends = (day - DAY for day in waited)
    return all(not calendar.is_workday(day) or task.window is not None for day in ends)


def _days(start: date, end: date) -> Iterable[date]:
    return (start + n * DAY for n in range((end - start).days))
