"""Outcomes year by year as bars with their numbers, and one promise over the years as a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from luoshi.compare import Comparison, Number, Promise
from luoshi.publish.labels import values
from luoshi.web.comparing.rows import Mark, mark
from luoshi.web.shell.charts import LineChart, Part, Series, line_chart, parts
from luoshi.web.shell.language import say

_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Year:
    """The promises of one report by outcome; ``counts`` stand in the order of the outcomes."""

    id: str
    counts: tuple[tuple[str, int], ...]
    total: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """The outcomes that there are, and each report's promises by them; the last row are all of them."""

    marks: tuple[Mark, ...]
    years: tuple[Year, ...]
    every: Year


def counts(comparison: Comparison, promises: Sequence[Promise]) -> Counts:
    """How many ``promises`` of each report came to what."""
    marks = tuple(mark(one) for one in values("verdict"))
    asked = {one.report for one in promises}
    found = [report.id for report in comparison.reports if report.id in asked]
    years = tuple(_year(id_, (one for one in promises if one.report == id_), marks) for id_ in found)
    return Counts(marks, years, _year("", promises, marks))


def _year(name: str, promises: Iterable[Promise], marks: Sequence[Mark]) -> Year:
    told = Counter[str](one.verdict for one in promises)
    drawn = parts((one.verdict, f"{one.shape} {one.word}", told[one.verdict]) for one in marks)
    return Year(name, tuple((one.verdict, told[one.verdict]) for one in marks), told.total(), drawn)


def story(comparison: Comparison, promises: Sequence[Promise]) -> LineChart | None:
    """What was asked and what was reached, year by year; None where that is no line of numbers of one unit.

    Only what a report promises for its next year: an average of five years is another thing.
    """
    following = {report.id: report.reviewed + 1 for report in comparison.reports}
    yearly = [one for one in promises if one.number and one.due.year == following[one.report]]
    asked = [(one.due, one.number) for one in yearly if one.number]
    reached = [
        (one.due, one.outcome.numbers[0])
        for one in yearly
        if len(one.outcome.numbers) == 1 and one.verdict in ("met", "missed")
    ]
    units = {number.unit for _, number in (*asked, *reached)}
    lines = [
        Series(said, kind, _points(found))
        for said, kind, found in (
            (say("承诺", "promised"), "path", asked),
            (say("报告的结果", "reported"), "reading", reached),
        )
    ]
    drawn = [one for one in lines if one.points]
    if len(units) != 1 or max((len(one.points) for one in drawn), default=0) < _ENOUGH:
        return None
    return line_chart(promises[0].name, units.pop(), drawn)


def _points(found: Iterable[tuple[date, Number]]) -> list[tuple[date, Decimal]]:
    """By day; of several on one day the last. What is no decimal (a fraction) is left out."""
    points: dict[date, Decimal] = {}
    for day, number in found:
        try:
            value = Decimal(number.value)
        except InvalidOperation:
            continue
        points[day] = -value if number.direction == "down" and number.measure in ("growth", "change") else value
    return sorted(points.items())
