"""The sheets and columns of the register, and its fixed words; they are data in ``columns.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from luoshi.publish.labels import labels

Form = Literal["whole", "number", "date", "text", "long"]


@dataclass(frozen=True, slots=True)
class Group:
    """Who fills a column in, and the colour that says so."""

    zh: str
    en: str
    colour: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``choices`` are what its cells may hold, ``check`` names another rule (percent, amount, date)."""

    key: str
    zh: str
    en: str
    width: float
    form: Form
    note: str
    group: str = "report"
    choices: tuple[str, ...] = ()
    check: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; ``freeze`` columns stay in view, ``print_to`` names the last column that is printed (all if empty)."""

    title: str
    en: str
    paper: str = "A4"
    freeze: int = 0
    print_to: str = ""
    columns: tuple[Column, ...] = ()


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("columns.toml").read_text(encoding="utf-8"))


def words() -> dict[str, Any]:
    """The fixed words of the register."""
    found: dict[str, Any] = _data()["words"]
    return found


def note_words() -> dict[str, Any]:
    """The fixed words of the sheet 说明."""
    found: dict[str, Any] = _data()["notes"]
    return found


@cache
def groups() -> dict[str, Group]:
    """Who fills columns in, by name."""
    return {name: Group(**row) for name, row in _data()["groups"].items()}


@cache
def sheet(name: str) -> Sheet:
    """The sheet called ``name``: ``items``, ``figures``, ``commitments``, ``ladder`` or ``notes``."""
    row = dict(_data()["sheets"][name])
    return Sheet(**{**row, "columns": tuple(_column(column) for column in row.get("columns", ()))})


def _column(row: dict[str, Any]) -> Column:
    choices = row.get("choices", ())
    return Column(**{**row, "choices": labels(choices) if isinstance(choices, str) else tuple(choices)})
