"""Why a place of a report was read as it was: the rule, the words and the row of data behind every finding there.

The reading itself carries no explanations, so it is no slower for them; this module reads once more and asks each part
for its reasons (``reasons`` for figures, ``grounds`` for the rest).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from luoshi.plan.model import Commitment, Figure, Plan, Section
from luoshi.read import read
from luoshi.read.clauses import stretches
from luoshi.read.facts import facts
from luoshi.read.figures import figures
from luoshi.read.grounds import item_reasons, promise_reasons, role_reason, rung_reasons, unread_reason
from luoshi.read.numbers import numbers
from luoshi.read.parts import Part, part_at, parts
from luoshi.read.reasons import Reason, figure_reasons
from luoshi.read.voices import outside, voices
from luoshi.source import Document, Span, View, fold, view
from luoshi.source.outline import Outline, Sentence, outline

__all__ = ["Around", "Explained", "Reason", "Why", "explain", "places"]

Thing = Literal["figure", "commitment", "item", "rung", "unread"]


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding at the place: what it is, its id and rule, its words ``text[start:end]``, what it says, and why."""

    thing: Thing
    id: str
    start: int
    end: int
    text: str
    rule: str
    says: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """A section around the place, and why it has its role."""

    section: Section
    reason: Reason


@dataclass(frozen=True, slots=True)
class Why:
    """A place of the text: the sections around it (outermost first), its sentence, and every finding there."""

    at: int
    sections: tuple[Around, ...]
    sentence: str
    found: tuple[Explained, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    document: Document
    plan: Plan
    view: View
    outline: Outline
    parts: tuple[Part, ...]
    at: int
    end: int

    def meets(self, start: int, end: int) -> bool:
        """Whether a stretch of the document lies, in part, at the place."""
        return start < self.end and self.at < end

    def here(self) -> int:
        """The place in the view."""
        return bisect_right(range(len(self.view.text)), self.at, key=self.view.offset) - 1

    def sentence(self, position: int) -> Sentence | None:
        """The sentence around a place of the view."""
        at = bisect_right(self.outline.sentences, position, key=lambda one: one.start) - 1
        one = self.outline.sentences[at] if at >= 0 else None
        return one if one and position < one.end else None


def places(document: Document, words: str) -> list[Span]:
    """Where ``words`` stand in the text, in order; else where they stand but for blanks, line ends and wide forms."""
    exact = [Span(at, at + len(words)) for at in _starts(document.text, words)]
    if exact:
        return exact
    seen, wanted = view(document.text), "".join(fold(words).split())
    kept = [at for at, char in enumerate(seen.text) if not char.isspace()]
    plain = "".join(seen.text[at] for at in kept)
    return [seen.span(kept[at], kept[at + len(wanted) - 1] + 1) for at in _starts(plain, wanted)]


def _starts(text: str, words: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def explain(document: Document, at: int, end: int | None = None) -> Why:
    """What was read at the character ``at`` of ``document.text`` (0 ≤ ``at`` < its length), and why.

    With ``end``, every figure, commitment, item and rung that meets the stretch from ``at`` to ``end`` is explained.
    """
    seen = view(document.text)
    skeleton = outline(seen.text)
    reading = _Reading(document, read(document), seen, skeleton, parts(seen.text, skeleton), at, max(end or 0, at + 1))
    found = (*_figures(reading), *_commitments(reading), *_rungs(reading), *_unread(reading))
    sentence = reading.sentence(reading.here())
    words = document.text[slice(*seen.span(sentence.head, sentence.end))].strip() if sentence else ""
    return Why(at, tuple(_around(reading)), words, found)


def _around(reading: _Reading) -> Iterator[Around]:
    by_id = {part.id: part for part in reading.parts}
    for section in reading.plan.sections:
        if section.start <= reading.at < section.end:
            part = by_id[section.id]
            reason = role_reason(part, by_id.get(part.parent or ""), reading.view.text)
            yield Around(section, reason)


def _figures(reading: _Reading) -> Iterator[Explained]:
    text = reading.view.text
    found = figures(text, numbers(text))
    about = facts(text, reading.outline, reading.document.source)
    for figure, one in zip(reading.plan.figures, found, strict=True):
        named = figure.indicator
        if reading.meets(figure.start, figure.end) or (named and reading.meets(named.start, named.end)):
            sentence = reading.sentence(one.number.start)
            start = sentence.head if sentence else one.floor
            reasons = tuple(figure_reasons(figure, one, text, about, start))
            yield _explained("figure", figure, _amount(figure), reasons)


def _amount(figure: Figure) -> str:
    value = figure.value if figure.value2 is None else f"{figure.value}–{figure.value2}"
    return f"{value} {figure.unit}".strip()


def _explained(thing: Thing, one: Figure | Commitment, says: str, reasons: Iterable[Reason]) -> Explained:
    return Explained(thing, one.id, one.start, one.end, one.text, one.rule, says, tuple(reasons))


def _commitments(reading: _Reading) -> Iterator[Explained]:
    text, said = reading.view.text, voices(reading.view.text, reading.outline, reading.parts)
    clauses = list(stretches(text, reading.outline, reading.parts, outside(said)))
    for one, clause in zip(reading.plan.commitments, clauses, strict=True):
        if reading.meets(one.start, one.end):
            part = reading.parts[clause.part]
            titles = [other.title for other in _above(reading, part)]
            reasons = promise_reasons(one, clause, text, part, titles)
            yield _explained("commitment", one, one.kind, reasons)
            yield from _items(reading, one)


def _above(reading: _Reading, part: Part) -> Iterator[Part]:
    """The parts around ``part``, innermost first."""
    by_id = {one.id: one for one in reading.parts}
    while part.parent is not None:
        part = by_id[part.parent]
        yield part


def _items(reading: _Reading, one: Commitment) -> Iterator[Explained]:
    for item in reading.plan.items:
        if one.id in item.commitments:
            reasons = tuple(item_reasons(item, one.kind))
            yield Explained("item", item.id, one.start, one.end, item.title, "", item.kind, reasons)


def _rungs(reading: _Reading) -> Iterator[Explained]:
    for nth, rung in enumerate(reading.plan.ladder, 1):
        stands = [(rung.start, rung.end), *((one.start, one.end) for one in rung.members)]
        if any(reading.meets(*stretch) for stretch in stands):
            reasons = tuple(rung_reasons(rung))
            yield Explained("rung", f"l{nth}", rung.start, rung.end, rung.text, "", str(rung.count), reasons)


def _unread(reading: _Reading) -> Iterator[Explained]:
    every = reading.plan.unread
    nth = bisect_left(every, reading.at + 1, key=lambda one: one.start) - 1
    if nth < 0 or reading.at >= every[nth].end:
        return
    one, here = every[nth], reading.here()
    at = part_at(reading.parts, here)
    reason = unread_reason(one, here, reading.outline, reading.parts[at] if at >= 0 else None, reading.plan.voices)
    text = reading.document.text[one.start : one.end]
    yield Explained("unread", f"u{nth + 1}", one.start, one.end, text, "", one.why, (reason,))
