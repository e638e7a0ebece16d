"""Which words name what a number measures: 规模以上工业增加值【增长7.5%】, 新建【5所】小学.

A number's noun stands behind a count (5个项目), else before it; with neither, the number speaks of what the one before
it measured (58.87万户、【增长12.6%】). Under 分别 every number has its own noun, or all share one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from luoshi.amounts import split
from luoshi.read.numbers import Number
from luoshi.read.phrases import Span, act, before, behind, deed, listed, trimmed
from luoshi.read.words import table

_LONGEST_LEFT = 60
_SHARES = frozenset(("%", "‰", "百分点", "倍", ""))
_CAPACITY = frozenset(("mass", "power", "volume", "area", "length", "energy"))


@dataclass(frozen=True, slots=True)
class Place:
    """A number in its clause: ``floor`` is where its own words may begin, ``tail`` where those behind it begin.

    ``stop`` is the end of its clause or the next number; ``run`` counts the numbers that stand in a row with nothing
    but 、 between them, ``place`` is this one's place among them; ``limit`` is where a threshold right in front begins
    (【100亿元】以上项目5个), −1 without one.
    """

    number: Number
    floor: int
    tail: int
    stop: int
    sentence: int
    run: int
    place: int
    limit: int


class Namer:
    """Names the numbers of a text in order; one without words of its own takes those of the one before."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sentence = -1
        self._named: list[Span] = []
        self._latest: list[Span] = []
        self._heads: Sequence[Span] = ()
        self._used = 0

    def name(self, place: Place) -> Span | None:
        """The span of the words that name what the number at ``place`` measures; None if there are none."""
        if place.sentence != self._sentence:
            self._sentence, self._named, self._heads = place.sentence, [], ()
            self._latest = []
        if place.place and self._heads:
            found: Span | None = self._heads[min(place.place, len(self._heads) - 1)]
        else:
            self._heads = ()
            found = self._find(place)
        if found is not None:
            self._named.append(found)
            self._latest = [*(self._latest if place.place else ()), found]
        return found

    def _find(self, place: Place) -> Span | None:
        if place.limit >= 0 and _dimension(place.number.unit) == "count":
            return place.limit, trimmed(self._text, place.limit, place.number.start)
        if place.number.unit in _times() and (done := act(self._text, place.tail, place.stop)):
            return done
        start = max(place.floor, min(self._used, place.number.start), place.number.start - _LONGEST_LEFT)
        left = before(self._text, start, place.number.start)
        right = self._right(place, left)
        if right:
            self._used = right[1]
            return right
        if place.run > 1:
            return self._shared(place, start, left)
        if left or self._text[place.floor : place.floor + 1] == "、":
            return left or self._last()
        return deed(self._text, start, place.number.start) or self._last()

    def _last(self) -> Span | None:
        return self._named[-1] if self._named else None

    def _right(self, place: Place, left: Span | None) -> Span | None:
        """The noun behind the number, where that is the one it counts."""
        number, linked = place.number, self._text[place.tail : place.tail + 1] == "的"
        if number.form not in ("amount", "range", "share"):
            return None
        kind = _dimension(number.unit)
        if number.unit in _SHARES:
            over = place.tail > number.end and (linked or left is None or place.floor == number.start)
            wanted = over or (left is None and (linked or not self._named))
        else:
            wanted = kind == "count" or left is None or (kind in _CAPACITY and not linked)
        found = behind(self._text, place.tail, place.stop) if wanted else None
        return found if found and (kind == "count" or found[1] - found[0] > 1) else None

    def _shared(self, place: Place, start: int, left: Span | None) -> Span | None:
        """The first name of a list of numbers; the others' wait in ``_heads``."""
        if left is None:
            # A second list goes by the first, number by number; else by the names that came last.
            alike = len(self._latest) == place.run
            latest = self._latest if alike else list(dict.fromkeys(self._named))[-place.run :]
            self._heads = (
                latest if len(latest) == place.run and "分别" in self._text[start : place.number.start] else ()
            )
            return self._heads[0] if self._heads else self._last()
        self._heads = listed(self._text, (start, left[1]), place.run) or listed(self._text, left, place.run) or (left,)
        return self._heads[0]


@cache
def _dimension(unit: str) -> str:
    known = split(unit)
    return known[1].dimension if known else ""


@cache
def _times() -> frozenset[str]:
    return frozenset(table("naming")["times"]["units"])
