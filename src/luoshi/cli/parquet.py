"""Rows into a Parquet file, group by group, so that a folder of any size fits into memory."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from luoshi.publish.tables import Column, Row, TableName, columns

_GROUP = 50_000
_DIGITS, _PLACES = 38, 10
_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "decimal": pa.decimal128(_DIGITS, _PLACES),
    "date": pa.date32(),
    "list": pa.list_(pa.string()),
}


class Parquet:
    """A Parquet file that is being written; closed at the end of a ``with`` block."""

    def __init__(self, path: Path, table: TableName) -> None:
        self._columns = columns(table)
        self._schema = pa.schema([(column.name, _TYPES[column.type]) for column in self._columns])
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Row] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._rows:
            self._flush()
        self._writer.close()

    def add(self, rows: list[Row]) -> None:
        """Append ``rows``."""
        self._rows += rows
        if len(self._rows) >= _GROUP:
            self._flush()

    def _flush(self) -> None:
        arrays = [pa.array([_plain(row[c.name], c) for row in self._rows], _TYPES[c.type]) for c in self._columns]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._rows = []


def _plain(value: Any, column: Column) -> Any:
    """``value`` as Arrow takes it; a decimal with more digits than a column holds is left out."""
    if column.type != "decimal" or value is None:
        return value
    number = Decimal(value)
    fits = abs(number) < Decimal(10) ** (_DIGITS - _PLACES)
    return number.quantize(Decimal(1).scaleb(-_PLACES)) if fits else None
