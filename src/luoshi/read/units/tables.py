"""Tables in the text: their heads, and their cells, whether one line is a row or every cell has a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from luoshi.read.units.wording import UNIT_ROLES, Role, wording

_MOST_CELLS = 4000
_HEAD_LINES = 14
_LONGEST_HEAD = 14
_PIECES = 3
_SECTION = re.compile(r" *(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))")
_RULE = re.compile(r"[ |:\-—=]+")
_BREAK = re.compile(r"<br ?/?>|\\n")
_BAR = re.compile(r"\||\t")
_GAP = re.compile(r" {2,}|\t")


class Cell(NamedTuple):
    """The words of a cell and where they stand."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: its cells; ``whole`` when there is one for every column, ``closed`` when it is a section."""

    cells: tuple[Cell, ...]
    whole: bool
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The kinds of the columns, and the lines below the head."""

    columns: tuple[Role, ...]
    lines: tuple[Row, ...]


def tables(text: str) -> Iterator[Table]:
    """The tables of ``text`` (folded, tabs kept) that have a column of units, in text order."""
    lines = _lines(text)
    at = 0
    while at < len(lines):
        head = _head(lines, at)
        if head is None:
            at += 1
            continue
        columns, first = head
        rows, at = _body(lines, first, columns)
        yield Table(columns, tuple(rows))


def _lines(text: str) -> list[Cell]:
    """The lines that say something."""
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Cell(line, at, at + len(line)))
        at += len(line) + 1
    return found


def cells(line: Cell) -> list[Cell]:
    """What stands between the bars or tabs of a line, else between its wide gaps."""
    mark = _BAR if _BAR.search(line.text) else _GAP
    left = len(line.text) - len(line.text.lstrip(" "))
    cuts = [(-1, left), *(found.span() for found in mark.finditer(line.text, left)), (len(line.text), -1)]
    made = [_cell(line, end, start) for (_, end), (start, _) in pairwise(cuts)]
    if "|" in line.text:
        made = made[(not made[0].text) :]
        made = made[: len(made) - (len(made) > 1 and not made[-1].text)]
    return made


def _cell(line: Cell, start: int, end: int) -> Cell:
    words = line.text[start:end]
    left = len(words) - len(words.lstrip())
    clean = words.strip()
    return Cell(_BREAK.sub("、", clean), line.start + start + left, line.start + start + left + len(clean))


# ── heads ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _head(lines: Sequence[Cell], at: int) -> tuple[tuple[Role, ...], int] | None:
    """The columns of the table whose head begins at line ``at``, and the line below it."""
    if _BAR.search(lines[at].text) or _GAP.search(lines[at].text.strip()):
        row = [kind(cell.text) for cell in cells(lines[at])]
        if len(row) > 1 and _serves(row):
            return tuple(role or "other" for role in row), at + 1
    columns, end = _stacked(lines, at)
    return (tuple(columns), end) if _serves(columns) and len(columns) > 1 else None


def _serves(columns: Sequence[Role | None]) -> bool:
    return any(role in UNIT_ROLES for role in columns) and any(role in ("task", "number") for role in columns)


def kind(words: str) -> Role | None:
    """What the head of a column says stands in it."""
    plain = re.sub(r"[\s|、]", "", words)
    if not 1 < len(plain) <= _LONGEST_HEAD:
        return None
    return next((role for role, pattern in wording().column.items() if pattern.fullmatch(plain)), None)


def _stacked(lines: Sequence[Cell], at: int) -> tuple[list[Role], int]:
    """The columns whose heads stand one below the other, some cut over two or three lines (责任⏎单位)."""
    columns: list[Role] = []
    until = min(len(lines), at + 2 * _HEAD_LINES)
    while at < until:
        pieces = [re.sub(r"[\s|]", "", line.text) for line in lines[at : at + _PIECES]]
        found = next(
            ((role, count) for count in range(1, len(pieces) + 1) if (role := kind("".join(pieces[:count])))), None
        )
        if found is None:
            break
        columns.append(found[0])
        at += found[1]
    return columns, at


# ── bodies ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _body(lines: Sequence[Cell], at: int, columns: Sequence[Role]) -> tuple[list[Row], int]:
    """The lines below a head, and the line behind the table."""
    rows: list[Row] = []
    made = wording()
    count = 0
    while at < len(lines) and count < _MOST_CELLS:
        line = lines[at]
        if made.stop.match(line.text) or made.field.match(line.text.lstrip()) or _head(lines, at) is not None:
            break
        at += 1
        if _RULE.fullmatch(line.text) and "-" in line.text:
            continue
        row = cells(line)
        count += len(row)
        closed = len(row) == 1 and bool(_SECTION.match(row[0].text))
        rows.append(Row(tuple(row), len(row) == len(columns) > 1, closed))
    return rows, at
