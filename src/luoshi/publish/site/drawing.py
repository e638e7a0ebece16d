"""Lines of an indicator as places on a page: numbers for an SVG whose looks stand in the style sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, floor, log10

from luoshi.measure.telling import short
from luoshi.publish.indicators.chart import Chart, Dot

WIDTH, HEIGHT = 520, 300
LEFT, RIGHT, TOP, BOTTOM = 58, 506, 26, 262
_TICKS = 5
_ROOM = 0.1
_STEPS = (1, 2, 2.5, 5, 10)
_FEWEST_MONTHS = 14
_LABELS = 6
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG's numbers: lines as lists of points, ``ticks`` and ``days`` with their words, dots with their values."""

    title: str
    unit: str
    text: str
    path: str
    readings: str
    band: str
    dots: tuple[tuple[float, float, str], ...]
    target: float
    target_text: str
    today: float | None
    ticks: tuple[tuple[float, str], ...]
    days: tuple[tuple[float, str], ...]
    last: tuple[float, float, str] | None


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date
    low: float
    high: float
    box: tuple[float, float, float, float]

    def x(self, day: date) -> float:
        left, right, _, _ = self.box
        return round(left + (day - self.first).days / ((self.last - self.first).days or 1) * (right - left), 1)

    def y(self, value: Decimal | float) -> float:
        _, _, top, bottom = self.box
        return round(bottom - (float(value) - self.low) / (self.high - self.low) * (bottom - top), 1)


def picture(drawn: Chart) -> Picture:
    """The picture of ``drawn`` at its full size."""
    scale = _scale(drawn, (LEFT, RIGHT, TOP, BOTTOM))
    within = scale.first <= drawn.today <= scale.last
    low = [(day, least) for day, least, _, _ in drawn.band]
    high = [(day, most) for day, _, _, most in drawn.band]
    dots = tuple((scale.x(day), scale.y(value), short(value)) for day, value in drawn.readings)
    return Picture(
        drawn.title,
        drawn.unit,
        drawn.text,
        _points(scale, drawn.path),
        _points(scale, drawn.readings),
        _points(scale, [*low, *high[::-1]]),
        dots,
        scale.y(drawn.target[1]),
        f"{short(drawn.target[1])}{drawn.unit}",
        scale.x(drawn.today) if within else None,
        tuple(_ticks(scale)),
        tuple(_days(scale)),
        dots[-1] if dots else None,
    )


def spark(drawn: Chart) -> Picture:
    """The same in small, for a list: lines without words."""
    scale = _scale(drawn, (3, 237, 4, 44))
    dots = tuple((scale.x(day), scale.y(value), short(value)) for day, value in drawn.readings)
    return Picture(
        drawn.title, drawn.unit, drawn.text, _points(scale, drawn.path), _points(scale, drawn.readings), "",
        dots[-1:], scale.y(drawn.target[1]), short(drawn.target[1]), None, (), (), None,
    )  # fmt: skip


def _scale(drawn: Chart, box: tuple[float, float, float, float]) -> _Scale:
    dots: Sequence[Dot] = (*drawn.path, *drawn.readings, drawn.target)
    days = [day for day, _ in dots] + [day for day, _, _, _ in drawn.band]
    values = [float(value) for _, value in dots]
    values += [float(value) for _, *ends in drawn.band for value in ends]
    low, high = min(values), max(values)
    if low >= 0 and low < high / 2:
        low = 0.0
    room = (high - low or abs(high) or 1) * _ROOM
    return _Scale(min(days), max(days), low - (room if low else 0), high + room, box)


def _points(scale: _Scale, dots: Iterable[Dot]) -> str:
    return " ".join(f"{scale.x(day)},{scale.y(value)}" for day, value in dots)


def _ticks(scale: _Scale) -> Iterable[tuple[float, str]]:
    raw = (scale.high - scale.low) / _TICKS
    power = 10 ** floor(log10(raw))
    step = next(part * power for part in _STEPS if part * power >= raw * 0.8)
    for at in range(ceil(scale.low / step), floor(scale.high / step) + 1):
        yield scale.y(step * at), short(Decimal(repr(round(step * at, 9))))


def _days(scale: _Scale) -> Iterable[tuple[float, str]]:
    """Quarter ends within a year or so, else ends of years."""
    months = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month
    if months <= _FEWEST_MONTHS:
        ends = [(date(year, month, 30 if month in (6, 9) else 31), f"{month}月")
                for year in range(scale.first.year, scale.last.year + 1) for month in (3, 6, 9, 12)]  # fmt: skip
    else:
        every = max(1, ceil((scale.last.year - scale.first.year + 1) / _LABELS))
        ends = [(date(year, 12, 31), f"{year}年") for year in range(scale.last.year, scale.first.year - 1, -every)]
    return [(scale.x(day), text) for day, text in ends if scale.first <= day <= scale.last]
