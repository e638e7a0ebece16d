"""What people say about the way of an indicator: its path, its start, its steps; a table beside the readings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from typing import Any, cast

from luoshi.days import Months, months_in
from luoshi.measure.path import Kind
from luoshi.measure.target import Better, Nature
from luoshi.problems import Problem, problem

_SAYING = frozenset(("path", "base", "better", "nature", "value"))

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Given:
    """What was said about one indicator; None where nothing was. ``steps`` are values in the target's unit."""

    path: Kind | None = None
    base: Decimal | None = None
    better: Better | None = None
    nature: Nature | None = None
    steps: tuple[tuple[Months, Decimal], ...] = ()


def given(rows: Rows) -> tuple[Mapping[str, Given], tuple[Problem, ...]]:
    """Read a table of paths: a row of headings, then a row an indicator, or a row a step.

    Rows that cannot be used are left out and named by their number.
    """
    columns = _columns(rows[0]) if rows else {}
    if "name" not in columns:
        return {}, (problem("M001", columns="指标"),)
    if not columns.keys() & _SAYING:
        names = "、".join(_words()["columns"][key][0] for key in ("path", "base", "better", "nature", "value"))
        return {}, (problem("M030", columns=names),)
    said: dict[str, Given] = {}
    found: list[Problem] = []
    for number, row in enumerate(rows[1:], 2):
        cells = {key: row[place].strip() if place < len(row) else "" for key, place in columns.items()}
        if cells["name"]:
            now = _row(cells, number, said.get(cells["name"], Given()))
            if isinstance(now, Problem):
                found.append(now)
            else:
                said[cells["name"]] = now
    return said, tuple(found)


def _columns(row: Sequence[str]) -> dict[str, int]:
    names = {alias: key for key, aliases in _words()["columns"].items() for alias in aliases}
    cells = [re.sub(r"\s", "", cell).lower() for cell in row]
    return {names[cell]: place for place, cell in enumerate(cells) if cell in names}


def _row(cells: Mapping[str, str], row: int, before: Given) -> Given | Problem:
    path = _meaning("path", cells.get("path", ""))
    if cells.get("path") and path is None:
        return problem("M019", row=row, found=cells["path"])
    now = before if path is None else replace(before, path=cast("Kind", path))
    better, nature = _meaning("better", cells.get("better", "")), _meaning("nature", cells.get("nature", ""))
    now = now if better is None else replace(now, better=cast("Better", better))
    now = now if nature is None else replace(now, nature=cast("Nature", nature))
    for key in ("base", "value"):
        if cells.get(key) and _number(cells[key]) is None:
            return problem("M002", row=row, found=cells[key])
    base = _number(cells.get("base", ""))
    now = now if base is None else replace(now, base=base)
    value, when = _number(cells.get("value", "")), months_in(cells.get("period", ""))
    if value is None:
        return now
    if when is None:
        return problem("M003", row=row, found=cells.get("period") or "（空）")
    return replace(now, steps=(*now.steps, (when, value)))


def _number(cell: str) -> Decimal | None:
    try:
        value = Decimal(cell.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _meaning(group: str, said: str) -> str | None:
    words = said.strip().lower()
    return next((key for key, aliases in _words()[group].items() if words and words in aliases), None)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(resources.files("luoshi.measure").joinpath("given.toml").read_text(encoding="utf-8"))
