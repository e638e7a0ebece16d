"""The rows of a list as a file to take away: CSV or Excel, with nothing in a cell that a spreadsheet would run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.utils import timezone
from xlsxwriter import Workbook

from luoshi.publish.register.safe import guarded, plain

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_CUT = "……（过长，已截断）"
_WIDTH = 24


def sheet(name: str, heads: Sequence[object], rows: Iterable[Sequence[Any]], kind: str) -> HttpResponse:
    """``rows`` under ``heads`` as a file ``name`` of the ``kind`` csv or xlsx. Raises Http404 for another kind."""
    if kind not in KINDS:
        raise Http404
    cells = [[_text(cell) for cell in row] for row in rows]
    made = {"csv": _csv, "xlsx": _xlsx}[kind]([str(head) for head in heads], cells)
    response = HttpResponse(made, content_type=KINDS[kind])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{kind}')}"
    return response


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else plain(str(value), _CUT)


def _csv(heads: list[str], rows: list[list[str]]) -> bytes:
    """With a mark of its encoding, without which Excel takes Chinese for something else."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(heads: list[str], rows: list[list[str]]) -> bytes:
    out = BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet()
    page.set_column(0, max(len(heads) - 1, 0), _WIDTH)
    page.write_row(0, 0, heads, book.add_format({"bold": True}))
    for at, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            page.write_string(at, column, cell)
    page.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
