"""Charts drawn on the server as SVG: the geometry is counted here, the colours are the style sheet's.

Lines: readings against their path. Parts: how many of each light. Beside every chart its numbers stand as a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from math import log10

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 56, 84, 16, 32
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Series:
    """A line: its name, how it is drawn (``reading``, ``path``, ``forecast``), and its points day by day."""

    name: str
    kind: str
    points: Sequence[tuple[date, Decimal]]


@dataclass(frozen=True, slots=True)
class Mark:
    """A drawn point: where, when, and what it says."""

    x: float
    y: float
    day: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn line with its marks; its name stands where it ends."""

    name: str
    kind: str
    points: str
    marks: tuple[Mark, ...]
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid and what stands beside it."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """A line chart, ready for its template."""

    title: str
    unit: str
    lines: tuple[Line, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    today: float | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


@dataclass(frozen=True, slots=True)
class _Frame:
    """Days and values to places in the picture."""

    first: date
    last: date
    low: float
    high: float

    def x(self, day: date) -> float:
        span = max((self.last - self.first).days, 1)
        return round(LEFT + (day - self.first).days / span * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: Decimal | float) -> float:
        share = (float(value) - self.low) / ((self.high - self.low) or 1)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def line_chart(title: str, unit: str, series: Sequence[Series], today: date | None = None) -> LineChart:
    """A chart of ``series`` over time; ``today`` is drawn as an upright line where it falls inside."""
    days = [day for one in series for day, _ in one.points]
    if not days:
        return LineChart(title, unit, (), (), (), None)
    values = [float(value) for one in series for _, value in one.points]
    ticks = _round_ticks(min(values), max(values))
    frame = _Frame(min(days), max(days), ticks[0], ticks[-1])
    lines = _spread([_line(one, frame) for one in series if one.points])
    shown = frame.x(today) if today and frame.first <= today <= frame.last else None
    up = tuple(Tick(frame.y(tick), f"{tick:g}") for tick in ticks)
    return LineChart(title, unit, lines, _days(frame), up, shown)


def _line(one: Series, frame: _Frame) -> Line:
    marks = tuple(Mark(frame.x(day), frame.y(value), day, value) for day, value in one.points)
    end = marks[-1]
    below = 18 if end.x < WIDTH - RIGHT else 0  # a line that ends early is named under its end, clear of the others
    return Line(one.name, one.kind, " ".join(f"{mark.x},{mark.y}" for mark in marks), marks, end.x + 8, end.y + below)


def _spread(lines: list[Line], least: float = 18) -> tuple[Line, ...]:
    """Names that end at one place pushed apart so that none covers another."""
    lowest: dict[float, float] = {}
    placed: dict[int, Line] = {}
    for at in sorted(range(len(lines)), key=lambda one: lines[one].label_y):
        line = lines[at]
        y = max(line.label_y, lowest.get(line.label_x, 0.0) + least)
        lowest[line.label_x] = y
        placed[at] = replace(line, label_y=y)
    return tuple(placed[at] for at in range(len(lines)))


def _round_ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round values that hold ``low`` and ``high`` between them, ``about`` so many steps."""
    span = (high - low) or abs(high) or 1
    size = 10 ** int((Decimal(str(log10(span / about)))).to_integral_value(ROUND_FLOOR))
    step = next(size * one for one in STEPS if span / (size * one) <= about)
    first = int(Decimal(str(low / step)).to_integral_value(ROUND_FLOOR))
    ticks = [first * step]
    while ticks[-1] < high - 1e-9:
        ticks.append(round((first + len(ticks)) * step, 10))
    return ticks if len(ticks) > 1 else [ticks[0], ticks[0] + step]


def _days(frame: _Frame, most: int = 6) -> tuple[Tick, ...]:
    """The firsts of months inside the frame, no more than ``most``."""
    firsts = [
        date(year, month, 1)
        for year in range(frame.first.year, frame.last.year + 1)
        for month in range(1, 13)
        if frame.first <= date(year, month, 1) <= frame.last
    ]
    every = -(-len(firsts) // most) or 1
    return tuple(Tick(frame.x(day), f"{day:%Y-%m}") for day in firsts[::every])


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole in a bar: which light, how many, and where it is drawn (in hundredths of the width)."""

    colour: str
    word: str
    count: int
    start: float
    width: float


def parts(counts: Iterable[tuple[str, str, int]]) -> tuple[Part, ...]:
    """A bar of ``(colour, word, count)`` one after the other; what has no count is left out."""
    rows = [row for row in counts if row[2]]
    total = sum(count for _, _, count in rows)
    made: list[Part] = []
    for colour, word, count in rows:
        start = made[-1].start + made[-1].width if made else 0.0
        made.append(Part(colour, word, count, round(start, 3), round(count / total * 100, 3)))
    return tuple(made)
