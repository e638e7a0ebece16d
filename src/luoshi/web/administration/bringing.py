"""Tables that are brought in: uploaded, read by their headings, shown before they are kept; every cell has a place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from django import forms

from luoshi.problems import Problem, problem
from luoshi.publish.register.reading import letters
from luoshi.publish.register.safe import unguarded
from luoshi.web.shell.language import pair, say

if TYPE_CHECKING:
    pass

MOST_ROWS = 5000
_HEADINGS_WITHIN = 20


class TableForm(forms.Form):
    """A table, or one that was shown already: ``table`` is it as CSV, ``stood`` what it met there."""

    file = forms.FileField(label=pair("表格", "Table"), required=False, allow_empty_file=True, max_length=200)
    table = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    stood = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table, numbered as the spreadsheet numbers it: the text of its cells by column."""

    row: int
    cells: dict[str, str]
    places: dict[str, int]

    def get(self, column: str) -> str:
        """The text in ``column``; empty where the table has no such column."""
        return self.cells.get(column, "")

    def place(self, column: str) -> str:
        """The address of a cell: B7."""
        return f"{letters(self.places[column])}{self.row}" if column in self.places else f"{self.row}"

    def wrong(self, kind: str, column: str, what: object) -> Problem:
        """The problem that says what is wrong with a cell."""
        return problem("T121", cell=self.place(column), column=said(kind, column), value=self.get(column), what=what)


def columns(kind: str) -> dict[str, dict[str, Any]]:
    """The columns of a table of ``kind`` (``imports.toml``)."""
    found: dict[str, dict[str, Any]] = _data()[kind]["columns"]
    return found


def said(kind: str, column: str) -> str:
    """What a column is called for the reader."""
    row = columns(kind)[column]
    return say(row["zh"], row["en"])


def lines(kind: str, table: Sequence[Sequence[str]]) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """The rows below the headings, blank ones left out; or the problem that there are no headings, or no rows."""
    for number, row in enumerate(table[:_HEADINGS_WITHIN]):
        places = _places(kind, row)
        if all(column in places for column, one in columns(kind).items() if one.get("needed")):
            found = tuple(_lines(places, table[number + 1 :], number + 2))
            if len(found) > MOST_ROWS:
                return (), (problem("T122", count=len(found), most=MOST_ROWS),)
            return found, () if found else (_headless(kind),)
    return (), (_headless(kind),)


def _headless(kind: str) -> Problem:
    needed = [said(kind, column) for column, one in columns(kind).items() if one.get("needed")]
    return problem("T120", columns="、".join(needed))


def _places(kind: str, row: Sequence[str]) -> dict[str, int]:
    """Which column stands where, the first of a name."""
    heads = [cell.strip().lower() for cell in row]
    return {
        column: min(heads.index(name) for name in one["names"] if name in heads)
        for column, one in columns(kind).items()
        if any(name in heads for name in one["names"])
    }


def _lines(places: dict[str, int], table: Sequence[Sequence[str]], first: int) -> Iterator[Line]:
    for number, row in enumerate(table, first):
        cells = {column: unguarded(row[at]).strip() if at < len(row) else "" for column, at in places.items()}
        if any(cells.values()):
            yield Line(number, cells, places)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("imports.toml").read_text(encoding="utf-8"))
