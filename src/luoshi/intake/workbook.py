"""An Excel workbook (xlsx, xls, et), read by calamine in the child process: cells as text, no formula is ever run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from luoshi.intake.limits import Limits
from luoshi.intake.package import Package
from luoshi.intake.reading import Reading, Refusal

_DIGITS = 15  # what Excel keeps; more are the binary dust of 0.1 + 0.2


def read_sheet(data: bytes, limits: Limits) -> Reading:
    """The first sheet of a workbook that has anything in it, as JSON text: its name and its rows."""
    if data.startswith(b"PK"):
        Package(data, limits)  # refuses bombs before anything is unpacked
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        found: tuple[str, list[list[str]]] = ("", [])
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(map(any, rows)):
                found = (name, _cells(rows, limits))
                break
    except CalamineError as error:
        raise Refusal("I013", detail=type(error).__name__) from error
    return Reading(json.dumps({"name": found[0], "rows": found[1]}, ensure_ascii=False))


def _cells(rows: Sequence[Sequence[Any]], limits: Limits) -> list[list[str]]:
    count = sum(map(len, rows))
    if count > limits.cells:
        raise Refusal("I042", name="表格", count=count, limit=limits.cells)
    return [[_written(cell) for cell in row] for row in rows]


def _written(cell: object) -> str:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return f"{Decimal(f'{cell:.{_DIGITS}g}'):f}"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
