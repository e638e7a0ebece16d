"""From the cells of a table to its tasks: which cell stands in which column where a row has lost its frame.

A row with a cell for every column is read by their order. Other cells are laid out by what they look like: the order
of the columns, and numbers, units, names of people and times that stand in theirs, decide together (the best layout of
all, found by dynamic programming over cells and columns).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from luoshi.read.units.names import all_units, names
from luoshi.read.units.stated import Stated, divided
from luoshi.read.units.tables import Cell, Row, Table, tables
from luoshi.read.units.wording import UNIT_ROLES, Role

_NUMBER = re.compile(r"\(?\d{1,3}[.、)]?")
_TIME = re.compile(
    r"(?=.{2,16}$).*(?:\d年|\d月|年底|季度|全年|年内|上半年|下半年|启动|完成|开工|完工|竣工|长期|持续|使用)"
)
_PERSON = re.compile(r"[一-龥][一-龥· 、]{1,12}")
_CELLS_APART = frozenset("、,;")
_NEW_ROW, _NO_NUMBER, _SAME, _SKIPPED, _LEFT_OUT = 1.0, 3.0, 0.5, 1.0, 0.5
_NEVER = float("-inf")

Placed = list[tuple[int, Cell]]


def task_rows(text: str) -> list[Stated]:
    """What the tables of ``text`` (folded, tabs kept) say about who is in charge of each of their rows."""
    return [one for table in tables(text) for one in _rows(table)]


def _rows(table: Table) -> Iterator[Stated]:
    """One statement a row; a row without units in a table of merged cells has those of the row above."""
    above: Stated | None = None
    for placed, whole in _placed(table):
        units = [(table.columns[at], cell) for at, cell in placed if table.columns[at] in UNIT_ROLES and cell.text]
        since, until = min(cell.start for _, cell in placed), max(cell.end for _, cell in placed)
        numbered = any(table.columns[at] == "number" and cell.text for at, cell in placed)
        if units:
            lead, help_ = divided([(role, names(cell.text, sure=True)) for role, cell in units])
            start, end = min(cell.start for _, cell in units), max(cell.end for _, cell in units)
            above = Stated(start, end, since, until, lead, help_) if lead or help_ else None
        elif above is not None and (whole or not numbered) and "number" in table.columns:
            above = Stated(above.start, above.end, since, until, above.lead, above.help)
        else:
            above = None
        if above is not None:
            yield above


def _placed(table: Table) -> Iterator[tuple[Placed, bool]]:
    """The rows of a table, each cell with its column; the second says that none was missing."""
    loose: list[Cell] = []
    for line in (*table.lines, Row((), True, closed=True)):
        if not (line.whole or line.closed):
            loose += [cell for cell in line.cells if cell.text]
            continue
        yield from ((row, False) for row in _laid_out(_joined(loose), table.columns))
        loose = []
        if line.whole and any(cell.text for cell in line.cells):
            yield list(enumerate(line.cells)), True


def _joined(loose: Sequence[Cell]) -> list[Cell]:
    """Cells of which one ends inside a list are one (县住建局、⏎县水务局)."""
    made: list[Cell] = []
    for cell in loose:
        if made and (made[-1].text[-1] in _CELLS_APART or cell.text[0] in _CELLS_APART):
            made[-1] = Cell(made[-1].text + cell.text, made[-1].start, cell.end)
        else:
            made.append(cell)
    return made


# ── layout ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _laid_out(loose: Sequence[Cell], columns: Sequence[Role]) -> list[Placed]:
    """``loose`` cells in rows, each with its column."""
    if not loose:
        return []
    rows: list[Placed] = []
    for (at, fresh), cell in zip(_best(loose, columns), loose, strict=True):
        if fresh:
            rows.append([])
        same = rows[-1].pop()[1] if rows[-1] and rows[-1][-1][0] == at else None
        rows[-1].append((at, Cell(f"{same.text}、{cell.text}", same.start, cell.end) if same else cell))
    return rows


def _best(loose: Sequence[Cell], columns: Sequence[Role]) -> list[tuple[int, bool]]:
    """For every cell its column, and whether it begins a row: the layout with the highest sum of fits and costs."""
    width = len(columns)
    moves = [[_move(columns, a, b) for b in range(width)] for a in range(width)]
    scores = [_enter(columns, b) + _fit(loose[0].text, role) for b, role in enumerate(columns)]
    back: list[list[tuple[int, bool]]] = []
    for cell in loose[1:]:
        fits = [_fit(cell.text, role) for role in columns]
        steps, reached = [], []
        for b in range(width):
            score, a, fresh = max((scores[a] + moves[a][b][0], -a, moves[a][b][1]) for a in range(width))
            steps.append((-a, fresh))
            reached.append(score + fits[b])
        back.append(steps)
        scores = reached
    at = max(range(width), key=scores.__getitem__)
    path = []
    for steps in reversed(back):
        path.append((at, steps[at][1]))
        at = steps[at][0]
    return [(at, True), *reversed(path)]


def _move(columns: Sequence[Role], a: int, b: int) -> tuple[float, bool]:
    """What it costs to go from a cell in column ``a`` to the next in ``b``, and whether that begins a row."""
    fresh = _enter(columns, b) - _NEW_ROW - _LEFT_OUT * (len(columns) - 1 - a)
    if b < a:
        return fresh, True
    along = _NEVER if b == a and columns[a] == "number" else -_SAME if b == a else -_SKIPPED * (b - a - 1)
    return (along, False) if along >= fresh else (fresh, True)


def _enter(columns: Sequence[Role], b: int) -> float:
    """What it costs to begin a row in column ``b``."""
    lost = sum(_NO_NUMBER if role == "number" else _SKIPPED for role in columns[:b])
    return -lost


def _fit(words: str, role: Role) -> float:
    """How much ``words`` look like a cell of a column of this kind."""
    sentence = words[-1] in "。;"
    if role == "number":
        return 6.0 if _NUMBER.fullmatch(words) else -8.0
    if role in UNIT_ROLES:
        return 4.0 if all_units(words) and not sentence else -4.0
    if role == "time":
        return 3.0 if _TIME.match(words) and not sentence else -3.0
    if role == "leader":
        return 3.0 if _PERSON.fullmatch(words) and not all_units(words) else -4.0
    if role == "task":
        return 1.5 if sentence or (len(words) > 6 and not all_units(words)) else -1.0
    return 0.0
