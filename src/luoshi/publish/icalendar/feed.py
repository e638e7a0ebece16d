"""A schedule as an iCalendar file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.publish.register.safe import plain
from luoshi.schedule import Dates, PlannedItem, PlannedStep, Schedule

_OCTETS = 75  # of a line, the line end aside (RFC 5545, 3.1)


def feed(schedule: Schedule, unit: str | None = None) -> bytes:
    """The entries of ``schedule``, all of them or those of ``unit``: UTF-8, lines folded, ended with CR LF.

    An entry a step still to do (its planned days) and one an item (its deadline). The same schedule gives the same
    bytes; identifiers stay when dates move, so that a calendar moves the entry instead of adding one.
    """
    steps = [step for step in schedule.steps if step.state != "done" and unit in (None, step.unit)]
    items = [item for item in schedule.items if unit in (None, item.unit)]
    return _calendar(schedule.title or "落实", (*_of_steps(schedule, steps), *_of_items(schedule, items)))


@dataclass(frozen=True, slots=True)
class Due:
    """A day on which something is due: ``key`` stays when the day moves; ``told`` is read when it is opened."""

    key: str
    day: date
    summary: str
    told: str = ""


def due_days(title: str, today: date, due: Iterable[Due]) -> bytes:
    """All-day entries for what is ``due``, as a calendar called ``title``; bytes as :func:`feed` gives them."""
    entries = (line for one in due for line in _entry(today, one.key, Dates(one.day, one.day), one.summary, one.told))
    return _calendar(title, entries)


def _calendar(title: str, entries: Iterable[str]) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//luoshi//schedule//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(title)}",
        *entries,
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode("utf-8")


def _of_steps(schedule: Schedule, steps: Iterable[PlannedStep]) -> Iterator[str]:
    titles = {item.id: item.title for item in schedule.items}
    for step in steps:
        told = [f"责任单位：{step.unit}", f"事项：{titles[step.item]}"]
        told += [f"最迟 {step.latest.start} 起步、{step.latest.finish} 办结"] if step.latest else []
        told += [f"法定时限：{step.limit}"] if step.limit else []
        summary = f"{step.name}｜{titles[step.item]}"
        yield from _entry(schedule.today, step.key, step.planned, summary, "\n".join(told))


def _of_items(schedule: Schedule, items: Iterable[PlannedItem]) -> Iterator[str]:
    for item in items:
        days = Dates(item.deadline, item.deadline)
        yield from _entry(schedule.today, f"{item.id}/deadline", days, f"期限｜{item.title}", item.words)


def _entry(stamp: date, key: str, days: Dates, summary: str, told: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(key)}@luoshi"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{days.start:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{days.finish + timedelta(1):%Y%m%d}"
    yield f"SUMMARY:{_text(summary)}"
    yield f"DESCRIPTION:{_text(told)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(words: str) -> str:
    """``words`` as a TEXT value (RFC 5545, 3.3.11); control characters are dropped."""
    words = plain(words, "…")
    for char, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        words = words.replace(char, escaped)
    return "".join(char for char in words if unicodedata.category(char) not in ("Cc", "Zl", "Zp"))


def _folded(line: str) -> str:
    """``line`` in pieces of at most 75 octets, never cut inside a character."""
    pieces, size = [""], 0
    for char in line:
        width = len(char.encode("utf-8", "replace"))
        if size + width > _OCTETS:
            pieces.append(" ")
            size = 1
        pieces[-1] += char
        size += width
    return "\r\n".join(pieces)
