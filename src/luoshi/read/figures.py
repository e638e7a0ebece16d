"""Figures: every number of the text with what it is compared to, what it measures, and the words that name it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.amounts import split
from luoshi.plan.model import Comparator, Direction, Measure
from luoshi.read.indicators import Namer, Place
from luoshi.read.measures import comparator, measure, shares, tail
from luoshi.read.numbers import Number
from luoshi.read.phrases import Span

_BREAK = re.compile(r"[,;:。!?\n]")
_STOPS = frozenset("。!?\n")
_RUN = re.compile(r" ?(?:[、和及与或]|以及) ?")
_RIGHT = 24


@dataclass(frozen=True, slots=True)
class Found:
    """A number understood; ``indicator`` is the span of the words that name it, ``floor`` where its words begin."""

    number: Number
    comparator: Comparator
    measure: Measure
    direction: Direction | None
    indicator: Span | None
    floor: int


@dataclass(slots=True)
class _Seen:
    """A number on its way: where its words begin and end, and what was read so far."""

    number: Number
    clause: int
    floor: int
    tail: int
    stop: int
    sentence: int
    behind: Comparator | None
    run: int = 1
    place: int = 0


def figures(text: str, numbers: Sequence[Number]) -> list[Found]:
    """The ``numbers`` of the folded ``text``, each with its meaning."""
    seen = _placed(text, numbers)
    _runs(text, seen)
    compared = _compared(text, seen)
    namer, found = Namer(text), []
    measured: tuple[Measure, Direction | None] = ("level", None)
    for at, one in enumerate(seen):
        if not one.place:
            measured = measure(text[one.floor : one.number.start], text[one.tail : one.tail + _RIGHT], one.number)
        elif one.number.form in ("rank", "ratio"):
            measured = measure("", "", one.number)
        place = Place(
            one.number, one.floor, one.tail, _stop(seen, at), one.sentence, one.run, one.place, _limit(seen, at)
        )
        found.append(Found(one.number, compared[at], *measured, namer.name(place), one.floor))
    return found


def _placed(text: str, numbers: Sequence[Number]) -> list[_Seen]:
    """Each number with its clause, which begins behind the mark before it, and its sentence."""
    breaks = [match.start() for match in _BREAK.finditer(text)]
    stops = [at for at in breaks if text[at] in _STOPS]
    seen: list[_Seen] = []
    for number in numbers:
        at = bisect_right(breaks, number.start)
        clause = breaks[at - 1] + 1 if at else 0
        end, behind = tail(text, number)
        ahead = bisect_right(breaks, end - 1)
        stop = breaks[ahead] if ahead < len(breaks) else len(text)
        floor = max(clause, seen[-1].tail) if seen else clause
        seen.append(_Seen(number, clause, floor, end, stop, bisect_right(stops, number.start), behind))
    return seen


def _runs(text: str, seen: Sequence[_Seen]) -> None:
    """Marks numbers in a row under one verb: 增长4.6%、5%、9.5%."""
    first = 0
    for at in range(1, len(seen) + 1):
        if at < len(seen) and _alike(seen[at - 1], seen[at]) and _joined(text, seen[at - 1], seen[at]):
            continue
        for place in range(first, at):
            seen[place].run, seen[place].place = at - first, place - first
        first = at


def _joined(text: str, one: _Seen, two: _Seen) -> bool:
    return _RUN.fullmatch(text, one.tail, two.number.start) is not None


def _alike(one: _Seen, two: _Seen) -> bool:
    """Whether two numbers measure in the same kind of unit (头 and 只, never 个 and 亿元)."""
    first, second = split(one.number.unit), split(two.number.unit)
    return one.number.unit == two.number.unit or (
        first is not None and second is not None and first[1].dimension == second[1].dimension
    )


def _compared(text: str, seen: Sequence[_Seen]) -> list[Comparator]:
    """The comparators; a word behind the last of a list under one verb, or before its first, holds for all of it."""
    found: list[Comparator] = []
    for one in seen:
        if one.place and not one.behind and one.number.form == "amount" and not one.number.more:
            found.append(found[-1] if seen[len(found) - 1].behind is None else "eq")
        else:
            found.append(comparator(text[one.floor : one.number.start], one.number, one.behind))
    for at in range(len(seen) - 2, -1, -1):
        this, after = seen[at], seen[at + 1]
        if found[at] != "eq" or not after.behind or this.number.form != "amount":
            continue
        if after.place or (after.clause == this.clause and _same_list(text, this, after)):
            found[at] = found[at + 1]
    return found


def _same_list(text: str, this: _Seen, after: _Seen) -> bool:
    return shares(text[this.tail : after.number.start]) and this.number.unit == after.number.unit


def _stop(seen: Sequence[_Seen], at: int) -> int:
    """Where the words behind a number end: at the next number or the next mark."""
    one = seen[at]
    return min(one.stop, seen[at + 1].number.start) if at + 1 < len(seen) else one.stop


def _limit(seen: Sequence[_Seen], at: int) -> int:
    """Where the threshold right before the number begins, −1 if there is none."""
    if not at:
        return -1
    before, one = seen[at - 1], seen[at]
    graded = before.behind is not None or before.number.unit.endswith("级")
    if not graded or before.stop != one.stop or one.number.start - before.tail > _RIGHT:
        return -1
    return before.number.start if before.number.unit != one.number.unit else -1
