"""Quoted words found again in a text: by the words, and where they stand more than once, by what stands around them.

Blanks, line ends and full-width forms make no difference, so that words copied from a printed page or from another
version of the file are still found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from luoshi.source import Span, fold

_LEAST = 2


class Quote(NamedTuple):
    """Words of a text, with a little of what stands before and behind them."""

    words: str
    before: str = ""
    after: str = ""


class Quotes:
    """A text in which quotes are looked for."""

    def __init__(self, text: str) -> None:
        folded = fold(text)
        self._places = [at for at, char in enumerate(folded) if not char.isspace()]
        self._plain = "".join(folded[at] for at in self._places)

    def find(self, quote: Quote) -> list[Span]:
        """Where ``quote`` stands: one place if it is clear which is meant, several if not, none if there is none.

        Words that stand once are found whatever changed on one side of them, but not if both sides are foreign. Of
        several places the one is meant whose surroundings agree furthest with ``before`` and ``after``.
        """
        before, after = _squeezed(quote.before), _squeezed(quote.after)
        size = len(_squeezed(quote.words))
        found = [(self._agreement(at, at + size, before, after), at) for at in self._all(quote.words)]
        if not found or not (before or after):
            return [self._span(at, size) for _, at in found]
        best = max(agreed for agreed, _ in found)
        if best < min(_LEAST, max(len(before), len(after))):
            return []
        return [self._span(at, size) for agreed, at in found if agreed == best]

    def nearest(self, words: str, place: int, within: int) -> Span | None:
        """The place of ``words`` nearest to ``place``, at most ``within`` characters away."""
        size = len(_squeezed(words))
        near = min((self._span(at, size) for at in self._all(words)), key=lambda s: abs(s.start - place), default=None)
        return near if near and abs(near.start - place) <= within else None

    def _all(self, words: str) -> Iterator[int]:
        wanted = _squeezed(words)
        at = self._plain.find(wanted) if wanted else -1
        while at >= 0:
            yield at
            at = self._plain.find(wanted, at + 1)

    def _span(self, at: int, size: int) -> Span:
        return Span(self._places[at], self._places[at + size - 1] + 1)

    def _agreement(self, start: int, end: int, before: str, after: str) -> int:
        """How many characters next to ``start`` and ``end`` are those of the context."""
        left = self._plain[max(0, start - len(before)) : start]
        return _common(left[::-1], before[::-1]) + _common(self._plain[end : end + len(after)], after)


def _squeezed(words: str) -> str:
    return "".join(fold(words).split())


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
