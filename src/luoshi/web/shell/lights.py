"""A light as a page draws it: colour, shape and word, and whether it rests on the unit's word alone."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.supervise.words import values, word
from luoshi.web.shell.language import say

# Drawn in a square of 16: a diamond, a disc, a triangle, a square; small for what is not due, hatched for no report.
SHAPES = {
    "blue": "M8 1.5 14.5 8 8 14.5 1.5 8Z",
    "green": "M8 2a6 6 0 1 1 0 12A6 6 0 1 1 8 2Z",
    "yellow": "M8 2 14.8 14H1.2Z",
    "red": "M2.2 2.2h11.6v11.6H2.2Z",
    "grey": "M8 5a3 3 0 1 1 0 6A3 3 0 1 1 8 5Z",
    "stale": "M2.5 2.5h11v11h-11ZM2.5 8 8 2.5M2.5 13.5l11-11M8 13.5 13.5 8",
}


@dataclass(frozen=True, slots=True)
class Lamp:
    """What the component draws. ``hollow`` is a ring: nobody has verified what the light rests on."""

    colour: str
    shape: str
    word: str
    hollow: bool
    why: str = ""


def lamp(colour: str, *, hollow: bool = False, why: str = "") -> Lamp:
    """The lamp of a light's ``colour`` (one of :func:`colours`). Raises KeyError for any other."""
    shown = say(word("light", colour, "word"), ENGLISH_WORDS[colour])
    return Lamp(colour, SHAPES[colour], shown, hollow, why)


def colours() -> tuple[str, ...]:
    """The colours of lights, best first."""
    return values("light")


ENGLISH_WORDS = {
    "blue": "ahead",
    "green": "on track",
    "yellow": "behind",
    "red": "far behind",
    "grey": "not due",
    "stale": "no report",
}
