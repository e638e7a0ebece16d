"""Which tables and columns the open data has, and what coded values are called; data in ``tables.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, NamedTuple

from luoshi.measure.path import words as measure_words
from luoshi.publish.labels import label, values
from luoshi.supervise import words as supervise_words
from luoshi.supervise import workflow
from luoshi.supervise.evidence import kinds

Form = Literal["string", "integer", "number", "boolean", "date"]


class Name(NamedTuple):
    """What a value is called."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``group`` names the values that it may hold, empty where it may hold any."""

    name: str
    form: Form
    title: Name
    about: Name
    group: str = ""

    @property
    def values(self) -> Mapping[str, Name]:
        """The names of the values it may hold, in their order."""
        return names(self.group) if self.group else {}


@dataclass(frozen=True, slots=True)
class Table:
    """One table; ``links`` are its foreign keys, column to (table, column)."""

    name: str
    title: Name
    about: Name
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    links: Mapping[str, tuple[str, str]]
    required: frozenset[str]


@cache
def tables() -> tuple[Table, ...]:
    """Every table, in the order of the file."""
    return tuple(_table(name, row) for name, row in _read("tables.toml").items())


def _table(name: str, row: Mapping[str, Any]) -> Table:
    links = {column: tuple(to.split(".")) for column, to in row.get("links", {}).items()}
    needed = frozenset((*row["key"], *row.get("required", ())))
    title, about = Name(row["zh"], row["en"]), Name(row["about_zh"], row["about_en"])
    return Table(name, title, about, tuple(row["key"]), tuple(map(_column, row["columns"])), links, needed)


def _column(row: list[str]) -> Column:
    name, form, *said = row
    kind, _, group = form.partition(":")
    shown: Any = "string" if kind == "code" else kind
    return Column(name, shown, Name(*said[:2]), Name(*said[2:]), group)


@cache
def names(group: str) -> Mapping[str, Name]:
    """The values of ``group`` with their names, from wherever luoshi names them; those of ``words.toml`` come last."""
    where, _, rest = group.partition(".")
    own = {value: Name(row["zh"], row["en"]) for value, row in words()["names"].get(group, {}).items()}
    return {**(_NAMED[where](rest) if where in _NAMED else {}), **own}


def _labels(group: str) -> dict[str, Name]:
    return {value: Name(label(group, value), label(group, value, "en")) for value in values(group)}


def _words(group: str) -> dict[str, Name]:
    return {
        value: Name(supervise_words.word(group, value), supervise_words.word(group, value, "en"))
        for value in supervise_words.values(group)
    }


def _rows(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Name]:
    return {value: Name(row["zh"], row["en"]) for value, row in rows.items()}


_NAMED: dict[str, Callable[[str], dict[str, Name]]] = {
    "label": _labels,
    "word": _words,
    "measure": lambda group: _rows(measure_words()[group]),
    "state": lambda _: {name: Name(one.zh, one.en) for name, one in workflow().states.items()},
    "move": lambda _: {name: Name(one.zh, one.en) for name, one in workflow().moves.items()},
    "role": lambda _: _rows(workflow().roles),
    "evidence": lambda _: _rows(kinds()),
    "fate": lambda _: _words("fate"),
    "due_basis": lambda _: _labels("date_basis"),
}


@cache
def words() -> dict[str, Any]:
    """The fixed words of the open data."""
    return _read("words.toml")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
