"""The register as CSV (RFC 4180, UTF-8 with a byte order mark, as Excel and WPS want it)."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING

from luoshi.plan import Plan
from luoshi.publish.register.cells import Row, Value
from luoshi.publish.register.columns import Sheet, sheet, words
from luoshi.publish.register.given import given_rows
from luoshi.publish.register.rows import Rows
from luoshi.publish.register.safe import guarded, plain
from luoshi.source import Document

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from luoshi.publish.dossier import Dossier


def register_csv(plan: Plan, document: Document) -> bytes:
    """The sheet 任务台账 as CSV: one line of Chinese headings, then a record an item, numbers and dates as such.

    Text that begins like a formula gets an apostrophe in front. The same plan always gives the same bytes.
    """
    return _written(sheet("items", states=False), Rows(plan, document).items())


def register_csv_of(whole: Dossier, unit: str = "", names: Collection[str] = ()) -> bytes:
    """The same table with the state of every matter, and the code by which a row is known when it comes back."""
    own = names or ((unit,) if unit else ())
    return _written(sheet("items"), given_rows(whole, Rows(whole.plan, whole.document), own))


def _written(about: Sheet, rows: Iterable[Row]) -> bytes:
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(column.zh for column in about.columns)
    for row in rows:
        writer.writerow(_field(row[column.key].value) if column.key in row else "" for column in about.columns)
    return out.getvalue().encode("utf-8-sig")


def _field(value: Value) -> str:
    if isinstance(value, str):
        return guarded(plain(value, words()["cut"]))
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else "" if value is None else str(value)
