"""The sheets and columns of the register, and its fixed words; they are data in ``columns.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any, Literal

from luoshi.publish.labels import labels
from luoshi.supervise.words import values, word

Form = Literal["whole", "number", "date", "text", "long"]


@dataclass(frozen=True, slots=True)
class Group:
    """Who fills a column in, and the colour that says so."""

    zh: str
    en: str
    colour: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``choices`` are what its cells may hold, ``check`` names another rule (percent, amount, date).

    ``states`` marks a column of registers with states only; there ``opens`` names the roles that may fill it in, and
    ``member`` the field of a move that what they write goes into. ``listed`` is the group of words of the choices.
    """

    key: str
    zh: str
    en: str
    width: float
    form: Form
    note: str
    group: str = "report"
    choices: tuple[str, ...] = ()
    check: str = ""
    states: bool = False
    opens: tuple[str, ...] = ()
    member: str = ""
    listed: str = ""
    longest: int = 2000
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; columns up to ``freeze_to`` stay in view, the first of ``print_to`` that is there is printed last."""

    title: str
    en: str
    paper: str = "A4"
    freeze_to: str = ""
    print_to: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()

    @property
    def frozen(self) -> int:
        """How many columns stay in view."""
        return self.place(self.freeze_to) + 1

    @property
    def printed(self) -> int:
        """The place of the last column that is printed."""
        return next((at for name in self.print_to if (at := self.place(name)) >= 0), len(self.columns) - 1)

    def place(self, key: str) -> int:
        """Where the column called ``key`` stands, from 0; −1 where it is not."""
        return next((at for at, column in enumerate(self.columns) if column.key == key), -1)


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
def sheet(name: str, *, states: bool = True) -> Sheet:
    """The sheet called ``name``: ``items``, ``figures``, ``commitments``, ``ladder`` or ``notes``.

    Without ``states`` the columns are missing that only a register with states has.
    """
    row = dict(_data()["sheets"][name])
    columns = (_column(column) for column in row.get("columns", ()))
    kept = tuple(column for column in columns if states or not column.states)
    return replace(Sheet(**{**row, "columns": kept}), print_to=tuple(row.get("print_to", ())))


def _column(row: dict[str, Any]) -> Column:
    choices, listed = row.get("choices", ()), ""
    if isinstance(choices, str):
        listed = choices.removeprefix("word:") if choices.startswith("word:") else ""
        choices = tuple(word(listed, value) for value in values(listed)) if listed else labels(choices)
    more = {"choices": tuple(choices), "listed": listed, "opens": tuple(row.get("opens", ()))}
    return Column(**{**row, **more})
