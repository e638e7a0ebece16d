"""Which function gives the rows of which table."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from luoshi.publish.dossier import Dossier
from luoshi.publish.opendata import counted, promised, reported, supervised
from luoshi.publish.opendata.cells import Row
from luoshi.publish.opendata.tables import Table, tables

_ROWS: dict[str, Callable[[Dossier], Iterator[Row]]] = {
    "sections": reported.sections,
    "items": supervised.items,
    "duties": supervised.duties,
    "units": supervised.units,
    "commitments": reported.commitments,
    "item_commitments": reported.item_commitments,
    "coverage": reported.coverage_rows,
    "unread": reported.unread,
    "figures": reported.figures,
    "item_figures": reported.item_figures,
    "targets": counted.targets,
    "steps": counted.steps,
    "readings": counted.readings,
    "nodes": supervised.nodes,
    "history": supervised.history,
    "changes": supervised.changes,
    "lights": supervised.lights,
    "evidence": supervised.evidence,
    "reports": promised.reports,
    "ledger": promised.ledger,
}


def filled(cut: Dossier) -> Iterator[tuple[Table, list[Row]]]:
    """Every table with its rows."""
    for table in tables():
        yield table, list(_ROWS[table.name](cut) if table.name in _ROWS else _values())


def _values() -> Iterator[Row]:
    """A row a value of a coded column."""
    for table in tables():
        for column in table.columns:
            for value, name in column.values.items():
                yield {"table": table.name, "column": column.name, "value": value, "zh": name.zh, "en": name.en}
