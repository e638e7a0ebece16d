"""The report's text with its items beside it: rows of marked words, and beside each the items that it gave rise to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, get_args

from luoshi.plan import Commitment, Figure, Plan, Section
from luoshi.plan.model import Kind
from luoshi.publish.dossier import Dossier
from luoshi.publish.site.cards import Card
from luoshi.publish.site.frame import File, Frame
from luoshi.publish.site.naming import slug
from luoshi.source import Document, view

_TAIL = re.compile(r"[ 。:：、，,]*")
_LONGEST_HEADING = 90


class Piece(NamedTuple):
    """Words that are marked alike; ``anchors`` are ids that begin here. ``figure`` is the id of a number, or empty."""

    text: str
    anchors: tuple[str, ...] = ()
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Plain words, or those of one commitment (``id``, ``kind``), with the place beside the text that they lead to."""

    pieces: tuple[Piece, ...]
    id: str = ""
    kind: str = ""
    card: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the report: its ``heading`` with ``level`` (0: none) and ``id``, its text, the items beside it.

    ``anchors`` are ids that cannot stand at their own words: those within the heading, or within another promise.
    """

    heading: str
    level: int
    id: str
    anchors: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    cards: tuple[Card, ...]


def report_page(site: Frame, open_: Dossier, cards: Sequence[Card]) -> File:
    """The page of the report."""
    made = tuple(Reader(open_.document, open_.plan, cards).rows())
    seen = {one.kind for row in made for one in row.stretches if one.kind}
    kinds = [one for one in get_args(Kind) if one in seen]
    return site.page("report.html", "report.html", rows=made, kinds=kinds, contents=[row for row in made if row.level])


class Reader:
    """Cuts the text into rows and the rows into marked words. Works on the view in which wrapped lines are joined."""

    def __init__(self, document: Document, plan: Plan, cards: Sequence[Card]) -> None:
        seen = view(document.text)
        self._view = seen.text
        self._places = [seen.offset(at) for at in range(len(seen.text))]
        self._text = "".join(document.text[place] for place in self._places)
        self._sections = plan.sections
        self._all = plan.commitments
        self._clauses = _apart(plan.commitments)
        self._figures = sorted(plan.figures, key=lambda one: (one.start, one.end))
        self._beside = {name: one.id for one in reversed(cards) for name in _own(one)}
        self._cards = sorted((one for one in cards if one.case.place), key=_begins)

    def rows(self) -> Iterator[Row]:
        """Every line that has text, top to bottom."""
        heads = {self._at(one.start): one for one in self._sections}
        cuts = {0, len(self._text), *heads}
        cuts |= {m.end() for m in re.finditer("\n", self._text)}
        for start, end in pairwise(sorted(cuts)):
            head = heads.get(start)
            body = self._heading_end(start, end, head) if head else start
            if self._text[start:end].strip():
                yield self._row(start, body, end, head)

    def _row(self, start: int, body: int, end: int, head: Section | None) -> Row:
        titled = head is not None and body > start
        return Row(
            self._text[start:body].strip() if titled else "",
            (2 if head.parent is None else 3) if head is not None and titled else 0,
            head.id if head else "",
            tuple(self._set_aside(start, body, end)),
            tuple(self._stretches(body, end)),
            tuple(one for one in self._cards if start <= self._at(_begins(one)) < end),
        )

    def _set_aside(self, start: int, body: int, end: int) -> Iterator[str]:
        """Ids of numbers and promises that begin in the heading, and of promises that begin within another."""
        marked = {one.id for one in self._clauses}
        both: tuple[Commitment | Figure, ...] = (*self._all, *self._figures)
        for one in both:
            at = self._at(one.start)
            inside = isinstance(one, Commitment) and one.id not in marked
            if start <= at < body or (inside and start <= at < end):
                yield one.id

    def _at(self, offset: int) -> int:
        return bisect_left(self._places, offset)

    def _heading_end(self, start: int, end: int, head: Section) -> int:
        """Where the heading ends that ``head`` was found by; ``start`` where it has none in this line."""
        if not head.title:
            return start
        found = self._view.find(head.title, start, min(end, start + _LONGEST_HEADING + len(head.title)))
        if found < 0:
            return start
        tail = _TAIL.match(self._text, found + len(head.title), end)
        return tail.end() if tail else found + len(head.title)

    def _stretches(self, start: int, end: int) -> Iterator[Stretch]:
        """The text between two places: plain stretches and commitments in turn."""
        at = start
        first = bisect_left(self._clauses, self._places[start] if start < len(self._places) else 0, key=_start)
        for one in self._clauses[first:]:
            begin, stop = self._at(one.start), min(self._at(one.end), end)
            if begin >= end:
                break
            if begin > at:
                yield Stretch(tuple(self._pieces(at, begin)))
            card = self._beside.get(one.id, "")
            yield Stretch(tuple(self._pieces(begin, stop)), one.id, one.kind, f"i-{slug(card)}" if card else "")
            at = stop
        if at < end and self._text[at:end].strip():
            yield Stretch(tuple(self._pieces(at, end)))

    def _pieces(self, start: int, end: int) -> Iterator[Piece]:
        """Words between two places, each number a piece of its own. One that begins inside another is an anchor."""
        at = start
        first = bisect_left(self._figures, self._places[start], key=_start)
        for one in self._figures[first:]:
            begin, stop = self._at(one.start), min(self._at(one.end), end)
            if begin >= end:
                break
            if begin < at:
                yield Piece("", (one.id,))
                continue
            if begin > at:
                yield Piece(self._text[at:begin].strip("\n"))
            yield Piece(self._text[begin:stop], (one.id,), one.id)
            at = stop
        if at < end:
            yield Piece(self._text[at:end].strip("\n"))


def _apart(found: Sequence[Commitment]) -> list[Commitment]:
    """Commitments in the order of the text, without those that lie inside another."""
    made: list[Commitment] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not made or one.start >= made[-1].end:
            made.append(one)
    return made


def _own(card: Card) -> Iterator[str]:
    return (one.id for one in card.case.commitments)


def _begins(card: Card) -> int:
    return card.case.place[0] if card.case.place else 0


def _start(one: Commitment | Figure) -> int:
    return one.start
