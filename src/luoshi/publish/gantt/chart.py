"""Drawing the picture: months across, rows down; what decides a date is told by shape and word as well as colour."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from luoshi.days import Period
from luoshi.publish.gantt.rows import Bar, By, Look, Row, rows
from luoshi.publish.register.safe import plain
from luoshi.schedule import Dates, Schedule

_LABEL, _RIGHT, _HEAD, _ROW, _FOOT = 300, 24, 92, 26, 44
_WIDTH, _MOST = 1280, 400
_INK, _QUIET, _GRID, _TODAY, _BAND = "#1f2328", "#57606a", "#d8dee4", "#b42318", "#f3f5f8"
_FILL: dict[Look, str] = {
    "done": "#c4cad2", "running": "#7fb2e5", "late": "#c9432f", "chain": "#2f6db5", "todo": "#c6dcf3",
}  # fmt: skip
_WORD: dict[Look, str] = {
    "done": "已办结", "running": "在办", "late": "卡住工期，已来不及", "chain": "决定完成日期", "todo": "待办",
}  # fmt: skip
_TITLE: dict[By, str] = {"unit": "分单位排期", "chain": "分事项排期", "step": "逐步排期"}
_ENGLISH: dict[By, str] = {
    "unit": "schedule by unit", "chain": "schedule by item and chain", "step": "schedule step by step",
}  # fmt: skip
_FIRST = "原计划"


@dataclass(frozen=True, slots=True)
class _Scale:
    begin: date
    until: date

    def at(self, day: date) -> float:
        """Where the morning of ``day`` stands."""
        share = (day - self.begin).days / ((self.until - self.begin).days + 1)
        return _LABEL + (_WIDTH - _LABEL - _RIGHT) * min(max(share, 0.0), 1.0)


def gantt(schedule: Schedule, by: By = "unit", first: Mapping[str, Dates] | None = None) -> bytes:
    """The picture as SVG, UTF-8. By ``unit``, by ``chain`` or by ``step``; at most 400 rows, it says how many are left.

    ``first`` is what was planned at first (the baseline), by item, or by step; it is drawn as a thin line below.
    """
    every = rows(schedule, by, first)
    shown, left = every[:_MOST], len(every) - _MOST
    scale = _scale(schedule, shown)
    height = _HEAD + _ROW * max(len(shown), 1) + _FOOT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        f"role=\"img\" font-family=\"'Noto Sans SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', "
        f'SimHei, sans-serif" font-size="12">',
        f"<title>{_safe(f'{schedule.title} {_TITLE[by]}')}</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="6" height="6" fill="{_FILL["late"]}"/><rect width="2" height="6" fill="#e58a7b"/>'
        "</pattern></defs>",
        *_head(schedule, by, baseline=any(row.first for row in shown)),
        *_bands(shown),
        *_months(scale, height),
        *(line for nth, row in enumerate(shown) for line in _row(row, _HEAD + nth * _ROW, scale)),
        *_today(schedule, scale, height),
        *_foot(schedule, height, max(left, 0)),
        "</svg>\n",
    ]
    return "\n".join(parts).encode("utf-8")


def _scale(schedule: Schedule, shown: Iterable[Row]) -> _Scale:
    days = [schedule.today, *(bar.start for row in shown for bar in row.bars if bar.look != "done")]
    ends = [schedule.today + timedelta(60), *(bar.finish for row in shown for bar in row.bars)]
    ends += [row.deadline for row in shown if row.deadline]
    ends += [row.first.finish for row in shown if row.first]
    return _Scale(Period.around(min(days), "month").begin, Period.around(max(ends), "month").until)


def _head(schedule: Schedule, by: By, *, baseline: bool) -> Iterator[str]:
    yield f'<text x="16" y="28" font-size="18" font-weight="700" fill="{_INK}">{_safe(_TITLE[by])}</text>'
    words = f"{schedule.title}　{_ENGLISH[by]}　以 {schedule.today} 为今天"
    yield f'<text x="120" y="28" fill="{_QUIET}">{_safe(_fitted(words, 800))}</text>'
    x = 16.0
    for look, word in _WORD.items():
        yield _box(x, 40, 26, look)
        yield f'<text x="{x + 32}" y="51" fill="{_INK}">{word}</text>'
        x += 48 + _breadth(word)
    yield f'<path d="{_flag(x + 6, 47)}" fill="{_INK}"/><text x="{x + 18}" y="51" fill="{_INK}">期限</text>'
    x += 62
    yield f'<text x="{x}" y="51" fill="{_TODAY}" font-weight="700">迟 N</text>'
    yield f'<text x="{x + 34}" y="51" fill="{_INK}">最早也要迟 N 个工作日</text>'
    if baseline:
        x += 34 + 12 * 12
        yield f'<path d="M{x:.1f} 48h26" stroke="{_QUIET}" stroke-width="2"/>'
        yield f'<text x="{x + 32:.1f}" y="51" fill="{_INK}">{_FIRST}</text>'


def _bands(shown: Iterable[Row]) -> Iterator[str]:
    for nth, row in enumerate(shown):
        if row.heading:
            yield f'<rect x="0" y="{_HEAD + nth * _ROW}" width="{_WIDTH}" height="{_ROW}" fill="{_BAND}"/>'


def _months(scale: _Scale, height: int) -> Iterator[str]:
    """Lines at the months (or quarters, where months are narrow), and the years above them."""
    whole = Period(scale.begin, scale.until)
    fine = "month" if whole.days <= 1100 else "quarter" if whole.days <= 3000 else "year"
    bottom = height - _FOOT
    for part in whole.parts(fine):  # type: ignore[arg-type]
        x = scale.at(part.begin)
        new_year = part.begin.month == 1
        yield f'<path d="M{x:.1f} {_HEAD - 14}V{bottom}" stroke="{"#aab2bd" if new_year else _GRID}"/>'
        name = {"month": f"{part.begin.month}", "quarter": f"Q{part.begin.month // 3 + 1}", "year": ""}[fine]
        if scale.at(part.until + timedelta(1)) - x > 14:
            yield f'<text x="{x + 3:.1f}" y="{_HEAD - 4}" font-size="10" fill="{_QUIET}">{name}</text>'
    for year in whole.parts("year"):
        x = scale.at(max(year.begin, scale.begin))
        yield f'<text x="{x + 3:.1f}" y="{_HEAD - 18}" font-weight="700" fill="{_INK}">{year.begin.year}年</text>'


def _row(row: Row, y: int, scale: _Scale) -> Iterator[str]:
    weight = ' font-weight="700"' if row.heading else ""
    room = _LABEL - 24 - (56 if row.late > 0 else 0)
    label = _safe(_fitted(row.words, room))
    yield f'<text x="16" y="{y + 17}" fill="{_INK}"{weight}><title>{_safe(row.words)}</title>{label}</text>'
    if row.late > 0:
        yield (
            f'<text x="{_LABEL - 10}" y="{y + 17}" text-anchor="end" font-weight="700" '
            f'fill="{_TODAY}">迟 {row.late}</text>'
        )
    for bar in row.bars:
        if bar.finish >= scale.begin:
            yield from _bar(bar, y, scale)
    if row.first and row.first.finish >= scale.begin:
        begin, end = scale.at(row.first.start), scale.at(row.first.finish + timedelta(1))
        told = f"{_FIRST} {row.first.start} 至 {row.first.finish}"
        yield f'<path d="M{begin:.1f} {y + 23.5}H{max(end, begin + 2):.1f}" stroke="{_QUIET}" stroke-width="2">'
        yield f"<title>{told}</title></path>"
    if row.deadline:
        x = scale.at(row.deadline + timedelta(1))
        yield f'<path d="{_flag(x, y + 13)}" fill="{_INK}"><title>期限 {row.deadline}</title></path>'


def _bar(bar: Bar, y: int, scale: _Scale) -> Iterator[str]:
    x, end = scale.at(bar.start), scale.at(bar.finish + timedelta(1))
    width = max(end - x, 2.0)
    yield f"<g><title>{_safe(bar.told)}</title>"
    yield _box(x, y + 5, width, bar.look)
    if _breadth(bar.words) + 8 < width:
        strong = bar.look in ("late", "chain")
        ink = "#ffffff" if strong else _INK
        halo = f' stroke="{_FILL[bar.look]}" stroke-width="3" paint-order="stroke"' if strong else ""
        yield f'<text x="{x + 4:.1f}" y="{y + 17}" font-size="11" fill="{ink}"{halo}>{_safe(bar.words)}</text>'
    yield "</g>"


def _box(x: float, y: float, width: float, look: Look) -> str:
    """A bar: hatched where it makes the item late, low where it is done."""
    low = look == "done"
    fill = "url(#hatch)" if look == "late" else _FILL[look]
    edge = f' stroke="{_INK}" stroke-width="0.6"' if look in ("late", "chain", "running") else ""
    top, high = (y + 5, 6) if low else (y, 16)
    return f'<rect x="{x:.1f}" y="{top}" width="{width:.1f}" height="{high}" rx="2" fill="{fill}"{edge}/>'


def _flag(x: float, y: float) -> str:
    return f"M{x:.1f} {y - 6:.1f}L{x + 5:.1f} {y:.1f}L{x:.1f} {y + 6:.1f}L{x - 5:.1f} {y:.1f}Z"


def _today(schedule: Schedule, scale: _Scale, height: int) -> Iterator[str]:
    x = scale.at(schedule.today)
    line = f"M{x:.1f} {_HEAD - 10}V{height - _FOOT}"
    yield f'<path d="{line}" stroke="{_TODAY}" stroke-width="1.5" stroke-dasharray="5 3"/>'
    yield f'<text x="{x + 3:.1f}" y="{height - _FOOT + 14}" fill="{_TODAY}">今天</text>'


def _foot(schedule: Schedule, height: int, left: int) -> Iterator[str]:
    notes = [f"另有 {left} 行未画出"] if left else []
    if schedule.provisional:
        notes.append(f"{'、'.join(map(str, schedule.provisional))}年放假安排尚未公布，日期是暂定的")
    notes += [one.message for one in schedule.problems if one.severity == "error"]
    if notes:
        yield f'<text x="16" y="{height - 12}" fill="{_QUIET}">{_safe(_fitted("；".join(notes), _WIDTH - 40))}</text>'


def _breadth(words: str) -> float:
    """How wide ``words`` are, in pixels at 12 points."""
    return sum(12.0 if unicodedata.east_asian_width(char) in "WFA" else 6.8 for char in words)


def _fitted(words: str, room: float) -> str:
    """``words`` cut to ``room`` pixels."""
    words = "".join(char for char in words if char >= " ")
    if _breadth(words) <= room:
        return words
    while words and _breadth(words) > room - 12:
        words = words[:-1]
    return f"{words}…"


def _safe(words: str) -> str:
    """``words`` as they may stand in SVG."""
    return escape(plain(words, "…"))
