"""The coverage map: every character that became neither figure, commitment nor heading, and why (``coverage.toml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from luoshi.plan.model import Unread
from luoshi.read.words import table

Span = tuple[int, int]
Told = tuple[int, int, str]
_WORD = re.compile(r"\w")


def unread(
    length: int, covered: Iterable[Span], asides: Iterable[Told], parts: Sequence[Told], text: str
) -> tuple[Unread, ...]:
    """The stretches of ``text[:length]`` outside ``covered``, each with its reason, in text order.

    ``asides`` (start, end, why) say why themselves (a slogan, a lead title, a page number); elsewhere the role of the
    innermost of ``parts`` (start, end, role) does. Marks and blanks join the stretch beside them; between two covered
    stretches they are ``mark``. ``covered`` and the stretches together hold every character, no stretch a covered one.
    """
    rules = table("coverage")
    reasons = _reasons(asides, parts, length)
    made: list[Unread] = []
    for first, end in _gaps(covered, length):
        start, at, last = first, first, ""
        while reasons[-1][1] <= at:
            reasons.pop()
        nth = len(reasons) - 1
        while at < end:
            _, until, aside, role = reasons[nth]
            stop = min(until, end)
            why = aside or (rules["role"].get(role, rules["none"]) if _WORD.search(text, at, stop) else "")
            if why and last and why != last:
                made.append(Unread(start=start, end=at, why=last))
                start = at
            last = why or last
            at, nth = stop, nth - 1
        made.append(Unread(start=start, end=end, why=last or rules["mark"]))
    return tuple(made)


def _gaps(covered: Iterable[Span], length: int) -> Iterator[Span]:
    """The stretches between the covered ones."""
    at = 0
    for start, end in sorted(span for span in covered if span[0] < span[1]):
        if at < start and at < length:
            yield at, min(start, length)
        at = max(at, end)
    if at < length:
        yield at, length


def _reasons(asides: Iterable[Told], parts: Iterable[Told], length: int) -> list[tuple[int, int, str, str]]:
    """The whole text cut wherever what an aside or a part says of it changes: (start, end, aside, role), last first."""
    upper, lower = list(_flat(asides, length)), list(_flat(parts, length))
    cut: list[tuple[int, int, str, str]] = []
    at = above = below = 0
    while at < length:
        end = min(upper[above][1], lower[below][1])
        cut.append((at, end, upper[above][2], lower[below][2]))
        above += upper[above][1] == end
        below += lower[below][1] == end
        at = end
    return cut[::-1]


def _flat(stretches: Iterable[Told], length: int) -> Iterator[Told]:
    """The whole text in stretches that do not overlap, each with the word of the innermost one there, or none."""
    open_: list[tuple[int, str]] = []
    at = 0
    inside = [(start, min(end, length), why) for start, end, why in stretches if start < min(end, length)]
    for start, end, why in [*sorted(inside, key=lambda one: (one[0], -one[1])), (length, length, "")]:
        while open_ and open_[-1][0] <= start:
            stop, told = open_.pop()
            if at < stop:
                yield at, stop, told
                at = stop
        if at < start:
            yield at, start, open_[-1][1] if open_ else ""
            at = start
        open_.append((end, why))
