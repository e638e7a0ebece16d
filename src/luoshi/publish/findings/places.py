"""Lines and columns of a text, counted from 1 in code points, from the offsets that a plan counts."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple


class Position(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


class Lines:
    """The lines of a text, found once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]

    def at(self, offset: int) -> Position:
        """Line and column of an offset; one past the end is the last line's end."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def start(self, line: int) -> int:
        """The offset at which a line begins."""
        return self._starts[line - 1]

    def span(self, line: int) -> tuple[int, int]:
        """A line's offsets, its line end not included."""
        last = line >= len(self._starts)
        return self._starts[line - 1], len(self.text) if last else self._starts[line] - 1
