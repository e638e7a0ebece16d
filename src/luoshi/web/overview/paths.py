"""The targets of reports of several years on their paths: readings so far against what should be there by now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from luoshi.measure import Measured, targets
from luoshi.web.access import Access, reports
from luoshi.web.matter import origin
from luoshi.web.overview.data import data

if TYPE_CHECKING:
    from luoshi.store.models import Report
    from luoshi.web.shell.charts import LineChart


@dataclass(frozen=True, slots=True)
class Path:
    """A target with its light and its chart, and the report that promised it."""

    report: str
    measured: Measured
    chart: LineChart


def paths(who: Access) -> list[Path]:
    """The first targets with readings of every report of several years that ``who`` may see."""
    found = [path for report in reports(who) if _years(report) > 1 for path in _of(report, who)]
    return found[: data()["paths"]]


def _of(report: Report, who: Access) -> list[Path]:
    wanted = targets(origin.plan(report))
    read = origin.measured(wanted, who.day)
    return [Path(report.title, one, origin.chart(one, who.day)) for one in read if one.points]


def _years(report: Report) -> int:
    return report.ends.year - report.begins.year + 1 if report.begins and report.ends else 1
