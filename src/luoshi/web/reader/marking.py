"""The text of a report as lines of marked words: promises that lead to their items, figures, what somebody looks for.

Pure. Offsets of a plan count code points of the text; lines that a page only wrapped are joined again. Promises that
overlap are cut apart, so that no mark ever stands half within another.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

from luoshi.plan import Commitment, Figure, Plan, Section
from luoshi.source import view

_TAIL = re.compile(r"[ 。:：、，,]*")
_LONGEST_HEADING = 90


class Piece(NamedTuple):
    """Words that are marked alike: ``figure`` is the id of the innermost number, ``hit`` the nth place looked for."""

    text: str
    anchors: tuple[str, ...] = ()
    figure: str = ""
    hit: int = 0
    unread: str = ""


class Stretch(NamedTuple):
    """Pieces of one promise (``promise``, its ``kind``, the ``item`` it became), or of none."""

    pieces: tuple[Piece, ...]
    promise: str = ""
    kind: str = ""
    item: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the report; ``level`` 2 or 3 is a heading, 0 is text. ``id`` is of the section that begins."""

    level: int
    id: str
    title: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """The whole text: its lines, and how many places were found for the words looked for."""

    lines: tuple[Line, ...]
    hits: int


_Row = tuple[Section | None, bool, int, int]  # the section that begins, whether by a heading, from, to
Span = tuple[int, int, str, str]  # begin, end, what it marks (promise, figure, hit, unread), its name


def marked(text: str, plan: Plan, *, words: str = "", shown: Collection[str] | None = None) -> Marked:
    """``text`` as lines. ``words`` are looked for; of the promises only those of the items ``shown`` are marked."""
    page = _Page(text, plan, shown)
    hits = list(page.hits(words))
    return Marked(tuple(page.lines(hits)), len(hits))


def items_of(plan: Plan) -> dict[str, str]:
    """The item that each promise became, by the id of the promise."""
    return {name: item.id for item in reversed(plan.items) for name in item.commitments}


class _Page:
    def __init__(self, text: str, plan: Plan, shown: Collection[str] | None) -> None:
        seen = view(text)
        self._view = seen.text
        self._places = [seen.offset(at) for at in range(len(seen.text))]
        self._text = "".join(map(text.__getitem__, self._places))
        self._plan = plan
        self._items = items_of(plan)
        self._kinds = {one.id: one.kind for one in plan.commitments}
        self._shown = shown
        self._known: set[str] = set()

    def hits(self, words: str) -> Iterator[tuple[int, int]]:
        """Where ``words`` stand, upper or lower case; nothing where there are none."""
        if words.strip():
            found = re.finditer(re.escape(words.strip()), self._text, re.IGNORECASE)
            yield from ((one.start(), one.end()) for one in found)

    def lines(self, hits: Sequence[tuple[int, int]]) -> Iterator[Line]:
        """Every line that has words, top to bottom."""
        waiting = deque(sorted(self._spans(hits)))
        near: list[Span] = []
        heads = {self._at(one.start): one for one in self._plan.sections}
        cuts = {0, len(self._text), *heads, *(one.end() for one in re.finditer("\n", self._text))}
        for head, titled, start, end in self._rows(sorted(cuts), heads):
            near = [one for one in near if one[1] > start]
            while waiting and waiting[0][0] < end:
                near.append(waiting.popleft())
            stretches = tuple(self._stretches(near, start, end))
            if stretches or head is not None:
                title = self._text[start:end].strip() if titled else ""
                yield Line(_level(head if titled else None), head.id if head else "", title, stretches)

    def _rows(self, cuts: Sequence[int], heads: Mapping[int, Section]) -> Iterator[_Row]:
        """Stretches of the text that are a line each: a heading first where one begins, then the rest."""
        for start, end in pairwise(cuts):
            if not self._text[start:end].strip():
                continue
            head = heads.get(start)
            body = self._heading_end(start, end, head) if head else start
            titled = head is not None and body > start
            if titled:
                yield head, True, start, body
            if self._text[body:end].strip():
                yield None if titled else head, False, body, end

    def _heading_end(self, start: int, end: int, head: Section) -> int:
        """Where the heading ends that ``head`` was found by; ``start`` where this line has none."""
        longest = min(end, start + _LONGEST_HEADING + len(head.title))
        found = self._view.find(head.title, start, longest) if head.title else -1
        if found < 0:
            return start
        tail = _TAIL.match(self._text, found + len(head.title), end)
        return tail.end() if tail else found + len(head.title)

    def _at(self, offset: int) -> int:
        return bisect_left(self._places, offset)

    def _spans(self, hits: Iterable[tuple[int, int]]) -> Iterator[Span]:
        yield from ((*self._span(one), "promise", one.id) for one in self._plan.commitments if self._is_shown(one))
        yield from ((*self._span(one), "figure", one.id) for one in self._plan.figures)
        yield from ((begin, end, "hit", str(nth)) for nth, (begin, end) in enumerate(hits, 1))
        yield from ((self._at(one.start), self._at(one.end), "unread", one.why) for one in self._plan.unread)

    def _span(self, one: Commitment | Figure) -> tuple[int, int]:
        return self._at(one.start), self._at(one.end)

    def _is_shown(self, one: Commitment) -> bool:
        return self._shown is None or self._items.get(one.id, "") in self._shown

    def _stretches(self, spans: Sequence[Span], start: int, end: int) -> Iterator[Stretch]:
        """The words between two places, cut wherever a mark begins or ends, put together by promise."""
        cuts = {start, end}
        cuts.update(place for begin, stop, _, _ in spans for place in (begin, stop) if start < place < end)
        flat = [(self._inner(spans, begin, stop), begin, stop) for begin, stop in pairwise(sorted(cuts))]
        for promise, run in groupby(flat, key=lambda one: one[0].get("promise", "")):
            pieces = tuple(self._piece(inner, begin, stop) for inner, begin, stop in run)
            if "".join(one.text for one in pieces).strip("\n"):
                first = any(f"c-{promise}" in one.anchors for one in pieces)
                yield Stretch(pieces, promise, self._kinds.get(promise, ""), self._items.get(promise, ""), first)

    def _inner(self, spans: Sequence[Span], begin: int, stop: int) -> dict[str, str]:
        """The innermost of each kind of mark around ``[begin, stop)``: the one that begins last."""
        return {what: name for first, last, what, name in spans if first <= begin and stop <= last and first < last}

    def _piece(self, inner: Mapping[str, str], begin: int, stop: int) -> Piece:
        named = {"c": inner.get("promise", ""), "f": inner.get("figure", ""), "hit": inner.get("hit", "")}
        fresh = tuple(f"{letter}-{name}" for letter, name in named.items() if name)
        anchors = tuple(name for name in fresh if name not in self._known)
        self._known.update(anchors)
        words = self._text[begin:stop].strip("\n")
        return Piece(words, anchors, named["f"], int(inner.get("hit", 0)), inner.get("unread", ""))


def _level(head: Section | None) -> int:
    return 0 if head is None else 2 if head.parent is None else 3
