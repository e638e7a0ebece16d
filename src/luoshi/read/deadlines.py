"""By when a promise is to be kept: the words that set its date and the day they mean, or where the day was taken from.

What counts as a limit (年内, 6月底前, 到2025年, 三年内) is in ``lexicon/periods.toml``; 今后五年 and 2023年 are only
periods.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from luoshi.plan.model import Deadline
from luoshi.read.periods import Time, interval, periods

Span = tuple[int, int]
Term = tuple[date, date]

_WHOLE_YEAR = (1, 12)
# So far before a clause a limit in its sentence still counts for it.
LOOK = 240
# Every limit holds one of these: most clauses need no closer look.
_HINT = re.compile("[年月季期汛冬节春学五前]")


def deadline(  # noqa: PLR0917 — one promise with all that may date it
    text: str,
    clause: Span,
    stated: Span | None,
    year: int | None,
    term: Term | None,
    sentence: Span,
    section_title: str,
) -> Deadline:
    """The deadline of the promise in ``clause`` of the folded ``text``; ``year`` and ``term`` are those of the report.

    Looked for in this order: the words ``stated`` (or a limit found in the clause), a limit that opens an earlier
    clause of the whole ``sentence`` (to the last 。), a time ahead in the title of the section, the end of the term.
    ``text`` are words of the clause or of its sentence that set a limit, else None; ``date`` is None where they name no
    day (春节前). A mere period beyond the term (2030年) moves the day, but is no limit.
    """
    span = stated or next(((time.start, time.end) for time in limits(text, clause, year, term)), None)
    if span is not None:
        return Deadline(text=text[slice(*span)], date=_furthest(text, span, year, term), basis="stated")
    opening = _opening(text, clause, year, term, sentence)
    if opening is not None:
        return Deadline(text=text[opening.start : opening.end], date=_last(opening, year, term), basis="sentence")
    usual, later = inferred(section_title, year, term), _furthest(text, clause, year, term)
    if later and usual.date and later > usual.date:
        return Deadline(date=later, basis="sentence")
    return usual


def limits(text: str, where: Span, year: int | None, term: Term | None) -> Iterator[Time]:
    """The times in a stretch of ``text`` that say by when, those of past years left out."""
    for time in periods(text, *where) if _HINT.search(text, *where) else ():
        narrow = time.months is not None and time.months != _WHOLE_YEAR
        if time.base or time.since or not (time.limit or time.point or narrow) or text[time.start] == "截":
            continue
        last = _last(time, year, term)
        if last is None or year is None or last.year >= year:
            yield time


def _furthest(text: str, where: Span, year: int | None, term: Term | None) -> date | None:
    """The last day that the times in a stretch of ``text`` mean."""
    if not _HINT.search(text, *where):
        return None
    days = (_last(time, year, term) for time in periods(text, *where) if not (time.base or time.since))
    return max((day for day in days if day is not None), default=None)


def _last(time: Time, year: int | None, term: Term | None) -> date | None:
    meant = interval(time, year, term, forward=True)
    return meant[1] if meant else None


def _opening(text: str, clause: Span, year: int | None, term: Term | None, sentence: Span) -> Time | None:
    """The nearest limit that opens a clause of the sentence before this one."""
    before = (max(sentence[0], clause[0] - LOOK), clause[0])
    return next((time for time in reversed(list(limits(text, before, year, term))) if time.head), None)


@lru_cache(maxsize=256)
def inferred(title: str, year: int | None, term: Term | None) -> Deadline:
    """The day up to which the title of the section looks ahead if it names one time only, else the end of the term."""
    last = {_last(time, year, term) for time in periods(title) if not time.base}
    day = last.pop() if len(last) == 1 else None
    if day and year and day.year >= year:
        return Deadline(date=day, basis="section")
    if year is None and term is None:
        return Deadline()
    return Deadline(date=term[1] if term else date(year or date.max.year, 12, 31), basis="term")
