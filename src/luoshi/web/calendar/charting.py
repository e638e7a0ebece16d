"""The schedule as a chart: every open item through its procedure, with slack and chains; and the same as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from luoshi.publish.gantt import gantt
from luoshi.schedule import Dates, PlannedItem, PlannedStep
from luoshi.store.calendars import calendar_in_force
from luoshi.store.columns import body_of
from luoshi.supervise import workflow
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.calendar.views import tabs
from luoshi.web.matter import origin, pace, timing, words
from luoshi.web.shell.language import pair, say
from luoshi.web.shell.sheets import sheet

if TYPE_CHECKING:
    from luoshi.store.models import Matter, Report
    from luoshi.supervise import Matter as Body

_OPEN = tuple(name for name, state in workflow().states.items() if state.open)
_CLOSED = ("closed", "lookback", "archived")


class ChartFilter(forms.Form):
    """Which report, whose items, in which order."""

    report = forms.ChoiceField(label=pair("报告", "Report"), required=False)
    unit = forms.ChoiceField(label=pair("牵头单位", "Lead"), required=False)
    by = forms.ChoiceField(label=pair("排法", "Order"), required=False)
    ended = forms.ChoiceField(label=pair("办结的", "Closed ones"), required=False)

    def __init__(self, reports: Any, units: Any, data: Any) -> None:
        super().__init__(data)
        self.fields["report"].choices = [("", "—"), *((str(one.pk), one.title) for one in reports)]  # type: ignore[attr-defined]
        names = ((str(one.pk), one.name) for one in units)
        self.fields["unit"].choices = [("", str(pair("全部", "All"))), *names]  # type: ignore[attr-defined]
        orders = (("chain", say("分事项，晚的在前", "by item, the latest first")), ("unit", say("分单位", "by unit")))
        self.fields["by"].choices = [("", "—"), *orders]  # type: ignore[attr-defined]
        self.fields["ended"].choices = [("", say("不列", "left out")), ("1", say("也列出", "shown too"))]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: the form, the report, its items by id, and their schedule with the deadlines in force."""

    form: ChartFilter
    report: Report | None = None
    rows: Mapping[str, Matter] = field(default_factory=dict)
    bodies: Mapping[str, Body] = field(default_factory=dict)
    timed: timing.Timed | None = None

    @property
    def steps(self) -> Mapping[str, PlannedStep]:
        """The steps of the schedule by their keys."""
        return {step.key: step for step in self.timed.now.steps} if self.timed else {}


def _asked(request: HttpRequest) -> Asked:
    who = access.access(request)
    form = ChartFilter(access.reports(who), access.units(who), request.GET)
    form.is_valid()
    given = form.cleaned_data
    report = access.reports(who).select_related("body").first()
    if given.get("report"):
        report = access.report(request, int(given["report"]))
    if report is None:
        return Asked(form)
    states = (*_OPEN, *_CLOSED) if given.get("ended") else _OPEN
    found = access.matters(who).filter(report=report, state__in=states, due__isnull=False)
    if given.get("unit"):
        found = found.filter(lead_id=int(given["unit"]))
    rows = {row.item: row for row in found.select_related("body")}
    bodies = {name: body_of(row) for name, row in rows.items()}
    return Asked(form, report, rows, bodies, timing.timed(origin.plan(report), bodies, who.day, calendar_in_force()))


@needs("matters")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The chart and its table."""
    asked = _asked(request)
    now = asked.timed.now if asked.timed else None
    who = access.access(request)
    items = sorted(now.items, key=lambda one: (-one.late, one.deadline)) if now else []
    steps = asked.steps
    context = {
        "tabs": tabs(),
        "here": reverse("calendar:chart"),
        "form": asked.form,
        "report": asked.report,
        "rows": [_row(one, asked, steps) for one in items],
        "late": sum(one.late > 0 for one in items),
        "left": [(asked.rows[one.id], one.why) for one in now.left_out if one.id in asked.rows] if now else (),
        "provisional": now.provisional if now else (),
        "query": request.GET.urlencode(),
        "may_ask": who.may("report"),
        "may_export": who.may("export"),
        "inside": who.sees in ("all", "own"),
    }
    return render(request, "calendar/chart.html", context)


def _row(one: PlannedItem, asked: Asked, steps: Mapping[str, PlannedStep]) -> dict[str, Any]:
    """A row of the table under the chart."""
    assert asked.timed is not None
    row, body, first = asked.rows[one.id], asked.bodies[one.id], asked.timed.items.get(one.id)
    return {
        "row": row,
        "it": one,
        "state": words.state_word(row.state),
        "known": pace.known(body).words,
        "slack": timing.slack(one),
        "decides": timing.decides(one, steps),
        "first": first,
        "moved": timing.moved(Dates(one.finish, one.finish), first) if not one.regular else "—",
        "first_due": body.first_due if body.first_due != body.due else None,
    }


@needs("matters")
@require_GET
def picture(request: HttpRequest) -> HttpResponse:
    """The chart as SVG."""
    asked = _asked(request)
    if asked.timed is None:
        raise Http404
    by: Any = "unit" if asked.form.cleaned_data.get("by") == "unit" else "chain"
    return HttpResponse(gantt(asked.timed.now, by, asked.timed.items), content_type="image/svg+xml")


@needs("export")
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The items with their slack as a file (``items``), or every step of them."""
    asked = _asked(request)
    if request.GET.get("of") == "items":
        return _items_file(asked, kind)
    heads = [say(*one) for one in (("事项", "Item"), ("步骤", "Step"), ("单位", "Unit"), ("办到哪里", "State"),
             ("原计划开始", "First start"), ("原计划完成", "First finish"), ("计划开始", "Start"),
             ("计划完成", "Finish"), ("富余天数", "Slack"), ("富余", "In words"),
             ("卡住工期", "Critical"))]  # fmt: skip
    rows = []
    for one in asked.timed.now.steps if asked.timed else ():
        first = asked.timed.steps.get(one.key) if asked.timed else None
        rows.append((asked.rows[one.item].title, one.name, one.unit, timing.STATES[one.state](),
                     first and first.start, first and first.finish, one.planned.start, one.planned.finish, one.slack,
                     timing.step_slack(one), "✓" if one.critical else ""))  # fmt: skip
    return sheet(say("进度图", "schedule"), heads, rows, kind)


def _items_file(asked: Asked, kind: str) -> HttpResponse:
    heads = [say(*one) for one in (("事项", "Item"), ("牵头单位", "Lead"), ("状态", "State"), ("程序", "Procedure"),
             ("进度依据", "Progress"), ("原计划完成", "First finish"), ("最迟开始", "Must start"),
             ("预计完成", "Finish"), ("时限", "Deadline"), ("最初时限", "First deadline"), ("富余", "Slack"),
             ("卡在哪一步", "Decided by"))]  # fmt: skip
    rows = []
    steps = asked.steps
    for one in asked.timed.now.items if asked.timed else ():
        said = _row(one, asked, steps)
        rows.append((said["row"].title, said["row"].lead_name, said["state"], one.procedure_name, said["known"],
                     said["first"] and said["first"].finish, one.must_start, one.finish, one.deadline,
                     said["first_due"], said["slack"], said["decides"]))  # fmt: skip
    return sheet(say("进度图事项", "schedule items"), heads, rows, kind)
