"""Putting cells on a sheet: formats, row heights, frozen headings, filters, what may be typed, how it prints."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from xlsxwriter import Workbook

from luoshi.publish.register.cells import Cell, Row, Value
from luoshi.publish.register.columns import Column, Sheet, groups, words
from luoshi.publish.register.safe import like_a_formula, plain

FONT = "宋体"
_PAPER = {"A3": 8, "A4": 9}
_LINE, _LEAST, _MOST = 13.5, 18.0, 409.0
_DIGITS = 15
_ESCAPE = re.compile("(?<=_)(?=x[0-9A-Fa-f]{4}_)")
_TWO_ESCAPES = re.compile("_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")
_HEADS = 3
_PRINTED = 120
_INK, _QUIET, _INFERRED = "#1F2328", "#6B7280", "#5B6B8C"
EDGE, _OPEN = "#C9CED6", "#FFFDF5"
_DAY = "yyyy-mm-dd"
_ALLOWED = dict.fromkeys(("sort", "autofilter", "format_columns", "format_rows", "insert_columns"), True)
_LOOKS: dict[str, dict[str, Any]] = {
    "long": {},
    "text": {"align": "center"},
    "whole": {"align": "center"},
    "number": {"align": "right"},
    "date": {"align": "center", "num_format": _DAY},
}
_CHECKS: dict[str, dict[str, Any]] = {
    "percent": {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100},
    "amount": {"validate": "decimal", "criteria": ">=", "value": 0},
    "date": {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1)},
}


class Painter:
    """Writes the sheets of one workbook; ``title`` and ``foot`` are printed on every page.

    ``locked`` sheets let only open cells be changed; everybody can take the lock off, there is no password.
    """

    def __init__(self, book: Workbook, title: str, foot: str, *, locked: bool = False) -> None:
        self._book, self._title, self._foot, self._locked = book, title, foot, locked
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def style(self, **looks: Any) -> Any:
        """A format; the same looks are one format."""
        key = tuple(sorted(looks.items()))
        if key not in self._formats:
            base = {"font_name": FONT, "font_size": 10, "font_color": _INK, "valign": "vcenter"}
            self._formats[key] = self._book.add_format(base | looks)
        return self._formats[key]

    def page(self, about: Sheet) -> Any:
        """A new sheet, set up for printing."""
        page = self._book.add_worksheet(about.title)
        page.set_landscape()
        page.set_paper(_PAPER[about.paper])
        page.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.set_header(f'&C&"{FONT},Bold"&14{_printed(self._title)}&R&9{about.title}')
        page.set_footer(f"&L&8{_printed(self._foot)}&C&9{words()['page']}")
        if self._locked:
            page.protect("", _ALLOWED)
        return page

    def heads(self, page: Any, about: Sheet) -> int:
        """The heading rows: who fills a column in, its English name, its Chinese name. Gives the first row below."""
        look = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1}
        for start, end, name in _runs(about.columns):
            group = groups()[name]
            form = self.style(**look, border_color=EDGE, bg_color=group.colour)
            text = f"{group.zh} · {group.en}" if end - start > 2 else group.zh
            if end > start:
                page.merge_range(0, start, 0, end, text, form)
            else:
                page.write_string(0, start, text, form)
        small = look | {"bold": False, "font_size": 8, "font_color": _QUIET}
        for at, column in enumerate(about.columns):
            fill = {"border_color": EDGE, "bg_color": groups()[column.group].colour}
            page.write_string(1, at, column.en, self.style(**small, **fill))
            page.write_string(2, at, column.zh, self.style(**look, **fill))
            page.set_column(at, at, column.width, None, {"hidden": column.hidden})
        page.set_row(0, 20)
        page.set_row(1, 24)
        page.set_row(2, 32)
        return _HEADS

    def line(self, page: Any, about: Sheet, at: int, row: Row) -> None:
        """One row, high enough for its longest cell."""
        for place, column in enumerate(about.columns):
            cell = row.get(column.key, Cell(None))
            empty = column.group != "report" and cell.value in (None, "")
            pale = cell.open or (empty and not self._locked)
            self.cell(page, at, place, cell, **_LOOKS[column.form], **({"bg_color": _OPEN} if pale else {}))
        seen = (column for column in about.columns if column.key in row and not column.hidden)
        held = ((row[column.key].value, column.width) for column in seen)
        page.set_row(at, self.height((value, width) for value, width in held if isinstance(value, str)))

    def cell(self, page: Any, at: int, place: int, cell: Cell, **looks: Any) -> None:
        """One cell: text as text, numbers and dates as such, what was inferred in italics."""
        looks = {"border": 1, "border_color": EDGE, "text_wrap": True} | looks
        if cell.inferred:
            looks |= {"italic": True, "font_color": _INFERRED}
        if cell.open:
            looks |= {"locked": False}
        if cell.fill:
            looks |= {"bold": True} | words()["fills"][cell.fill]
        self._put(page, at, place, cell.value, looks)

    def height(self, cells: Iterable[tuple[str, float]]) -> float:
        """The row height, in points, that texts in columns of those widths need (a sheet allows 409)."""
        most = max((lines(text, width) for text, width in cells), default=1)
        return float(min(max(most * _LINE + 4, _LEAST), _MOST))

    def _put(self, page: Any, at: int, place: int, value: Value, looks: dict[str, Any]) -> None:
        if isinstance(value, date) and value.year > 1900:
            page.write_datetime(at, place, value, self.style(**looks | {"num_format": _DAY}))
        elif isinstance(value, int | Decimal) and _exact(Decimal(value)):
            page.write_number(at, place, value, self.style(**looks | {"num_format": _places(value)}))
        elif text := plain("" if value is None else str(value), words()["cut"]):
            marked = {"quote_prefix": True} if like_a_formula(text) else {}
            _write_text(page, at, place, text, self.style(**marked, **looks))
        else:
            page.write_blank(at, place, None, self.style(**looks))

    def finish(self, page: Any, about: Sheet, last: int) -> None:
        """Frozen headings, the filter, lists to choose from, what is printed."""
        right = len(about.columns) - 1
        page.freeze_panes(_HEADS, about.frozen)
        page.autofilter(_HEADS - 1, 0, max(last, _HEADS - 1), right)
        page.repeat_rows(0, _HEADS - 1)
        page.print_area(0, 0, max(last, _HEADS - 1), about.printed)
        if last < _HEADS:
            return
        for at, column in enumerate(about.columns):
            rule = _rule(column)
            if rule:
                page.data_validation(_HEADS, at, last, at, rule)


def lines(text: str, width: float) -> int:
    """How many lines ``text`` takes in a column of ``width`` (in digits of the standard font)."""
    room = max(width - 1, 2)
    return sum(max(1, ceil(_breadth(part) / room)) for part in text.split("\n"))


def _breadth(text: str) -> float:
    return sum(1.9 if unicodedata.east_asian_width(char) in "WFA" else 1.0 for char in text)


def _write_text(page: Any, at: int, place: int, text: str, style: Any) -> None:
    # XlsxWriter has two blind spots: a string that looks like its own markup for rich text goes into the file as it
    # stands, and of two escapes that share an underscore (_x0041_x0042_) it protects one. Cut into runs, neither shows.
    marked_up = text.startswith("<r>") and text.endswith("</r>")
    if not marked_up and not _TWO_ESCAPES.search(text):
        page.write_string(at, place, text, style)
        return
    runs = _ESCAPE.split(text)
    runs[:1] = [runs[0][:1], runs[0][1:]] if marked_up else runs[:1]
    page.write_rich_string(at, place, *(part for run in runs for part in (style, run)), style)


def _exact(value: Decimal) -> bool:
    """Whether a spreadsheet's number holds ``value`` to its last digit."""
    digits, exponent = value.as_tuple()[1:]
    return len(digits) <= _DIGITS and isinstance(exponent, int) and -_DIGITS <= exponent <= 0


def _places(value: int | Decimal) -> str:
    """A number format that shows ``value`` with the decimals it was written with."""
    places = -int(Decimal(value).as_tuple().exponent)
    return "0." + "0" * places if places else "0"


def _rule(column: Column) -> dict[str, Any]:
    if column.choices:
        return {"validate": "list", "source": list(column.choices), "error_title": column.zh, "error_type": "warning"}
    return dict(_CHECKS.get(column.check, {}))


def _runs(columns: tuple[Column, ...]) -> list[tuple[int, int, str]]:
    """Stretches of neighbouring columns that the same people fill in: first, last, group."""
    runs: list[tuple[int, int, str]] = []
    for at, column in enumerate(columns):
        if runs and runs[-1][2] == column.group:
            runs[-1] = (runs[-1][0], at, column.group)
        else:
            runs.append((at, at, column.group))
    return runs


def _printed(text: str) -> str:
    """``text`` for a page's head or foot, which hold 255 characters and where an ampersand would be a command."""
    return plain(" ".join(text.split()), "…", _PRINTED).replace("&", "＆")
