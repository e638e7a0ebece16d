"""What the picture shows, before it is drawn: a tree whose leaves say where every word and number came from.

Nothing reaches the template but a leaf of this tree, and :mod:`luoshi.publish.onepage.truth` walks every leaf.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Label:
    """Our own words, from ``wording.toml``; they hold no number."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the document from ``start`` to ``end``, cleaned and perhaps cut (``…``).

    ``strong`` are stretches of ``text`` that are numbers of the plan; ``loose`` marks a title that the plan composed
    itself: its words may differ from the text, its numbers may not.
    """

    text: str
    start: int
    end: int
    strong: tuple[tuple[int, int], ...] = ()
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Stamp:
    """A member of the plan's ``document``: year, place, title, fingerprint …"""

    text: str
    member: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of something in the plan; ``of`` names it (see ``truth.recount``)."""

    value: int
    of: str

    @property
    def text(self) -> str:
        return str(self.value)


@dataclass(frozen=True, slots=True)
class Number:
    """The figure ``figure`` of the plan as the report writes it: ``text`` then ``unit``."""

    figure: str
    text: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A running number of our own, from 1: a note's or a list's."""

    value: int

    @property
    def text(self) -> str:
        return str(self.value)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the figure ``figure`` stands in the document's text: its first character, counted from 1."""

    value: int
    figure: str

    @property
    def text(self) -> str:
        return str(self.value)


@runtime_checkable
class _Counted(Protocol):
    """A leaf whose text is its ``value``."""

    @property
    def value(self) -> int: ...

    @property
    def text(self) -> str: ...


Leaf = Label | Quote | Stamp | Count | Number | Ordinal | Spot
Words = Label | Quote | Stamp


@dataclass(frozen=True, slots=True)
class Value:
    """A number with the words around it (突破 · 500亿元 · 以上); ``arrow`` is ``up``, ``down`` or empty."""

    number: Number
    before: tuple[Words, ...] = ()
    after: tuple[Words, ...] = ()
    arrow: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One indicator: name, number (with 分别 two), the rates beside it, and the note with its sentence.

    ``tags`` are what the number is subject to: 预计, 到2026年.
    """

    name: Quote
    values: tuple[Value, ...]
    beside: tuple[Value, ...] = ()
    tags: tuple[Quote, ...] = ()
    note: Ordinal | None = None
    hero: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What kind of matter a line is: a shape and a word, never a colour alone."""

    shape: str
    word: Label


@dataclass(frozen=True, slots=True)
class Line:
    """One matter: its mark, its words, by when, words about its strength (争取, 配合), the note of its numbers."""

    mark: Mark
    title: Quote
    deadline: Quote | None = None
    strength: Label | None = None
    ordinal: Ordinal | None = None
    note: Ordinal | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of the number ladder."""

    count: Count
    words: Quote
    members: tuple[Quote, ...] = ()
    short: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the picture: heading, cards, lines, and how many matters the report has there in all."""

    heading: Words
    cards: tuple[Card, ...] = ()
    rows: tuple[Card, ...] = ()
    lines: tuple[Line, ...] = ()
    badge: Quote | None = None
    total: Count | None = None
    more: Count | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """Themes that belong together under one heading (those of the five years, those of the year)."""

    heading: Words
    themes: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Where a number stands: its running number, its place in the text, and its sentence."""

    ordinal: Ordinal
    place: Spot
    sentence: Quote


@dataclass(frozen=True, slots=True)
class Tally:
    """A count with its name."""

    count: Count
    name: Label


@dataclass(frozen=True, slots=True)
class Board:
    """The whole picture, top to bottom."""

    title: Stamp | Label
    place: Stamp | None = None
    year: Stamp | None = None
    term: Stamp | None = None
    tallies: tuple[Tally, ...] = ()
    ladder: tuple[Step, ...] = ()
    reviews: tuple[Panel, ...] = ()
    targets: tuple[Panel, ...] = ()
    livelihood: tuple[Panel, ...] = ()
    tasks: tuple[Chapter, ...] = ()
    titles: Panel | None = None
    marks: tuple[Mark, ...] = ()
    notes: tuple[Note, ...] = ()
    sources: tuple[Stamp, ...] = ()

    @property
    def lists(self) -> tuple[Panel, ...]:
        """The panels of matters, in their order."""
        themes = tuple(theme for chapter in self.tasks for theme in chapter.themes)
        return (*themes, *self.livelihood, *((self.titles,) if self.titles else ()))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show but the head and the foot."""
        return not (self.ladder or self.reviews or self.targets or self.livelihood or self.tasks or self.titles)


def leaves(node: object, kinds: Any = Leaf) -> Iterator[Any]:
    """Every leaf under ``node``, in reading order; ``kinds`` are the types that are leaves."""
    if isinstance(node, kinds):
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from leaves(part, kinds)
    elif dataclasses.is_dataclass(node):
        for field in dataclasses.fields(node):
            yield from leaves(getattr(node, field.name), kinds)


def payload(node: object) -> Any:
    """``node`` as plain lists, dictionaries and strings: what the template gets."""
    if isinstance(node, tuple):
        return [payload(part) for part in node]
    if dataclasses.is_dataclass(node):
        shown = {field.name: payload(getattr(node, field.name)) for field in dataclasses.fields(node)}
        return {"text": node.text} if isinstance(node, _Counted) else shown
    return node
