"""The register as CSV (RFC 4180, UTF-8 with a byte order mark, as Excel and WPS want it)."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

from luoshi.plan import Plan
from luoshi.publish.register.columns import sheet, words
from luoshi.publish.register.rows import Rows, Value
from luoshi.publish.register.safe import guarded, plain
from luoshi.source import Document


def register_csv(plan: Plan, document: Document) -> bytes:
    """The sheet 任务台账 as CSV: one line of Chinese headings, then a record an item, numbers and dates as such.

    Text that begins like a formula gets an apostrophe in front. The same plan always gives the same bytes.
    """
    columns = sheet("items").columns
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(column.zh for column in columns)
    for row in Rows(plan, document).items():
        writer.writerow(_field(row[column.key].value) if column.key in row else "" for column in columns)
    return out.getvalue().encode("utf-8-sig")


def _field(value: Value) -> str:
    if isinstance(value, str):
        return guarded(plain(value, words()["cut"]))
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else "" if value is None else str(value)
