"""A draft's text with its findings marked, line by line, and the findings as cards and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from luoshi.check import Diagnostic
from luoshi.publish.findings import Lines
from luoshi.web.checking.forms import SEVERITIES, severity_word

Numbered = Sequence[tuple[int, Diagnostic]]
Card = tuple[int, Diagnostic, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line; ``at`` is the number of the finding it belongs to, 0 for none."""

    text: str
    at: int = 0
    severity: str = ""


def groups(text: str, found: Numbered) -> list[tuple[str, str, list[Card]]]:
    """The findings by severity, the worst first, each with its number and line."""
    lines = Lines(text)
    cards = [(at, one, lines.at(one.place.start).line) for at, one in found]
    made = ((severity_word(name), name, [card for card in cards if card[1].severity == name]) for name in SEVERITIES)
    return [group for group in made if group[2]]


def marked(text: str, found: Numbered) -> list[tuple[int, list[Piece]]]:
    """Every line that has words, cut where findings begin and end; the gravest wins where they overlap."""
    lines, made = Lines(text), []
    for line in range(1, lines.at(len(text)).line + 1):
        start, end = lines.span(line)
        if text[start:end].strip():
            here = [(at, one) for at, one in found if one.place.start < end and one.place.end > start]
            made.append((line, _pieces(text, start, end, here)))
    return made


def _pieces(text: str, start: int, end: int, here: Numbered) -> list[Piece]:
    cuts = {start, end, *(min(max(place, start), end) for _, one in here for place in one.place[:2])}
    pieces = []
    for left, right in pairwise(sorted(cuts)):
        over = [(at, one) for at, one in here if one.place.start <= left and right <= one.place.end]
        at, worst = min(over, key=lambda two: (SEVERITIES.index(two[1].severity), two[0]), default=(0, None))
        pieces.append(Piece(text[left:right], at, worst.severity if worst else ""))
    return pieces
