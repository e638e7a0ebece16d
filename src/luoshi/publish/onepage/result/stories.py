"""Comparison or dossier → stories: what was said, where, and what came of it, in one form for both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from luoshi.amounts import plain
from luoshi.compare import Comparison, Number, Promise, Quote
from luoshi.measure import Measured
from luoshi.measure.telling import short, unit_of
from luoshi.plan import Figure
from luoshi.publish.dossier import Case, Dossier

Sort = Literal["compared", "followed"]
_DONE = ("done", "done_early")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written, with what the reading knows of it."""

    text: str
    value: str
    unit: str = ""
    ranged: bool = False
    comparator: str = "eq"
    measure: str = "level"
    direction: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the text of a report."""

    report: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Story:
    """One promise and its fate (a name in ``words.toml``); ``came`` are numbers, ``outcome`` is where they stand.

    ``place`` and ``outcome`` are the numbers' own places where there are any; ``words`` is the promise as one clause,
    ``clause`` its place, ``answer`` that of what the later report says; ``origin`` says where a reading is from that
    stands in no report.
    """

    id: str
    name: str
    kind: str
    fate: str
    place: Place
    words: str = ""
    said: Quantity | None = None
    came: tuple[Quantity, ...] = ()
    outcome: Place | None = None
    clause: Place | None = None
    answer: Place | None = None
    origin: str = ""
    why: str = ""
    when: str = ""
    lead: str = ""
    due: str = ""
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Tale:
    """All the stories of one report, the texts by report, and what the picture says of itself."""

    sort: Sort
    report: str
    later: tuple[str, ...]
    stories: tuple[Story, ...]
    texts: Mapping[str, str]
    place: str = ""
    today: str = ""
    internal: bool = False


def compared(found: Comparison, texts: Mapping[str, str], report: str) -> Tale:
    """The promises of ``report`` and what the later reports say of them."""
    mine = [one for one in found.promises if one.report == report]
    asked = dict.fromkeys(one.outcome.report for one in mine if one.outcome.report)
    later = tuple(one.id for one in found.reports if one.id in asked) or tuple(
        one.id for one in found.reports if one.id > report
    )
    return Tale("compared", report, later, tuple(_of_promise(one, texts) for one in mine), texts, found.place or "")


def _of_promise(one: Promise, texts: Mapping[str, str]) -> Story:
    outcome = one.outcome
    quotes = outcome.quotes
    # What says only that the number is or is not reached says no more than the badge and the numbers.
    telling = not (outcome.numbers and one.number and one.verdict in ("met", "missed"))
    return Story(
        id=one.id,
        name=one.name,
        kind=one.kind,
        fate=one.verdict,
        place=_place(one.quote, one.number, texts),
        words=one.quote.text,
        clause=_place(one.quote, None, texts),
        answer=_place(quotes[0], None, texts) if quotes else None,
        said=_quantity(one.number) if one.number else None,
        came=tuple(map(_quantity, outcome.numbers[:2])) if quotes else (),
        outcome=_place(quotes[0], outcome.numbers[0] if outcome.numbers else None, texts) if quotes else None,
        why=outcome.because if telling and one.verdict not in ("not_reported", "pending") else "",
    )


def _place(quote: Quote, number: Number | None, texts: Mapping[str, str]) -> Place:
    """Where the number of the quoted words stands, or the words where they have none."""
    at = texts[quote.report].find(number.text, quote.start, quote.end) if number else -1
    if number is None or at < 0:
        return Place(quote.report, quote.start, quote.end)
    return Place(quote.report, at, at + len(number.text))


def _quantity(one: Number | Figure) -> Quantity:
    return Quantity(one.text, one.value, one.unit, one.value2 is not None, one.comparator, one.measure, one.direction)


def followed(found: Dossier) -> Tale:
    """The matters of a dossier with their lights; a target that was measured stands with its number."""
    facts = found.plan.document
    report = str(facts.year or "")
    figures = {one.id: one for one in found.plan.figures}
    stories = tuple(story for case in found.cases for story in _of_case(case, figures, report, found.today))
    return Tale("followed", report, (), stories, {report: found.document.text}, facts.place or "", day(found.today))


def day(one: date) -> str:
    """A day as the picture prints it."""
    return f"{one.year}年{one.month}月{one.day}日"


def fate_of(case: Case, today: date) -> str:
    """The fate of a matter by its own light: what is done, what is past its day without ever having been lit."""
    if case.progress in _DONE:
        return "done"
    late = case.matter.due is not None and case.matter.due < today
    return "overdue" if case.light.colour == "grey" and late else case.light.colour


def _of_case(case: Case, figures: Mapping[str, Figure], report: str, today: date) -> Iterator[Story]:
    if case.place is None:
        return
    matter = case.matter
    told = Story(
        id=matter.id,
        name=matter.title,
        kind=matter.kind,
        fate=fate_of(case, today),
        place=Place(report, *case.place),
        words=matter.title,
        clause=Place(report, *case.place),
        why=case.light.why if case.light.colour != "grey" else "",
        hollow=case.light.hollow,
        lead=matter.lead,
        due=day(matter.due) if matter.due else "",
    )
    measured = next((one for one in case.measured if one.points and one.target.id in figures), None)
    yield _with_reading(told, measured, figures[measured.target.id]) if measured else told


def _with_reading(told: Story, one: Measured, figure: Figure) -> Story:
    """The story with the target's own number, the newest reading, and the light that the readings give."""
    point = one.points[-1]
    unit = unit_of(one.target)
    return replace(
        told,
        name=figure.indicator.text if figure.indicator else told.name,
        place=Place(told.place.report, figure.start, figure.end),
        fate=told.fate if told.fate == "done" else one.light.colour,
        said=_quantity(figure),
        came=(Quantity(short(point.value) + unit, plain(point.value), unit),),
        when=str(point.period),
        origin="，".join(filter(None, (str(point.reading.period), point.reading.source, point.reading.evidence))),
        why=one.light.why,
        hollow=one.light.hollow,
    )
