"""Knowing a row again, and what was changed in it, after it has been sorted, moved, retyped and saved by others.

The code of a row holds the matter's id and revision, and a mark of every cell as it was given out: 24 bits of a hash
of the cell's content in a form that no spreadsheet changes. A cell that no longer fits its mark was changed by whoever
had the file; one whose mark no longer fits the docket was changed there meanwhile.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from hashlib import sha256

from luoshi.publish.register.cells import Row, Value
from luoshi.publish.register.columns import Column, sheet, words
from luoshi.publish.register.safe import plain
from luoshi.supervise import Matter

_VERSION = "1"
_MARK = 4  # characters, six bits each
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ]00:00(?::00)?)?")
_FIRST = date(1899, 12, 30)  # day 0 of spreadsheets, after their leap day that never was
_SERIAL = range(20000, 80000)  # the days from 1954 to 2119


@dataclass(frozen=True, slots=True)
class Known:
    """What a row's code says: whose it is, at which revision, and the mark of every cell by its column's key.

    ``marks`` is empty where another version of the columns was given out.
    """

    id: str
    revision: int
    marks: Mapping[str, str]


def code(one: Matter, row: Row) -> str:
    """The code of ``row``, which is that of the matter ``one``."""
    found = "".join(mark(column, row[column.key].value if column.key in row else None) for column in _marked())
    return f"{_VERSION}.{one.revision}.{_edition()}.{found}.{one.id}"


def known(text: str) -> Known | None:
    """What the code ``text`` says; None where it is none."""
    version, _, rest = text.strip().partition(".")
    parts = rest.split(".", 3)
    if version != _VERSION or len(parts) != 4 or not parts[0].isdecimal():
        return None
    revision, edition, marks, name = parts
    columns = _marked()
    if edition != _edition() or len(marks) != _MARK * len(columns):
        return Known(name, int(revision), {})
    cut = (marks[at : at + _MARK] for at in range(0, len(marks), _MARK))
    return Known(name, int(revision), {column.key: one for column, one in zip(columns, cut, strict=True)})


def mark(column: Column, value: Value) -> str:
    """24 bits of a hash of ``value`` in its settled form."""
    return _hashed(settled(column, value))


def settled(column: Column, value: Value) -> str:
    """``value`` as text in one form: numbers without needless zeros, days in ISO, no spaces at the ends of lines."""
    if isinstance(value, date):
        return value.isoformat()
    text = plain("" if value is None else str(value), words()["cut"])
    if column.form in ("number", "whole"):
        found = number(text)
        return f"{found.normalize():f}" if found is not None else _lines(text)
    if column.form == "date":
        day = day_of(text)
        return day.isoformat() if day else _lines(text)
    return _lines(text)


def number(text: str) -> Decimal | None:
    """The number that somebody typed: full-width digits, thousands' commas and a percent sign are fine."""
    typed = unicodedata.normalize("NFKC", text).strip().replace(",", "").removesuffix("%").strip()
    try:
        found = Decimal(typed)
    except InvalidOperation:
        return None
    return found if found.is_finite() and "_" not in typed else None


def day_of(text: str) -> date | None:
    """The day that somebody typed: 2026-05-01, 2026/5/1, 2026.5.1, 2026年5月1日, or a spreadsheet's day number."""
    typed = unicodedata.normalize("NFKC", text).strip()
    if typed.isdecimal() and int(typed) in _SERIAL:
        return _FIRST + timedelta(days=int(typed))
    found = _DAY.fullmatch(typed)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().split("\n"))


def _marked() -> tuple[Column, ...]:
    """The columns that have a mark: all but the code itself and the number of the row, which sorting changes."""
    return tuple(column for column in sheet("items").columns if column.key not in ("code", "number"))


@cache
def _edition() -> str:
    """Which columns there are, in which order: marks of other ones mean nothing."""
    return _hashed(" ".join(column.key for column in _marked()))


def _hashed(text: str) -> str:
    return urlsafe_b64encode(sha256(text.encode("utf-8", "surrogatepass")).digest()[:3]).decode("ascii")
