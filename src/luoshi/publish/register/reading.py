"""A returned table: where its columns are by now, and which row is which matter's."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from luoshi.problems import Problem, problem
from luoshi.publish.register.columns import Column, sheet
from luoshi.publish.register.identity import Known, known
from luoshi.publish.register.safe import plain, unguarded

Table = Sequence[Sequence[str]]
_LOOKED_AT = 30  # rows in which the headings are looked for: somebody may have put a title above
_ENOUGH = 5  # known headings that make a row the row of headings


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table that is a matter's: its number in the sheet (from 1), its code, its cells by column."""

    row: int
    known: Known
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Heads:
    """The headings that were found: their row, from 0, and the place of every column."""

    row: int
    places: Mapping[str, int]

    def address(self, row: int, key: str) -> str:
        """The cell of the column ``key`` in ``row``, as spreadsheets name it: L12."""
        return f"{letters(self.places[key])}{row}"


def heads_of(table: Table) -> tuple[Heads | None, tuple[Problem, ...]]:
    """Where the columns are. Without headings, or with one that is there twice, there are none, and a problem."""
    names = {_name(column.zh): column.key for column in sheet("items").columns}
    for at, row in enumerate(table[:_LOOKED_AT]):
        cells = [(place, names[_name(cell)]) for place, cell in enumerate(row) if _name(cell) in names]
        keys = [key for _, key in cells]
        if len(set(keys)) >= _ENOUGH and {"id", "code"} & set(keys):
            twice = next((key for key in keys if keys.count(key) > 1), None)
            if twice:
                both = "、".join(f"{letters(place)}{at + 1}" for place, key in cells if key == twice)
                return None, (problem("L002", column=_column(twice).zh, cells=both),)
            return Heads(at, {key: place for place, key in cells}), ()
    return None, (problem("L001", looked=_LOOKED_AT),)


def lines_of(table: Table, heads: Heads, *, guards: bool) -> Iterator[Line | Problem]:
    """The rows below the headings: a matter's, or what is wrong with it. Empty rows are passed over.

    With ``guards`` (CSV) the apostrophe is taken off that keeps text from being a formula.
    """
    for at in range(heads.row + 1, len(table)):
        cells = {key: _text(table[at], place, guards=guards) for key, place in heads.places.items()}
        if not any(map(str.strip, cells.values())):
            continue
        own, name = known(cells.get("code", "")), cells.get("id", "").strip()
        if own is None and not name:
            yield problem("L003", row=at + 1)
        elif own is not None and name and own.id.strip() != name:
            yield problem("L004", row=at + 1, cell=heads.address(at + 1, "id"), found=name, known=own.id)
        else:
            yield Line(at + 1, own or Known(name, 0, {}), cells)


def named(table: Table) -> dict[str, str]:
    """The titles of the matters in a table that comes back, by their ids; nothing where it is no register."""
    heads, _ = heads_of(table)
    lines = lines_of(table, heads, guards=False) if heads else ()
    return {one.known.id.strip(): one.cells.get("title", "").strip() for one in lines if isinstance(one, Line)}


def letters(place: int) -> str:
    """The letters of the column at ``place``, from 0: A … Z, AA …"""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def _text(row: Sequence[str], place: int, *, guards: bool) -> str:
    text = plain(row[place], "") if place < len(row) else ""
    return unguarded(text) if guards else text


def _name(heading: str) -> str:
    return "".join(unicodedata.normalize("NFKC", heading).split())


def _column(key: str) -> Column:
    return next(column for column in sheet("items").columns if column.key == key)
