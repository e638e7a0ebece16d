"""A register that comes back: what was changed in it, cell by cell, against what it was when given out and is now.

Three things are compared: the cell as it came back, as it was given out (its mark), as it is now. Changed by the one
side only it is a change, or none; changed by both, and differently, it is a conflict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from luoshi.problems import Problem, problem
from luoshi.publish.register.columns import Column, sheet
from luoshi.publish.register.identity import mark, settled
from luoshi.publish.register.reading import Heads, Line, Table, heads_of, lines_of
from luoshi.publish.register.rows import Rows
from luoshi.publish.register.typed import Read, Typed, read_cell, read_proofs, shown

if TYPE_CHECKING:
    from luoshi.publish.dossier import Case, Dossier
    from luoshi.publish.register.cells import Row

Side = Literal["lead", "office"]
_BRIEF = 60  # characters of a cell that a message shows


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that was changed: where, of which matter, what it says now and what it is to say."""

    row: int
    cell: str
    matter: str
    column: Column
    before: str
    after: str
    value: Typed


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: changes; conflicts, where ``before`` is what stands there meanwhile; problems by cell.

    ``rows`` is how many rows were known again.
    """

    changes: tuple[Change, ...] = ()
    conflicts: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    rows: int = 0


def returned(table: Table, whole: Dossier, side: Side, *, guards: bool = False) -> Returned:
    """What ``table``, a register of ``whole`` that comes back from the unit or from the office, changes.

    The rows are text as ``open_table`` gives them; ``guards`` is for CSV, where an apostrophe keeps text from being a
    formula. Nothing is decided here: whether the changes may be made is for :func:`applied`.
    """
    heads, wrong = heads_of(table)
    if heads is None:
        return Returned(problems=wrong)
    found = _Comparing(whole, side, heads)
    for line in lines_of(table, heads, guards=guards):
        if isinstance(line, Problem):
            found.problems.append(line)
        else:
            found.line(line)
    found.missing()
    return Returned(tuple(found.changes), tuple(found.conflicts), tuple(found.problems), len(found.seen))


def _conflict(change: Change) -> Problem:
    now, back = _brief(change.before), _brief(change.after)
    return problem("L020", cell=change.cell, id=change.matter, column=change.column.zh, now=now, back=back)


def _brief(text: str) -> str:
    return f"{text[:_BRIEF]}……" if len(text) > _BRIEF else text or "（空）"


class _Comparing:
    """One pass over the lines, collecting what is found."""

    def __init__(self, whole: Dossier, side: Side, heads: Heads) -> None:
        self._whole, self._side, self._heads = whole, side, heads
        rows = Rows(whole.plan, whole.document)
        self._now = {case.matter.id.strip(): (case, row) for case, row in rows.cases(whole)}
        self._columns = [one for one in sheet("items").columns if one.key in heads.places]
        self.changes: list[Change] = []
        self.conflicts: list[Change] = []
        self.problems: list[Problem] = []
        self.seen: dict[str, int] = {}

    def line(self, line: Line) -> None:
        name = line.known.id.strip()
        if name not in self._now:
            self.problems.append(problem("L005", row=line.row, id=name))
        elif name in self.seen:
            self.problems.append(problem("L006", row=line.row, id=name, first=self.seen[name]))
        else:
            self.seen[name] = line.row
            if not line.known.marks:
                self.problems.append(problem("L007", row=line.row, id=name))
            for column, since in self._changed(line, self._now[name][1]):
                self._cell(line, column, self._now[name], since=since)

    def missing(self) -> None:
        """Columns that were to be filled in and are not there any more: told, because nothing of them comes back."""
        asked = (one for one in sheet("items").columns if self._side in one.opens)
        gone = [one.zh for one in asked if one.key not in self._heads.places]
        if gone:
            self.problems.append(problem("L008", columns="、".join(gone)))

    def _changed(self, line: Line, now: Row) -> Iterator[tuple[Column, bool]]:
        """The columns whose cell was changed, and whether it was changed here as well since it was given out."""
        for column in self._columns:
            given = line.known.marks.get(column.key)
            if column.key in ("code", "number") or (given is None and self._side not in column.opens):
                continue
            value = now[column.key].value if column.key in now else None
            theirs, ours = settled(column, line.cells[column.key]), settled(column, value)
            if theirs != ours and (given is None or mark(column, theirs) != given):
                yield column, given is not None and mark(column, ours) != given

    def _cell(self, line: Line, column: Column, now: tuple[Case, Row], *, since: bool) -> None:
        cell, text, case = self._heads.address(line.row, column.key), line.cells[column.key], now[0]
        if self._side not in column.opens:
            self.problems.append(problem("L009", cell=cell, column=column.zh, id=case.matter.id))
            return
        read = self._read(column, text, cell, case)
        self.problems += read.problems
        if not read.used:
            return
        before = settled(column, now[1][column.key].value if column.key in now[1] else None)
        change = Change(line.row, cell, case.matter.id, column, before, shown(column, read.value), read.value)
        if since and column.key != "evidence":  # two that add evidence do not contradict each other
            self.conflicts.append(change)
            self.problems.append(_conflict(change))
        else:
            self.changes.append(change)

    def _read(self, column: Column, text: str, cell: str, case: Case) -> Read:
        if column.key == "evidence":
            return read_proofs(case.matter, text, cell, self._whole.today, case.matter.revision + 1)
        return read_cell(column, text, cell)
