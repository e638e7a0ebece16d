"""Chart → SVG: coordinates are worked out here, Typst sets the letters in our own fonts; same chart, same bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from html import escape
from importlib import resources
from math import ceil, floor, log10
from typing import Any, Literal

from luoshi.measure import Measured, Report
from luoshi.measure.telling import shape, short
from luoshi.publish import fonts
from luoshi.publish.indicators.chart import Chart, chart, echarts
from luoshi.publish.indicators.look import look
from luoshi.publish.typesetting import INSTEAD, compiler

Format = Literal["svg", "png"]
_ROOM = 0.08  # of the height, above the highest and below the lowest value
_TICKS = 5
_CLOSE = 24  # points; a value this close under the target line has its number below
_STEPS = (1, 2, 2.5, 5, 10)
_FEWEST_MONTHS = 14  # up to so many the axis shows months, beyond it years


@dataclass(slots=True)
class _Drawing:
    """Shapes and words with their places in points, as the template takes them."""

    shapes: list[dict[str, Any]] = field(default_factory=list)
    words: list[dict[str, Any]] = field(default_factory=list)

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float, *, dashed: bool = False) -> None:
        if len(points) > 1:
            self.shapes.append(
                {"kind": "line", "points": points, "colour": colour, "width": width, "dashed": dashed}
            )  # fmt: skip

    def word(
        self, x: float, y: float, text: str, colour: str, *, size: float = 11, anchor: str = "start",
        bold: bool = False, room: float = 0,
    ) -> None:  # fmt: skip
        weight = "bold" if bold else "regular"
        self.words.append(
            {"point": (x, y), "text": text, "size": size, "anchor": anchor, "weight": weight, "colour": colour,
             "room": room}
        )  # fmt: skip


class _Scale:
    """Days and values → points on the page."""

    def __init__(self, drawn: Chart, size: dict[str, float]) -> None:
        dots = (*drawn.path, *drawn.readings, drawn.target)
        days = [day for day, _ in dots] + [day for day, _, _, _ in drawn.band]
        values = [float(value) for _, value in dots]
        values += [float(value) for _, low, middle, high in drawn.band for value in (low, middle, high)]
        self.first, self.last = min(days), max(days)
        low, high = min(values), max(values)
        if low >= 0 and low < high / 2:
            low = 0.0
        room = (high - low or abs(high) or 1) * _ROOM
        self.low, self.high = low - (room if low else 0), high + room
        self.left, self.right = size["left"], size["width"] - size["right"]
        self.top, self.bottom = size["top"], size["height"] - size["bottom"]

    def x(self, day: date) -> float:
        whole = (self.last - self.first).days or 1
        return round(self.left + (day - self.first).days / whole * (self.right - self.left), 2)

    def y(self, value: Decimal | float) -> float:
        part = (float(value) - self.low) / (self.high - self.low)
        return round(self.bottom - part * (self.bottom - self.top), 2)

    def ticks(self) -> list[float]:
        raw = (self.high - self.low) / _TICKS
        power = 10 ** floor(log10(raw))
        step = next(part * power for part in _STEPS if part * power >= raw * 0.8)
        first = ceil(self.low / step)
        return [step * at for at in range(first, floor(self.high / step) + 1)]


def picture(one: Measured, today: date, form: Format = "svg") -> bytes:
    """The picture of ``one``: its path, its readings, the band to the deadline and the target, with its light in words.

    The same measurement always gives the same bytes; characters without a glyph are shown as 〓.
    """
    drawn = chart(one, today)
    body = _json(_laid_out(drawn, one))
    for char in fonts.missing(body):
        body = body.replace(char, INSTEAD)
    made = compiler({"drawn": body}).compile(_template(), format=form, ppi=144.0, timestamp=0)
    if not isinstance(made, bytes):
        raise AssertionError("the picture is one page")
    return _described(made, drawn) if form == "svg" else made


def pictures(report: Report) -> dict[str, bytes]:
    """A picture and its ECharts options for every target that has readings, by file name."""
    found: dict[str, bytes] = {}
    for one in report.measured:
        if one.points or one.yearly:
            found[f"{one.target.id}.svg"] = picture(one, report.today)
            options = json.dumps(echarts(one, report.today), ensure_ascii=False, indent=2)
            found[f"{one.target.id}.echarts.json"] = (options + "\n").encode()
    return found


def _laid_out(drawn: Chart, one: Measured) -> dict[str, Any]:
    size, colours = look()["size"], look()["colour"]
    scale, made = _Scale(drawn, size), _Drawing()
    _head(made, drawn, one)
    _axes(made, scale, drawn)
    _curves(made, scale, drawn)
    _labels(made, scale, drawn)
    made.word(size["left"] - 46, size["height"] - 68, drawn.text, colours["ink"], size=11, room=size["width"] - 48)
    return {
        "title": drawn.title, "width": size["width"], "height": size["height"], "paper": colours["paper"],
        "shapes": made.shapes, "words": made.words,
    }  # fmt: skip


def _head(made: _Drawing, drawn: Chart, one: Measured) -> None:
    colours, names = look()["colour"], shape(one)
    made.word(24, 30, drawn.title, colours["ink"], size=18, bold=True)
    light = f"{names['shape']} {names['zh']}灯 · {names['said']}"
    made.word(look()["size"]["width"] - 24, 30, light, colours[one.light.colour], size=14, anchor="end", bold=True)
    made.word(24, 58, drawn.unit, colours["soft"])


def _axes(made: _Drawing, scale: _Scale, drawn: Chart) -> None:
    colours = look()["colour"]
    for tick in scale.ticks():
        made.line([(scale.left, scale.y(tick)), (scale.right, scale.y(tick))], colours["line"], 0.8)
        made.word(scale.left - 8, scale.y(tick), short(Decimal(repr(round(tick, 9)))), colours["soft"], anchor="end")
    for day, text in _days(scale):
        made.word(scale.x(day), scale.bottom + 14, text, colours["soft"], anchor="middle")
    if scale.first <= drawn.today <= scale.last:
        x = scale.x(drawn.today)
        made.line([(x, scale.top), (x, scale.bottom)], colours["path"], 0.8, dashed=True)
        made.word(x, scale.top - 8, look()["words"]["today"], colours["soft"], size=10, anchor="middle")


def _days(scale: _Scale) -> list[tuple[date, str]]:
    """Where the axis has words: quarter ends within a year or so, else ends of years."""
    months = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month
    if months <= _FEWEST_MONTHS:
        ends = [(y, m) for y in (scale.first.year, scale.last.year) for m in (3, 6, 9, 12)]
        days = [(_end(year, month), f"{month}月") for year, month in dict.fromkeys(ends)]
    else:
        every = max(1, ceil((scale.last.year - scale.first.year + 1) / 8))
        days = [(_end(y, 12), f"{y}年") for y in range(scale.first.year, scale.last.year + 1, every)]
    return [(day, text) for day, text in days if scale.first <= day <= scale.last]


def _end(year: int, month: int) -> date:
    return date(year, month, 31 if month in (3, 12) else 30)


def _curves(made: _Drawing, scale: _Scale, drawn: Chart) -> None:
    colours = look()["colour"]

    def placed(points: Sequence[tuple[date, Decimal]]) -> list[tuple[float, float]]:
        return [(scale.x(day), scale.y(value)) for day, value in points]

    if drawn.band:
        low = [(day, least) for day, least, _, _ in drawn.band]
        high = [(day, most) for day, _, _, most in drawn.band]
        made.shapes.append({"kind": "area", "points": placed([*low, *high[::-1]]), "colour": colours["band"]})
        made.line(placed([(day, middle) for day, _, middle, _ in drawn.band]), colours["reading"], 1, dashed=True)
    at = scale.y(drawn.target[1])
    made.line([(scale.left, at), (scale.right, at)], colours["target"], 1)
    made.line(placed(drawn.path), colours["path"], 1.6, dashed=True)
    made.line(placed(drawn.readings), colours["reading"], 2.2)
    for point in placed(drawn.readings):
        made.shapes.append({"kind": "dot", "point": point, "colour": colours["reading"], "fill": colours["paper"]})


def _labels(made: _Drawing, scale: _Scale, drawn: Chart) -> None:
    """Names at the right end, kept apart; the last reading's value beside its dot."""
    colours, words = look()["colour"], look()["words"]
    target = f"{words['target']} {short(drawn.target[1])}{drawn.unit}"
    wanted = [(scale.y(drawn.target[1]), target, colours["target"], True)]
    if drawn.band:
        _, low, middle, high = drawn.band[-1]
        name = words["band"] if drawn.sure else words["range"]
        wanted.append((scale.y(middle), f"{short(low)}—{short(high)}", colours["reading"], False))
        made.word(24 + 90, 58, f"□ {name}", colours["reading"])
    above = scale.top
    for y, text, colour, bold in sorted(wanted):
        above = max(y, above + 15) if above > scale.top else y
        made.word(scale.right + 8, above, text, colour, bold=bold)
    made.word(
        look()["size"]["width"] - 24, 58, f"┄ {words['path']}   ○ {words['reading']}", colours["soft"], anchor="end"
    )
    if drawn.readings:
        day, value = drawn.readings[-1]
        x, y = scale.x(day), scale.y(value)
        under = 0 <= y - scale.y(drawn.target[1]) < _CLOSE
        made.word(x, y + 15 if under else y - 15, short(value), colours["reading"], anchor="middle", bold=True)


def _described(svg: bytes, drawn: Chart) -> bytes:
    """The SVG as one image with a title and a description, for screen readers."""
    opening, rest = svg.split(b">", 1)
    about = (
        f' role="img" lang="zh-CN" aria-label="{escape(drawn.title)}"><title>{escape(drawn.title)}</title>'
        f"<desc>{escape(drawn.text)}</desc>"
    )
    return opening + about.encode("utf-8", "replace") + rest


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@cache
def _template() -> bytes:
    return resources.files(__package__).joinpath("template.typ").read_bytes()
