"""What a row holds, and how a value is written in CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO

from luoshi.publish.opendata.tables import Column
from luoshi.publish.register.safe import guarded, plain

Value = str | int | Decimal | date | None  # bool is an int
Row = Mapping[str, Value]
_NO_END = 10**9  # a CSV field may be as long as it likes
_PLACES = Decimal("0.000001")


def exact(value: Decimal | None) -> Decimal | None:
    """``value``, to six places where a division made it longer."""
    if value is None or int(value.as_tuple().exponent) >= -6:
        return value
    return value.quantize(_PLACES)


def as_csv(columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    """RFC 4180 in UTF-8 without a byte order mark, as Frictionless wants it; text like a formula is guarded."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(column.name for column in columns)
    writer.writerows([_field(row.get(column.name)) for column in columns] for row in rows)
    return out.getvalue().encode("utf-8")


def _field(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case str():
            return guarded(plain(value, "", _NO_END))
    return str(value)
