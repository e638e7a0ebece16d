"""The same tables as one workbook for people: Chinese headings and values, plain cells, nothing a program would run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from luoshi.publish.opendata.cells import Row, Value
from luoshi.publish.opendata.tables import Column, Table
from luoshi.publish.register.safe import like_a_formula, plain

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_WIDTH = {"integer": 9, "number": 11, "boolean": 7, "date": 12, "string": 18}
_WIDE, _LONG = 48, 24  # a column with texts longer than this gets more room
_CUT = "……（过长，全文见 CSV）"
_YES_NO = ("否", "是")
_DIGITS = 15  # what a cell can hold of a number; longer ones stay text
_LOOKS: dict[str, dict[str, Any]] = {
    "head": {"bold": True, "bg_color": "#E9EDF3", "bottom": 1},
    "small": {"font_size": 8, "font_color": "#6B7280", "bg_color": "#E9EDF3"},
    "text": {"valign": "top"},
    "quoted": {"valign": "top", "quote_prefix": True},
    "date": {"valign": "top", "num_format": "yyyy-mm-dd"},
}


def workbook(title: str, subject: str, today: date, made: Iterable[tuple[Table, Sequence[Row]]]) -> bytes:
    """A sheet a table under English names and Chinese titles, dated ``today``."""
    out = BytesIO()
    book = Workbook(out, _OPTIONS)
    created = datetime.combine(max(today, date(1980, 1, 1)), time())
    book.set_properties({"title": plain(title, ""), "subject": plain(subject, ""), "created": created})
    looks = {name: book.add_format(look) for name, look in _LOOKS.items()}
    for table, rows in made:
        _sheet(book.add_worksheet(table.title.zh), table, rows, looks)
    book.close()
    return out.getvalue()


def _sheet(page: Any, table: Table, rows: Sequence[Row], looks: Mapping[str, Any]) -> None:
    for at, column in enumerate(table.columns):
        page.set_column(at, at, _width(column, rows))
        page.write_string(0, at, column.name, looks["small"])
        page.write_string(1, at, column.title.zh, looks["head"])
    for nth, row in enumerate(rows, 2):
        for at, column in enumerate(table.columns):
            if (value := row.get(column.name)) not in (None, ""):
                _write(page, (nth, at), _shown(column, value), looks)
    page.freeze_panes(2, 1)
    page.autofilter(1, 0, max(1, len(rows) + 1), len(table.columns) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, 1)


def _width(column: Column, rows: Iterable[Row]) -> int:
    longest = max((len(value) for row in rows if isinstance(value := row.get(column.name), str)), default=0)
    return _WIDE if longest > _LONG and not column.group else _WIDTH[column.form]


def _shown(column: Column, value: Value) -> Value:
    """Coded values by their Chinese names."""
    if column.group:
        name = column.values.get(str(value))
        return name.zh if name else str(value)
    return _YES_NO[value] if isinstance(value, bool) else value


def _write(page: Any, place: tuple[int, int], value: Value, looks: Mapping[str, Any]) -> None:
    if isinstance(value, date) and value.year > 1900:
        page.write_datetime(*place, value, looks["date"])
    elif isinstance(value, int | Decimal) and len(Decimal(value).as_tuple().digits) <= _DIGITS:
        page.write_number(*place, value, looks["text"])
    else:
        text = plain(f"{value:f}" if isinstance(value, Decimal) else str(value), _CUT)
        page.write_string(*place, text, looks["quoted" if like_a_formula(text) else "text"])
