"""The path of a target and its readings as a chart, and small in a row of the list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.days import Months
from luoshi.measure import Measured
from luoshi.measure.telling import short, unit_of
from luoshi.web.shell.charts import LineChart, Series, line_chart
from luoshi.web.shell.language import say

WIDTH, HEIGHT, EDGE = 120, 32, 3
Points = list[tuple[date, Decimal]]


@dataclass(frozen=True, slots=True)
class Spark:
    """Two lines without axes, in a picture of 120 by 32: the path and the readings; ``said`` tells them in words."""

    path: str
    read: str
    end: tuple[float, float]
    said: str


def chart(one: Measured, today: date) -> LineChart:
    """Readings, the path, and the forecast to the deadline with its band; nothing before there is a reading."""
    read = _read(one)
    drawn = [Series(say("应到", "path"), "path", path_of(one)), Series(say("实到", "reading"), "reading", read)]
    if read and one.outlook is not None and read[-1][0] < one.target.due:
        ahead = one.outlook
        words = (("走势", "forecast", "forecast", ahead.middle), ("走势下限", "lower end", "band", ahead.low),
                 ("走势上限", "upper end", "band", ahead.high))  # fmt: skip
        drawn += [Series(say(zh, en), kind, [read[-1], (one.target.due, at)]) for zh, en, kind, at in words]
    return line_chart(one.target.name, unit_of(one.target), drawn if read else (), today)


def spark(one: Measured) -> Spark | None:
    """The same, small; None before there is a reading."""
    path, read = path_of(one), _read(one)
    if not read:
        return None
    days = [day.toordinal() for day, _ in (*path, *read)]
    values = [value for _, value in (*path, *read)]
    first, wide = min(days), max(max(days) - min(days), 1)
    low, high = min(values), max(values)

    def place(day: date, value: Decimal) -> tuple[float, float]:
        share = float((value - low) / (high - low)) if high > low else 0.5
        across = (day.toordinal() - first) / wide
        return round(EDGE + across * (WIDTH - 2 * EDGE), 1), round(HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE), 1)

    def line(points: Points) -> str:
        return " ".join(f"{x},{y}" for x, y in (place(*point) for point in points))

    unit = unit_of(one.target)
    told = "；".join(f"{point.period} {short(point.value)}{unit}" for point in one.points[-4:])
    return Spark(line(path), line(read), place(*read[-1]), told)


def path_of(one: Measured) -> Points:
    """Where it should be at the end of every month of its time."""
    period = one.target.period
    first = period.begin.year * 12 + period.begin.month - 1
    months = [Months((first + at) // 12, (first + at) % 12 + 1, 1) for at in range(period.count)]
    return [(month.end, value) for month in months if (value := one.path.expected(month)) is not None]


def _read(one: Measured) -> Points:
    return [(point.period.end, point.value) for point in one.points]
