"""A report of measurements as an Excel workbook: what was measured, every light with its reason, every problem."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from luoshi.measure import Measured, Report
from luoshi.measure.path import words as names
from luoshi.measure.telling import sentences, shape, unit_of
from luoshi.publish.indicators.look import look
from luoshi.publish.register.safe import plain

Value = str | Decimal | date | None
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_PLACES = Decimal("0.0001")
_FILLS = {"green": "#E3F4EA", "yellow": "#FDF3D0", "red": "#FBE3E1", "blue": "#E1ECF9", "grey": "#F1F2F4",
          "stale": "#F1F2F4"}  # fmt: skip
_FONT = "宋体"


def workbook(report: Report) -> bytes:
    """The report as an xlsx file: 指标衡量 and 问题. No cell is a formula; the same report gives the same bytes."""
    out = BytesIO()
    book = Workbook(out, _OPTIONS)
    book.set_properties({"title": look()["words"]["title"], "created": datetime.combine(report.today, time())})
    base = {"font_name": _FONT, "font_size": 10, "border": 1, "border_color": "#C9CED6", "valign": "vcenter"}
    head = book.add_format(base | {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#EEF1F5"})
    columns = look()["column"]
    page = book.add_worksheet("指标衡量")
    for at, column in enumerate(columns):
        page.set_column(at, at, column["width"])
        page.write_string(0, at, f"{column['zh']}\n{column['en']}", head)
    fills = {c: book.add_format(base | {"text_wrap": True, "bg_color": fill}) for c, fill in _FILLS.items()}
    cell, day = book.add_format(base | {"text_wrap": True}), book.add_format(base | {"num_format": "yyyy-mm-dd"})
    for row, one in enumerate(report.measured, 1):
        values = _row(one)
        for at, column in enumerate(columns):
            look_ = fills[one.light.colour] if column["key"] == "light" else cell
            _put(page, (row, at), values.get(column["key"]), look_, day)
    page.set_row(0, 32)
    page.freeze_panes(1, 2)
    page.autofilter(0, 0, max(1, len(report.measured)), len(columns) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_footer(f"&C&9{look()['words']['page']}")
    _problems(book, report, head, cell)
    book.close()
    return out.getvalue()


def _row(one: Measured) -> dict[str, Value]:
    target, now, light = one.target, one.standing, one.light
    last = one.points[-1].reading if one.points else None
    told = [sentence.zh for sentence in sentences(one)]
    kept = {name: next((text for text in told if text.startswith(start)), None)
            for name, start in (("outlook", "照"), ("needed", "余下"))}  # fmt: skip
    return {
        "figure": target.id, "name": target.name, "words": target.words, "target": target.value,
        "unit": unit_of(target), "due": target.due, "path": names()["path"][one.path.kind]["zh"],
        "at": str(now.at) if now else look()["words"]["nothing"], "value": now.value if now else None,
        "expected": now.expected if now else None, "scheduled": now.scheduled if now else None,
        "done": now.done if now else None, "light": f"{shape(one)['shape']} {shape(one)['zh']}", "rule": light.rule,
        "why": light.why, **kept, "source": last.source if last else None, "evidence": last.evidence if last else None,
        "problems": "\n".join(f"{found.code} {found.message}" for found in one.problems),
    }  # fmt: skip


def _put(page: Any, place: tuple[int, int], value: Value, style: Any, day: Any) -> None:
    row, at = place
    if isinstance(value, Decimal):
        page.write_number(
            row, at, value.quantize(_PLACES) if value == value.quantize(_PLACES) else round(value, 4), style
        )
    elif isinstance(value, date):
        page.write_datetime(row, at, value, day)
    elif value:
        page.write_string(row, at, plain(value, "……"), style)
    else:
        page.write_blank(row, at, None, style)


def _problems(book: Any, report: Report, head: Any, cell: Any) -> None:
    page = book.add_worksheet("问题")
    rows: Sequence[tuple[str, ...]] = [(p.code, p.message, p.why, p.advice) for p in dict.fromkeys(report.problems)]
    for at, (name, width) in enumerate((("编号", 8), ("发现", 50), ("为何", 40), ("怎么办", 50))):
        page.set_column(at, at, width)
        page.write_string(0, at, name, head)
    for row, values in enumerate(rows, 1):
        for at, text in enumerate(values):
            page.write_string(row, at, plain(text, "……"), cell)
    page.freeze_panes(1, 0)
