"""The rows of an agenda, as CSV and as a workbook; the same agenda always gives the same bytes."""

from __future__ import annotations

import csv
import tomllib
from datetime import date, datetime, time
from functools import cache
from importlib import resources
from io import BytesIO, StringIO
from typing import Any

from xlsxwriter import Workbook

from luoshi.publish.register.safe import guarded, plain
from luoshi.supervise import Agenda, Rules
from luoshi.supervise.agenda import Row
from luoshi.supervise.words import word

Cell = str | int | date
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


def agenda_rows(made: Agenda, rules: Rules) -> list[dict[str, Cell]]:
    """A row an obligation: by column the text, whole number or day that stands there, in Chinese."""
    return [_row(row, rules) for row in made.rows]


def agenda_csv(made: Agenda, rules: Rules) -> bytes:
    """The agenda as CSV (RFC 4180, UTF-8 with a byte order mark); text that begins like a formula is guarded."""
    columns = _data()["columns"]
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(column["zh"] for column in columns)
    for row in agenda_rows(made, rules):
        writer.writerow(_field(row[column["key"]]) for column in columns)
    return out.getvalue().encode("utf-8-sig")


def agenda_xlsx(made: Agenda, rules: Rules) -> bytes:
    """The agenda as an Excel workbook of one sheet, headings frozen and filtered; no cell is a formula or a link."""
    columns, out = _data()["columns"], BytesIO()
    book = Workbook(out, _OPTIONS)
    book.set_properties({"title": _data()["title"], "created": datetime.combine(made.today, time())})
    sheet = book.add_worksheet(_data()["title"])
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#DCE6F1", "valign": "vcenter"})
    body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"border": 1, "num_format": "yyyy-mm-dd", "valign": "top"})
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column["width"])
        sheet.write_string(0, at, column["zh"], head)
    rows = agenda_rows(made, rules)
    for line, row in enumerate(rows, 1):
        for at, column in enumerate(columns):
            _write(sheet, line, at, row[column["key"]], day if column["key"] == "due" else body)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return out.getvalue()


def _row(row: Row, rules: Rules) -> dict[str, Cell]:
    owed = row.owed
    state = rules.workflow.states.get(owed.detail)
    return {
        "bucket": word("bucket", row.bucket),
        "due": owed.due,
        "days": row.days,
        "matter": owed.matter,
        "title": "".join(owed.title.split("\n")),
        "what": word("owed", owed.what),
        "detail": state.zh if owed.what == "limit" and state else "" if owed.what == "report" else owed.detail,
        "unit": row.unit,
        "part": word("part", row.part),
        "who": owed.who or rules.workflow.roles[owed.role]["zh"],
        "light": f"{row.light.shape}{row.light.name}",
        "why": row.light.why,
        "prepare": "、".join(row.prepare),
    }


def _write(sheet: Any, line: int, at: int, value: Cell, style: Any) -> None:
    match value:
        case date():
            sheet.write_datetime(line, at, datetime.combine(value, time()), style)
        case int():
            sheet.write_number(line, at, value, style)
        case str():
            sheet.write_string(line, at, plain(value, _data()["cut"]), style)


def _field(value: Cell) -> str:
    return guarded(plain(value, _data()["cut"])) if isinstance(value, str) else str(value)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("columns.toml").read_text(encoding="utf-8"))
