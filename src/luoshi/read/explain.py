"""Why a place of a report was read as it was: the rule, the words and the row of data behind every finding there.

The reading itself carries no explanations; this module reads once more and asks each part for its reasons.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from luoshi.plan.model import Commitment, Figure, Item, Plan, Section
from luoshi.read import judge, kinds, measures, read
from luoshi.read.clauses import Stretch, stretches
from luoshi.read.figures import Found, figures
from luoshi.read.numbers import numbers
from luoshi.read.parts import Part, parts
from luoshi.source import Document, View, view
from luoshi.source.outline import Outline, outline

Thing = Literal["figure", "commitment", "item", "rung", "unread"]

_STRONGEST = 8


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the reading: ``what`` it decided, the ``words`` that decided, the data ``file`` with their row."""

    what: str
    words: str
    file: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding at the place: what it is, its id, its words ``text[start:end]``, what it says, and why."""

    thing: Thing
    id: str
    start: int
    end: int
    text: str
    says: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """A place of the text: the sections around it (outermost first), its sentence, and every finding there."""

    at: int
    sections: tuple[Section, ...]
    sentence: str
    found: tuple[Explained, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    document: Document
    plan: Plan
    view: View
    outline: Outline
    parts: tuple[Part, ...]


def explain(document: Document, at: int) -> Why:
    """What was read at the character ``at`` of ``document.text`` (0 ≤ ``at`` < its length), and why."""
    seen = view(document.text)
    skeleton = outline(seen.text)
    reading = _Reading(document, read(document), seen, skeleton, parts(seen.text, skeleton))
    found = (*_figures(reading, at), *_commitments(reading, at), *_rest(reading, at))
    around = tuple(one for one in reading.plan.sections if one.start <= at < one.end)
    return Why(at, around, _sentence(reading, at), found)


def _sentence(reading: _Reading, at: int) -> str:
    for sentence in reading.outline.sentences:
        start, end = reading.view.span(sentence.head, sentence.end)
        if start <= at < end:
            return reading.document.text[start:end].strip()
    return ""


def _figures(reading: _Reading, at: int) -> Iterator[Explained]:
    text = reading.view.text
    found = figures(text, numbers(text))
    for figure, one in zip(reading.plan.figures, found, strict=True):
        named = figure.indicator
        if figure.start <= at < figure.end or (named and named.start <= at < named.end):
            yield Explained(
                "figure",
                figure.id,
                figure.start,
                figure.end,
                figure.text,
                _says(figure),
                tuple(_because(figure, one, text)),
            )


def _says(figure: Figure) -> str:
    value = figure.value if figure.value2 is None else f"{figure.value}–{figure.value2}"
    said = (f"{value} {figure.unit}".strip(), figure.comparator, figure.measure, figure.direction, figure.tense)
    return " · ".join(word for word in said if word)


def _because(figure: Figure, one: Found, text: str) -> Iterator[Reason]:
    yield Reason("number", one.number.form, "numbers.toml")
    if figure.unit:
        yield Reason("unit", figure.unit, "units.csv")
    for what, words, file in measures.because(text, one.floor, one.number):
        yield Reason(what, words, file)
    if figure.indicator:
        yield Reason("indicator", figure.indicator.text, "naming.toml")
        if figure.indicator.code:
            yield Reason("catalogue", f"{figure.indicator.name} ({figure.indicator.code})", "indicators.csv")
    if figure.period:
        days = f" {figure.period.begin}–{figure.period.until}" if figure.period.begin else ""
        yield Reason("period", figure.period.text + days, "periods.toml")
    if figure.hedge:
        yield Reason("hedge", figure.hedge, "tense.toml")
    yield Reason("tense", figure.tense, "roles.toml, tense.toml")


def _commitments(reading: _Reading, at: int) -> Iterator[Explained]:
    clauses = list(stretches(reading.view.text, reading.outline, reading.parts))
    for commitment, clause in zip(reading.plan.commitments, clauses, strict=True):
        if commitment.start <= at < commitment.end:
            said = f"{commitment.kind} · {commitment.strength}"
            reasons = tuple(_judged(reading, commitment, clause))
            yield Explained(
                "commitment", commitment.id, commitment.start, commitment.end, commitment.text, said, reasons
            )
            yield from _items(reading, commitment)


def _judged(reading: _Reading, commitment: Commitment, clause: Stretch) -> Iterator[Reason]:
    words = reading.view.text[clause.core : clause.end]
    role = reading.parts[clause.part].role
    yield Reason("score", f"{judge.score(words, clause, role):+.2f}", "weights.csv")
    for feature, word, weight in judge.because(words, clause, role)[:_STRONGEST]:
        yield Reason("weight", f"{weight:+.2f} {feature} {word}", "weights.csv")
    if commitment.kind != "slogan":
        rest = judge.bare(judge.plain(words), judge.lexicon())[1]
        name = commitment.rule.removeprefix("clause.")
        yield Reason("kind", f"{name}: {kinds.because(rest, name)}", "kinds.toml")
    due = commitment.deadline
    if due.date or due.text:
        yield Reason("deadline", f"{due.date or ''} {due.text or ''} ({due.basis})".strip(), "periods.toml, kinds.toml")


def _items(reading: _Reading, commitment: Commitment) -> Iterator[Explained]:
    for item in reading.plan.items:
        if commitment.id in item.commitments:
            yield Explained(
                "item", item.id, commitment.start, commitment.end, item.title, item.kind, tuple(_matter(item))
            )


def _matter(item: Item) -> Iterator[Reason]:
    yield Reason("commitments", ", ".join(item.commitments), "items")
    if item.lead:
        yield Reason("lead", f"{item.lead.unit} ({item.lead.basis}) {item.lead.why or ''}".strip(), "units.csv")


def _rest(reading: _Reading, at: int) -> Iterator[Explained]:
    for nth, rung in enumerate(reading.plan.ladder, 1):
        if rung.start <= at < rung.end or any(one.start <= at < one.end for one in rung.members):
            members = "、".join(member.text for member in rung.members)
            reasons = (Reason("ladder", members or str(rung.count), "ladder.toml"),)
            yield Explained("rung", f"l{nth}", rung.start, rung.end, rung.text, str(rung.count), reasons)
    stretches_ = reading.plan.unread
    place = bisect_left(stretches_, at + 1, key=lambda one: one.start) - 1
    if place >= 0 and stretches_[place].start <= at < stretches_[place].end:
        one = stretches_[place]
        text = reading.document.text[one.start : one.end]
        yield Explained(
            "unread", f"u{place + 1}", one.start, one.end, text, one.why, (Reason("unread", one.why, "coverage.toml"),)
        )
