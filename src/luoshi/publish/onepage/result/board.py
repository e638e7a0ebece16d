"""What the result picture shows, as a tree whose leaves say where they come from (see :mod:`..board`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from luoshi.publish.onepage.board import Count, Label, Ordinal

Side = Literal["said", "came"]


@dataclass(frozen=True, slots=True)
class Cited:
    """Words of the report ``report`` from ``start`` to ``end``; ``strong`` and ``loose`` as in a quote of a plan."""

    text: str
    report: str
    start: int
    end: int
    strong: tuple[tuple[int, int], ...] = ()
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of the story ``story``: what was said, or what came of it (``at`` counts those from 0)."""

    text: str
    unit: str
    story: str
    side: Side
    at: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """A fact of the story ``story`` in words that were given with it: why, when, who, where a reading is from."""

    text: str
    story: str
    member: Literal["why", "when", "lead", "due", "origin"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A member of what is known of a report: its year, title, file, fingerprint; of the whole: place, today."""

    text: str
    report: str
    member: Literal["place", "year", "source", "sha256", "today"]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where words stand in the report ``report``: the first character, counted from 1."""

    value: int
    report: str
    start: int

    @property
    def text(self) -> str:
        return str(self.value)


Leaf = Label | Count | Ordinal | Cited | Amount | Given | Fact | Seat


@dataclass(frozen=True, slots=True)
class Badge:
    """What became of a promise: a shape, the sign in it, a colour of the theme, and the word.

    ``hollow``: a light that rests on the unit's own word alone; it is drawn as a ring.
    """

    shape: str
    sign: Label
    colour: str
    word: Label
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A number with the words before and after it."""

    amount: Amount
    before: tuple[Label, ...] = ()
    after: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """One indicator: what was said and what came of it, each with the note of its sentence."""

    story: str
    name: Cited
    badge: Badge
    said: Told
    came: tuple[Told, ...]
    said_note: Ordinal
    came_note: Ordinal
    when: Given | None = None
    why: Given | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One promise in words: what was said, what came of it (``came``), and why it is judged so."""

    story: str
    badge: Badge
    words: Cited
    said_note: Ordinal
    came: Cited | None = None
    came_note: Ordinal | None = None
    why: Given | None = None
    lead: Given | None = None
    due: Given | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, how many promises belong under it, those that are shown, how many stand ``above``, how many more."""

    heading: Label
    total: Count
    above: Count | None = None
    cards: tuple[Pair, ...] = ()
    rows: tuple[Pair, ...] = ()
    lines: tuple[Entry, ...] = ()
    more: Count | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How many promises had one fate."""

    badge: Badge
    count: Count


@dataclass(frozen=True, slots=True)
class Note:
    """Where something stands: its number, the report and the place in it, and its sentence; or a reading's origin."""

    ordinal: Ordinal
    report: Fact | None
    place: Seat | None
    sentence: Cited | Given


@dataclass(frozen=True, slots=True)
class Source:
    """A report that the picture rests on."""

    year: Fact
    file: Fact
    fingerprint: Fact


@dataclass(frozen=True, slots=True)
class Kept:
    """The whole picture, top to bottom."""

    place: Fact | None
    heading: tuple[Fact | Label, ...]
    as_of: tuple[Fact | Label, ...]
    total: Count
    unit: Label
    shares: tuple[Share, ...]
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]
    hint: Label
    how: Label
    rest: Label
    sources: tuple[Source, ...]
