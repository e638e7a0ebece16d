"""A year's notice of holidays read from a table, and a day as people write it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from luoshi.problems import Problem
from luoshi.store.calendars import Changed, Notice
from luoshi.web.administration.bringing import Line, lines
from luoshi.web.shell.language import say

_DAY = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]00:00(?::00)?)?")
_OFF, _WORK = ("放假", "休", "休息", "假", "off"), ("上班", "班", "补班", "调休上班", "work")
_LONGEST = 31  # days that one row may span


def notice_of(year: int, source: str, table: Sequence[Sequence[str]]) -> tuple[Notice, tuple[Problem, ...]]:
    """The notice of ``year`` that ``table`` holds, a day a row or from–to; and what is wrong with its cells."""
    found, problems = lines("calendar", table)
    told, days = list(problems), dict[date, Changed]()
    for line in found:
        stretch, wrong = _stretch(line, year)
        told += wrong
        for day in stretch:
            one = Changed(day, line.get("does").lower() in _WORK, line.get("name")[:40])
            if days.setdefault(day, one).works != one.works:
                told.append(line.wrong("calendar", "does", say("这一天前面已经写成另一种", "said otherwise above")))
    return Notice(year, source, tuple(days[day] for day in sorted(days))), tuple(told)


def _stretch(line: Line, year: int) -> tuple[list[date], list[Problem]]:
    told: list[Problem] = []
    first = _day(line.get("first"), year)
    last = _day(line.get("last"), year) if line.get("last") else first
    typed = [("first", first), *([("last", last)] if line.get("last") else [])]
    for column, day in typed:
        if day is None:
            told.append(line.wrong("calendar", column, say("不是日期", "is no day")))
        elif day.year != year:
            told.append(line.wrong("calendar", column, say(f"不在{year}年", f"not in {year}")))
    if line.get("does").lower() not in (*_OFF, *_WORK):
        told.append(line.wrong("calendar", "does", say("请写“放假”或“上班”", "say 放假 (off) or 上班 (work)")))
    if first and last and not timedelta(0) <= last - first < timedelta(days=_LONGEST):
        told.append(line.wrong("calendar", "last", say("应在开始之后一个月以内", "must follow within a month")))
    if told or first is None or last is None:
        return [], told
    return list(_from_to(first, last)), []


def _from_to(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(n) for n in range((last - first).days + 1))


def _day(text: str, year: int) -> date | None:
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return date(int(found[1] or year), int(found[2]), int(found[3]))
    except ValueError:
        return None
