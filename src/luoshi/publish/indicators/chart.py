"""What is drawn of an indicator: path, readings, band and target as points in time; and the same for ECharts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.amounts import plain
from luoshi.measure import Measured, Reading
from luoshi.measure.telling import sentences, unit_of
from luoshi.publish.indicators.look import look

Dot = tuple[date, Decimal]
_YEARS_BACK = 6


@dataclass(frozen=True, slots=True)
class Chart:
    """Points in time of one indicator, in its unit. ``band`` has (day, low, middle, high), from the last reading on."""

    title: str
    unit: str
    path: tuple[Dot, ...]
    readings: tuple[Dot, ...]
    band: tuple[tuple[date, Decimal, Decimal, Decimal], ...]
    target: Dot
    today: date
    sure: bool
    text: str


def chart(one: Measured, today: date) -> Chart:
    """What is drawn of ``one``."""
    target = one.target
    readings = tuple((point.period.end, point.value) for point in one.points)
    before = tuple((year.period.end, year.value) for year in _before(one))
    parts = target.period.parts("month" if target.period.count <= 24 else "year")
    steps = ((part.end, one.path.expected(part)) for part in parts)
    path = tuple((day, value) for day, value in steps if value is not None)
    if not readings and before:
        path = ()  # yearly values only: a way through the months of one year would say nothing beside them
    elif not one.path.level and one.path.kind not in ("rank", "yesno", "stepwise"):
        path = ((target.period.begin, one.path.base), *path)
    text = "".join(sentence.zh for sentence in sentences(one))
    sure = one.outlook is None or one.outlook.method == "drift"
    return Chart(
        target.name, unit_of(target), path, before + readings, _band(one, before + readings),
        (target.due, target.value), today, sure, text,
    )  # fmt: skip


def _before(one: Measured) -> tuple[Reading, ...]:
    """The years before the target's time, where years compare with it."""
    if one.target.nature not in ("stock", "flow") or (one.target.nature == "flow" and _within_a_year(one)):
        return ()
    past = [year for year in one.yearly if year.period.end < one.target.period.begin]
    return tuple(past[-_YEARS_BACK:])


def _within_a_year(one: Measured) -> bool:
    return one.target.period.count <= 12 and bool(one.points)


def _band(one: Measured, known: tuple[Dot, ...]) -> tuple[tuple[date, Decimal, Decimal, Decimal], ...]:
    if one.outlook is None or not known:
        return ()
    day, value = known[-1]
    return ((day, value, value, value), (one.target.due, one.outlook.low, one.outlook.middle, one.outlook.high))


def echarts(one: Measured, today: date) -> dict[str, Any]:
    """The picture of ``one`` as options for ECharts: plain data, no functions, Chinese names."""
    drawn, words, colours = chart(one, today), look()["words"], look()["colour"]

    def dots(points: tuple[Dot, ...]) -> list[list[Any]]:
        return [[day.isoformat(), float(value)] for day, value in points]

    low = tuple((day, least) for day, least, _, _ in drawn.band)
    width = tuple((day, most - least) for day, least, _, most in drawn.band)
    return {
        "title": {"text": drawn.title, "subtext": drawn.unit},
        "aria": {"enabled": True, "description": drawn.text},
        "tooltip": {"trigger": "axis"},
        "legend": {"data": [words["path"], words["reading"], words["band"]]},
        "xAxis": {"type": "time"},
        "yAxis": {"type": "value", "name": drawn.unit, "scale": True},
        "series": [
            {"name": words["band"], "type": "line", "stack": "band", "symbol": "none", "data": dots(low),
             "lineStyle": {"opacity": 0}},
            {"name": words["band"], "type": "line", "stack": "band", "symbol": "none", "data": dots(width),
             "lineStyle": {"opacity": 0}, "areaStyle": {"color": colours["band"]}},
            {"name": words["path"], "type": "line", "symbol": "none", "data": dots(drawn.path),
             "lineStyle": {"type": "dashed", "color": colours["path"]}},
            {"name": words["reading"], "type": "line", "symbol": "circle", "symbolSize": 8,
             "data": dots(drawn.readings), "itemStyle": {"color": colours["reading"]},
             "markLine": {"symbol": "none", "data": [{"yAxis": float(drawn.target[1]),
                          "name": f"{words['target']} {plain(drawn.target[1])}{drawn.unit}"}],
                          "lineStyle": {"color": colours["target"]}}},
        ],
    }  # fmt: skip
