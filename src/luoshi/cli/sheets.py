"""Tables that a person keeps in Excel or CSV and gives to a verb: readings, and what is said about paths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from luoshi.cli.faults import show_problems
from luoshi.cli.terminal import aside
from luoshi.intake import open_table
from luoshi.measure import Given, Readings, given, readings, units_of
from luoshi.problems import Problem, Unreadable, has_errors

if TYPE_CHECKING:
    from luoshi.intake import Table
    from luoshi.plan import Plan


def readings_of(path: Path, today: date, plan: Plan) -> Readings:
    """The readings in the file for the targets of ``plan``, up to ``today``. Raises :class:`luoshi.Unreadable`."""
    found = readings(_opened(path).rows, today, units_of(plan))
    _stop_at_errors(found.problems)
    return found


def paths_of(path: Path | None) -> Mapping[str, Given]:
    """What the table of paths says; its odd rows are told at once, the rest is used."""
    if path is None:
        return {}
    said, found = given(_opened(path).rows)
    _stop_at_errors(found)
    show_problems(aside(), found)
    return said


def _opened(path: Path) -> Table:
    sheet = open_table(path)
    if has_errors(sheet.problems):
        raise Unreadable(sheet.problems)
    return sheet


def _stop_at_errors(found: Sequence[Problem]) -> None:
    if has_errors(found):
        raise Unreadable(found)
