"""Opening everything that a dossier is made from: plan and text, states, readings, paths, other reports, the office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from luoshi.cli.bars import Bar
from luoshi.cli.compare import refuse, remarks
from luoshi.cli.sheets import paths_of, readings_of
from luoshi.cli.states import docket_of
from luoshi.compare import Comparison, Edition, compare
from luoshi.door import Report, bytes_of, open_edition, open_whole
from luoshi.measure import Readings
from luoshi.plan import Plan
from luoshi.problems import Problem, Unreadable, problem
from luoshi.publish.dossier import Dossier, dossier, office_of
from luoshi.supervise import rules

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sources:
    """The files that a person gave; what was not given is None. ``profile`` names the rules of lights."""

    plan: Path
    today: date
    profile: str
    items: Path | None = None
    readings: Path | None = None
    paths: Path | None = None
    earlier: tuple[Path, ...] = ()
    later: tuple[Path, ...] = ()
    office: Path | None = None


def open_dossier(given: Sources, shown: Bar) -> Dossier:
    """The dossier of what was given. Raises :class:`luoshi.Unreadable` or :class:`luoshi.cli.faults.Unwritable`.

    Every file beside the report is opened before a problem is raised, so that the problems of all are told at once.
    """
    report = open_whole(given.plan, progress=shown.part)
    beside = _Beside()
    docket = beside.get(lambda: docket_of(given.items))
    readings = beside.get(lambda: _readings(given, report.plan))
    paths = beside.get(lambda: paths_of(given.paths))
    office = beside.get(lambda: office_of(report.plan, _text(given.office) if given.office else None))
    editions = beside.get(lambda: _editions(report, given, shown))
    if beside.problems:
        raise Unreadable(beside.problems)
    return dossier(
        report.plan, report.document, given.today,
        docket=docket, readings=readings, paths=paths, comparison=_compared(editions or ()), office=office,
        by=rules(lights=given.profile), texts={one.id: one.text for one in editions or ()},
    )  # fmt: skip


def _readings(given: Sources, plan: Plan) -> Readings | None:
    return readings_of(given.readings, given.today, plan) if given.readings else None


class _Beside:
    """Opens one file after the other and keeps the problems of those that cannot be used."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def get(self, opening: Callable[[], T]) -> T | None:
        """What ``opening`` gives; None where it cannot be used."""
        try:
            return opening()
        except Unreadable as error:
            self.problems += error.problems
            return None


def _text(path: Path) -> str:
    try:
        return bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable([problem("O002", detail=error)]) from error


def _editions(report: Report, given: Sources, shown: Bar) -> tuple[Edition, ...]:
    """This report among the others, earlier ones first; none where there are no others."""
    if not (given.earlier or given.later):
        return ()
    before, after = (
        tuple(open_edition(path, progress=shown.part) for path in paths) for paths in (given.earlier, given.later)
    )
    return (*before, Edition(report.plan, report.document.text), *after)


def _compared(editions: tuple[Edition, ...]) -> Comparison | None:
    if not editions:
        return None
    found = compare(editions)
    refuse(found.problems)
    remarks(found.problems)
    return found
