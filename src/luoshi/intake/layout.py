"""Lines of text from pieces that only know where they stand on a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

_SAME_LINE = 0.5  # of the smaller height: how far the middles of two pieces of one line may lie apart
_SPACE = 0.8  # gaps of so many heights become a space,
_CELL = 2.5  # and of so many a tab


class Piece(NamedTuple):
    """Text and its box; y grows downward, every length in the same unit."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def height(self) -> float:
        return max(self.bottom - self.top, 1e-6)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def lines(pieces: Iterable[Piece]) -> list[str]:
    """The pieces as lines from top to bottom, each from left to right; gaps wide enough become a space or a tab."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: (one.middle, one.left)):
        last = rows[-1][-1] if rows else None
        if last and abs(piece.middle - last.middle) <= _SAME_LINE * min(piece.height, last.height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return ["".join(_joined(sorted(row, key=lambda one: one.left))) for row in rows]


def _joined(row: list[Piece]) -> Iterable[str]:
    for at, piece in enumerate(row):
        if at:
            gap = (piece.left - row[at - 1].right) / min(piece.height, row[at - 1].height)
            yield "\t" if gap >= _CELL else " " if gap >= _SPACE else ""
        yield piece.text
