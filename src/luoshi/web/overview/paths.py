"""The targets of reports of several years on their paths: the industries that the report counts out come first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse

from luoshi.measure import Measured, targets
from luoshi.measure.telling import short, unit_of
from luoshi.plan import Plan
from luoshi.web.access import Access, reports
from luoshi.web.matter import origin
from luoshi.web.overview.data import data
from luoshi.web.shell.charts import LineChart, Series, line_chart
from luoshi.web.shell.language import in_english, say

if TYPE_CHECKING:
    from luoshi.store.models import Report


_WHOLE = 100  # a forecast from here on is told without decimals


@dataclass(frozen=True, slots=True)
class Path:
    """A target with its light and its chart, and the report that promised it; ``cluster`` where it is counted out."""

    report: Report
    measured: Measured
    chart: LineChart
    cluster: bool = False

    @property
    def wanted(self) -> str:
        return f"{short(self.measured.target.value)}{self._unit}"

    @property
    def value(self) -> str:
        now = self.measured.standing
        return f"{short(now.value)}{self._unit}" if now else "—"

    @property
    def expected(self) -> str:
        """Where it should be by the day of the last reading."""
        now = self.measured.standing
        return f"{short(now.expected)}{self._unit}" if now and now.expected is not None else "—"

    @property
    def forecast(self) -> str:
        """Where it goes by its deadline if it goes on like this; empty where nothing can be said."""
        ahead = self.measured.outlook
        if ahead is None:
            return ""
        rounded = ahead.middle.quantize(Decimal(1) if abs(ahead.middle) >= _WHOLE else Decimal("0.1"))
        return say(f"约 {short(rounded)}{self._unit}", f"about {short(rounded)}{self._unit}")

    @property
    def why(self) -> str:
        light = self.measured.light
        return light.english if in_english() else light.why

    @property
    def address(self) -> str:
        return reverse("indicators:show", args=[self.report.pk, self.measured.target.id])

    @property
    def _unit(self) -> str:
        return unit_of(self.measured.target)


def paths(who: Access, day: date) -> tuple[list[Path], list[Path]]:
    """Targets with readings on ``day`` of every report of several years that ``who`` may see: clusters, then others."""
    found = [path for report in reports(who) if _years(report) > 1 for path in _of(report, day)]
    clusters = [one for one in found if one.cluster]
    return clusters, [one for one in found if not one.cluster][: max(0, data()["paths"] - len(clusters))]


def _of(report: Report, day: date) -> list[Path]:
    plan = origin.plan(report)
    counted = _counted(plan)
    read = origin.measured(targets(plan), day)
    return [Path(report, one, _chart(one, day), one.target.id in counted) for one in read if one.points]


def _counted(plan: Plan) -> set[str]:
    """The figures that stand in the rungs of the ladder that ``overview.toml`` names (三大产业集群)."""
    stretches = [
        (member.start, member.end)
        for rung in plan.ladder
        if any(word in rung.text for word in data()["clusters"])
        for member in rung.members
    ]
    return {one.id for one in plan.figures if any(start <= one.start < end for start, end in stretches)}


def _chart(one: Measured, day: date) -> LineChart:
    """Readings against their path, and where they go from there."""
    drawn = origin.chart(one, day)
    if one.outlook is None or not one.points or one.points[-1].period.end >= one.target.due:
        return drawn
    series = [Series(line.name, line.kind, [(mark.day, mark.value) for mark in line.marks]) for line in drawn.lines]
    ahead = [(one.points[-1].period.end, one.points[-1].value), (one.target.due, one.outlook.middle)]
    series.append(Series(say("走势", "forecast"), "forecast", ahead))
    return line_chart(drawn.title, drawn.unit, series, day)


def _years(report: Report) -> int:
    return report.ends.year - report.begins.year + 1 if report.begins and report.ends else 1
