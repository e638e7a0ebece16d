"""The typefaces that everything printed uses: two files inside the package, never the system's."""

from __future__ import annotations

from functools import cache
from importlib import resources

FAMILY = "Noto Sans SC"


def folder() -> str:
    """The folder that holds the font files."""
    return str(resources.files(__name__))


def missing(text: str) -> tuple[str, ...]:
    """The characters of ``text`` that the fonts cannot show, each once, in order of appearance."""
    return tuple(char for char in dict.fromkeys(text) if ord(char) not in _coverage())


@cache
def _coverage() -> frozenset[int]:
    rows = resources.files(__name__).joinpath("coverage.txt").read_text(encoding="ascii").splitlines()
    points: set[int] = set()
    for row in rows:
        if not row.startswith("#"):
            first, _, last = row.partition("-")
            points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(points)
