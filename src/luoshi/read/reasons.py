"""Why a figure was read as it was: for each thing it says the words that decided, and the row of data they stand in.

The reading keeps no record of its steps. What decided is found by asking its own functions again with fewer words: the
shortest end of the words before a number that still gives the same answer is what gave it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from luoshi.amounts import split
from luoshi.plan.model import Figure, Period
from luoshi.read.catalogue import catalogue, known
from luoshi.read.facts import About
from luoshi.read.figures import Found
from luoshi.read.lookup import csv_row, listed, rule
from luoshi.read.measures import comparator, measure, tail
from luoshi.read.words import rows, table
from luoshi.source import fold

A = TypeVar("A")
_RIGHT = 24
_LOOK = 160
_BY_UNIT = frozenset(("rank", "ratio", "multiple"))


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the reading.

    ``what`` it decided, what it ``says`` (a value of the plan, of the enumeration ``group`` if that is not empty), the
    ``words`` that decided, the data ``file`` and the ``row`` in it; a step of several has those ``below`` it.
    """

    what: str
    words: str = ""
    file: str = ""
    row: str = ""
    says: str = ""
    group: str = ""
    below: tuple[Reason, ...] = field(default=())


def figure_reasons(figure: Figure, found: Found, text: str, about: About, sentence: int) -> Iterator[Reason]:
    """Every step that led to ``figure``: ``text`` is the folded view, ``sentence`` where the figure's begins there."""
    number = found.number
    yield Reason("number", figure.text, "numbers.py", figure.rule, number.form, "form")
    if number.unit:
        yield _unit(number.unit)
    yield from _compared(found, text)
    yield from _measured(found, text)
    yield from _indicated(figure, found, text)
    if figure.period is not None:
        yield _period(figure.period, about)
    if figure.hedge:
        yield Reason("hedge", figure.hedge, "tense.toml", listed("tense", figure.hedge, "hedge"))
    yield _tense(figure, text, sentence, number.start)


def _unit(unit: str) -> Reason:
    known_unit = split(unit)
    if known_unit is None:
        return Reason("unit", unit, "amounts/units.csv")
    scale, row = known_unit
    base = f"× {scale * row.factor:f} {row.base}".strip()
    return Reason("unit", unit, "amounts/units.csv", ",".join(filter(None, (row.name, row.dimension))), says=base)


def _compared(found: Found, text: str) -> Iterator[Reason]:
    """The word of comparison: behind the number, before it, or that of a neighbour under the same verb."""
    number, says = found.number, found.comparator
    left = text[found.floor : number.start]
    end, behind = tail(text, number)
    own = comparator(left, number, behind)
    shown = (says, "comparator")
    if own != says:
        yield Reason("comparator", "", "comparison.toml", listed("comparison", "、", "shared"), *shown)
    elif number.form == "range" or (not behind and number.more):
        yield Reason("comparator", text[number.start : number.end], "numbers.py", number.form, *shown)
    elif behind:
        words = text[number.end : end]
        yield Reason("comparator", words, "comparison.toml", listed("comparison", words, "after", whole=True), *shown)
    elif own != "eq":
        words = _least(left, lambda part: comparator(part, number, None))
        row = listed("comparison", words, "before", own, whole=True) or listed("comparison", words, "before")
        yield Reason("comparator", words, "comparison.toml", row, *shown)


def _measured(found: Found, text: str) -> Iterator[Reason]:
    """The word of change, the unit that is one by itself, or what the number before it measured."""
    number, says = found.number, (found.measure, found.direction)
    end = tail(text, number)[0]
    left, right = text[found.floor : number.start], text[end : end + _RIGHT]
    shown = (found.measure, "measure")
    if measure(left, right, number) != says:
        yield Reason("measure", "", "figures.py", "、", *shown)
    elif found.measure in _BY_UNIT and measure("", "", number) == says:
        yield Reason("measure", number.unit or text[number.start : number.end], "measures.py", number.form, *shown)
    elif found.measure != "level":
        if measure("", right, number) == says:
            words = _first(right, lambda part: measure("", part, number))
        else:
            words = _least(left, lambda part: measure(part, right, number))
        yield Reason("measure", words or number.unit, "movement.csv" if words else "measures.py", _move(words), *shown)
    if found.direction:
        yield Reason("direction", "", "movement.csv", "", found.direction, "direction")


def _move(words: str) -> str:
    """The row of the longest word of change that ``words`` hold."""
    held = [row["word"] for row in rows("movement") if row["word"] in words]
    return csv_row("movement", word=max(held, key=len)) if held else ""


def _least(words: str, ask: Callable[[str], A]) -> str:
    """The shortest end of ``words`` that is answered like the whole."""
    wanted = ask(words)
    return next((words[at:] for at in range(len(words), -1, -1) if ask(words[at:]) == wanted), words)


def _first(words: str, ask: Callable[[str], A]) -> str:
    """The shortest beginning of ``words`` that is answered like the whole."""
    wanted = ask(words)
    return next((words[:at] for at in range(len(words) + 1) if ask(words[:at]) == wanted), words)


def _indicated(figure: Figure, found: Found, text: str) -> Iterator[Reason]:
    if figure.indicator is None or found.indicator is None:
        return
    start, end = found.indicator
    where = "before" if end <= found.number.start else "behind"
    if end < found.floor:
        where = "earlier"
    words = text[start:end]
    yield Reason("indicator", figure.indicator.text, "naming.toml", says=where, group="where")
    entry = known(words)
    if entry is None:
        return
    alias = max((name for name, one in catalogue().items() if one is entry and name in words), key=len, default="")
    row = csv_row("indicators", code=entry.code)
    yield Reason("catalogue", alias, "indicators.csv", row, says=f"{entry.name} ({entry.code})")


def _period(period: Period, about: About) -> Reason:
    """The words of time, the days they mean, and the year of the report where they do not name one."""
    words = fold(period.text)
    days = f"{period.begin} – {period.until}" if period.begin else ""
    fixed = any(char.isdecimal() for char in words) or "五”" in words
    year = Reason("year", about.title, "facts.toml", says=str(about.year))
    below = () if fixed or not days or about.year is None else (year,)
    return Reason("period", period.text, "periods.toml", listed("periods", words), says=days, below=below)


def _tense(figure: Figure, text: str, sentence: int, place: int) -> Reason:
    """What tells the tense: the part of the report, or words of the sentence against it."""
    said = (figure.tense, "tense")
    if figure.tense != "plan":
        before = text[sentence : min(place, sentence + _LOOK)]
        row = listed("tense", before, "past", whole=True) or "[ahead] 不在其中 none of these"
        return Reason("tense", "", "tense.toml", row, *said)
    row = listed("tense", text[max(sentence, place - _LOOK) : place], "future")
    return Reason("tense", "", "tense.toml", row or rule("ahead", "、".join(table("tense")["ahead"]["roles"])), *said)
