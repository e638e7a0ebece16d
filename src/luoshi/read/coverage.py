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
    layers = [list(_flat(layer, length)) for layer in (((a, b, "x") for a, b in covered), asides, parts)]
    made: list[Unread] = []
    for run in _runs(_segments(layers, text)):
        start, last = run[0][0], ""
        for at, _, why in run:
            if why and last and why != last:
                made.append(Unread(start=start, end=at, why=last))
                start = at
            last = why or last
        made.append(Unread(start=start, end=run[-1][1], why=last or table("coverage")["mark"]))
    return tuple(made)


def _flat(stretches: Iterable[Told], length: int) -> Iterator[Told]:
    """The whole text in stretches that do not overlap, each with the reason of the innermost one there, or none."""
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


def _segments(layers: list[list[Told]], text: str) -> Iterator[Told]:
    """What is not covered, cut wherever its reason may change; the reason is empty where there are no words."""
    rules = table("coverage")
    places = [0 for _ in layers]
    at = 0
    while places[0] < len(layers[0]):
        told = [layer[place] for layer, place in zip(layers, places, strict=True)]
        end = min(one[1] for one in told)
        (_, _, covered), (_, _, aside), (_, _, role) = told
        if not covered:
            words = aside or _WORD.search(text, at, end)
            yield at, end, (aside or rules["role"].get(role, rules["none"])) if words else ""
        places = [place + (one[1] == end) for place, one in zip(places, told, strict=True)]
        at = end


def _runs(segments: Iterable[Told]) -> Iterator[list[Told]]:
    """Segments that touch, together."""
    run: list[Told] = []
    for one in segments:
        if run and run[-1][1] != one[0]:
            yield run
            run = []
        run.append(one)
    if run:
        yield run
