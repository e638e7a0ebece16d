"""A table from a strange file: CSV is read here, an Excel workbook in the limited child process."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from luoshi.intake.door import file_bytes, shown_name
from luoshi.intake.limits import DEFAULT, Limits
from luoshi.intake.parent import read_in_child
from luoshi.intake.reading import Refusal
from luoshi.intake.sniff import name_of, sniff
from luoshi.intake.text import decode
from luoshi.problems import Problem

Row = tuple[str, ...]
SEPARATORS = (",", "\t", ";", "，")
_FEW_LINES = 5


@dataclass(frozen=True, slots=True)
class Table:
    """The first sheet with anything in it: its rows as text, blank rows kept so that row numbers are the sheet's."""

    name: str = ""
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()


def open_table(path: Path, *, limits: Limits = DEFAULT) -> Table:
    """Read the table in the file at ``path``: xlsx, xls, et or CSV, told by content.

    Bad input becomes problems; then there are no rows. Numbers come as Excel shows them in full, dates as ISO.
    """
    name = shown_name(path)
    try:
        data = file_bytes(path, name, limits)
        kind = sniff(data, "")
        if kind in ("zip", "ole"):
            _, reading = read_in_child(data, "sheet", limits)
            sheet, rows = _sheet(reading.text)
        elif kind in ("text", "markdown"):
            sheet, rows = "", _csv(data, limits)
        else:
            raise Refusal("I041", name=name, found=name_of(kind))
    except Refusal as refusal:
        return Table(problems=(refusal.remark.problem(),))
    if not any(map(any, rows)):
        return Table(problems=(Refusal("I040", name=name).remark.problem(),))
    return Table(sheet, rows)


def _sheet(text: str) -> tuple[str, tuple[Row, ...]]:
    """What the child answered, checked: it has been alone with the file."""
    try:
        answer = json.loads(text)
        return str(answer["name"]), tuple(tuple(str(cell) for cell in row) for row in answer["rows"])
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal("I029", detail=type(error).__name__) from error


def _csv(data: bytes, limits: Limits) -> tuple[Row, ...]:
    if len(data) > limits.text_bytes:
        raise Refusal("I006", size=f"{len(data) / (1 << 20):.1f} MB", limit=f"{limits.text_bytes / (1 << 20):.1f} MB")
    text, _ = decode(data)
    lines = [line for line in text.splitlines() if line.strip()][:_FEW_LINES]
    separator = max(SEPARATORS, key=lambda mark: min((line.count(mark) for line in lines), default=0))
    try:
        return tuple(map(tuple, csv.reader(StringIO(text.replace("\0", ""), newline=""), delimiter=separator)))
    except csv.Error as error:
        raise Refusal("I029", detail=str(error)) from error
