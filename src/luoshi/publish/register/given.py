"""The rows of a register as they are given out: which cells are open to whom, and the code a row is known by."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from luoshi.publish.register.cells import Cell, Row
from luoshi.publish.register.columns import Column, sheet
from luoshi.publish.register.identity import code

if TYPE_CHECKING:
    from luoshi.publish.dossier import Case, Dossier
    from luoshi.publish.register.rows import Rows


def given_rows(whole: Dossier, rows: Rows, unit: Collection[str] = ()) -> Iterator[Row]:
    """The rows of ``whole`` in order; with the names of a ``unit`` those it has a part in, its own open."""
    columns = sheet("items").columns
    for case, row in rows.cases(whole):
        if unit and not {case.matter.lead, *case.matter.help} & set(unit):
            continue
        opened = {one.key: row[one.key]._replace(open=True) for one in columns if _is_open(one, case, unit, whole)}
        yield row | opened | {"code": Cell(code(case.matter, row))}


def _is_open(column: Column, case: Case, unit: Collection[str], whole: Dossier) -> bool:
    """Whether the unit, or in the whole register anybody, may fill ``column`` in on the row of ``case``."""
    if not whole.rules.workflow.states[case.matter.state].open:
        return False
    return ("lead" in column.opens and case.matter.lead in unit) if unit else bool(column.opens)
