"""The rows of a plan; which columns a table has is data (``columns.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Literal, NamedTuple

from luoshi.plan import Plan

TableName = Literal["figures", "commitments", "items"]
Row = dict[str, Any]


class Column(NamedTuple):
    """A column: its name, its type, and the dotted path of its value."""

    name: str
    type: Literal["string", "integer", "decimal", "date", "list"]
    path: str


@cache
def columns(table: TableName) -> tuple[Column, ...]:
    """The columns of ``table`` in their order, those of the report first."""
    raw = tomllib.loads(resources.files(__package__).joinpath("columns.toml").read_text(encoding="utf-8"))
    return tuple(Column(*row) for part in ("report", table) for row in raw[part]["columns"])


def rows(plan: Plan, table: TableName) -> list[Row]:
    """A row a finding of ``plan``: by column the plain value (text, whole number, day, list of ids), or None.

    A ``decimal`` is decimal text here, and None where the value is a fraction or a ratio, which is no decimal.
    """
    whole = plan.model_dump(mode="python", by_alias=True)
    sections = {section["id"]: section for section in whole["sections"]}
    made = []
    for finding in whole[table]:
        around = {**finding, "document": whole["document"], "section": sections.get(finding["section"], {})}
        made.append({column.name: _value(around, column) for column in columns(table)})
    return made


def _value(around: Mapping[str, Any], column: Column) -> Any:
    found: Any = around
    for name in column.path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    if column.type == "decimal" and found is not None and not str(found).replace(".", "", 1).lstrip("-").isdecimal():
        return None
    return list(found) if column.type == "list" else found
