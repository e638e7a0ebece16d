"""Sheets of a workbook made in memory: headings in two languages, text as text, nothing a spreadsheet would run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from luoshi.publish.register.painting import FONT, lines
from luoshi.publish.register.safe import like_a_formula, plain

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_CUT = "……（过长，已截断，全文见报告）"
_EDGE, _HEAD = "#C9CED6", "#E9EDF3"
_HEADS = 2
_MOST = 409.0
Value = str | int | float | date | None


class Book:
    """A workbook; the same sheets in the same order always give the same bytes. ``year`` dates it, never the clock."""

    def __init__(self, title: str, subject: str, year: int) -> None:
        self._out = BytesIO()
        self._book = Workbook(self._out, _OPTIONS)
        created = datetime(year if 1980 <= year <= 9998 else 1980, 1, 1)  # noqa: DTZ001 — of a date the clock takes over
        self._title = plain(title, "")
        self._book.set_properties({"title": self._title, "subject": plain(subject, ""), "created": created})
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def finished(self) -> bytes:
        """The file."""
        self._book.close()
        return self._out.getvalue()

    def style(self, **looks: Any) -> Any:
        """A format; the same looks are one format."""
        key = tuple(sorted(looks.items()))
        if key not in self._formats:
            base = {"font_name": FONT, "font_size": 10, "valign": "vcenter", "border": 1, "border_color": _EDGE}
            self._formats[key] = self._book.add_format(base | looks)
        return self._formats[key]

    def sheet(self, name: str, *, paper: int = 8) -> Any:
        """A new sheet, set up for printing on A3 (or A4, 9) across."""
        page = self._book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(paper)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        page.set_header(f"&C&14{self._title.replace('&', '&&')}&R&9{name}")
        page.set_footer("&C&9第 &P 页　共 &N 页")
        return page

    def cell(self, page: Any, row: int, column: int, value: Value, **looks: Any) -> None:
        """One cell: dates and numbers as such, all else as text."""
        if isinstance(value, date) and value.year > 1900:
            page.write_datetime(row, column, value, self.style(num_format="yyyy-mm-dd", align="center", **looks))
        elif isinstance(value, int | float):
            page.write_number(row, column, value, self.style(align="center", **looks))
        else:
            text = plain("" if value is None else str(value), _CUT)
            marked = {"quote_prefix": True} if like_a_formula(text) else {}
            page.write_string(row, column, text, self.style(text_wrap=True, **marked, **looks))

    def table(
        self,
        page: Any,
        columns: Sequence[Mapping[str, Any]],
        rows: Sequence[Mapping[str, Value]],
        *,
        freeze: int = 0,
        looks: Mapping[tuple[str, Value], Mapping[str, Any]] | None = None,
    ) -> None:
        """A table under English and Chinese headings, with a filter; the first ``freeze`` columns stay in view.

        ``looks`` are those of cells, by the column's key and the row's ``_look``.
        """
        for at, column in enumerate(columns):
            page.set_column(at, at, column["width"])
            self.cell(page, 0, at, column["en"], font_size=8, font_color="#6B7280", align="center", bg_color=_HEAD)
            self.cell(page, 1, at, column["zh"], bold=True, align="center", bg_color=_HEAD)
        for nth, row in enumerate(rows, _HEADS):
            for at, column in enumerate(columns):
                look = (looks or {}).get((column["key"], row.get("_look")), {})
                self.cell(page, nth, at, row.get(column["key"]), **look)
            page.set_row(nth, _height(columns, row))
        page.freeze_panes(_HEADS, freeze)
        page.repeat_rows(0, _HEADS - 1)
        page.autofilter(_HEADS - 1, 0, max(_HEADS - 1, len(rows) + 1), len(columns) - 1)


def _height(columns: Sequence[Mapping[str, Any]], row: Mapping[str, Value]) -> float:
    texts = [(value, column["width"]) for column in columns if isinstance(value := row.get(column["key"]), str)]
    return min(_MOST, max((lines(text, width) for text, width in texts), default=1) * 13.5 + 4)
