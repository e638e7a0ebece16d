"""Rows as CSV and as a workbook; the same rows always give the same bytes."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import cache
from importlib import resources
from io import BytesIO, StringIO
from typing import Any, Literal

from xlsxwriter import Workbook

from luoshi.publish.register.safe import guarded, plain

TableName = Literal["agenda", "rolls", "fates"]
Cell = str | int | float | date | None
Rows = Sequence[Mapping[str, Cell]]
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


def as_csv(table: TableName, rows: Rows) -> bytes:
    """The rows as CSV (RFC 4180, UTF-8 with a byte order mark); text that begins like a formula is guarded."""
    columns = _data()[table]["columns"]
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(column["zh"] for column in columns)
    for row in rows:
        writer.writerow(_field(row[column["key"]]) for column in columns)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(tables: Mapping[TableName, Rows], today: date) -> bytes:
    """A workbook with a sheet a table, headings frozen and filtered, dated ``today``; no cell is a formula."""
    out = BytesIO()
    book = Workbook(out, _OPTIONS)
    book.set_properties({"title": "、".join(_data()[name]["title"] for name in tables), "created": _moment(today)})
    styles = {
        "head": book.add_format({"bold": True, "border": 1, "bg_color": "#DCE6F1", "valign": "vcenter"}),
        "body": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
        "day": book.add_format({"border": 1, "num_format": "yyyy-mm-dd", "valign": "top"}),
    }
    for name, rows in tables.items():
        _sheet(book.add_worksheet(_data()[name]["title"]), _data()[name]["columns"], rows, styles)
    book.close()
    return out.getvalue()


def _sheet(page: Any, columns: Sequence[Mapping[str, Any]], rows: Rows, styles: Mapping[str, Any]) -> None:
    for at, column in enumerate(columns):
        page.set_column(at, at, column["width"])
        page.write_string(0, at, column["zh"], styles["head"])
    for line, row in enumerate(rows, 1):
        for at, column in enumerate(columns):
            _write(page, line, at, row[column["key"]], styles)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(rows), len(columns) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _write(page: Any, line: int, at: int, value: Cell, styles: Mapping[str, Any]) -> None:
    match value:
        case date():
            page.write_datetime(line, at, _moment(value), styles["day"])
        case int() | float():
            page.write_number(line, at, value, styles["body"])
        case _:
            page.write_string(line, at, plain(value or "", _data()["cut"]), styles["body"])


def _field(value: Cell) -> str:
    return guarded(plain(value, _data()["cut"])) if isinstance(value, str) else "" if value is None else str(value)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time())


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("columns.toml").read_text(encoding="utf-8"))
