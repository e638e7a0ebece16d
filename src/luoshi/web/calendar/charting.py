"""The schedule as a chart: every open item through its procedure, with slack and chains; and the same as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from luoshi.publish.gantt import gantt
from luoshi.schedule import PlannedItem, Schedule, Setting, schedule
from luoshi.store.calendars import calendar_in_force
from luoshi.supervise import workflow
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.calendar.views import tabs
from luoshi.web.matter import origin
from luoshi.web.shell.language import pair, say
from luoshi.web.shell.sheets import sheet

if TYPE_CHECKING:
    from luoshi.store.models import Matter, Report

_OPEN = tuple(name for name, state in workflow().states.items() if state.open)


class ChartFilter(forms.Form):
    """Which report, whose items, in which order."""

    report = forms.ChoiceField(label=pair("报告", "Report"), required=False)
    unit = forms.ChoiceField(label=pair("牵头单位", "Lead"), required=False)
    by = forms.ChoiceField(label=pair("排法", "Order"), required=False)

    def __init__(self, reports: Any, units: Any, data: Any) -> None:
        super().__init__(data)
        self.fields["report"].choices = [("", "—"), *((str(one.pk), one.title) for one in reports)]  # type: ignore[attr-defined]
        names = ((str(one.pk), one.name) for one in units)
        self.fields["unit"].choices = [("", str(pair("全部", "All"))), *names]  # type: ignore[attr-defined]
        orders = (("chain", say("分事项，晚的在前", "by item, the latest first")), ("unit", say("分单位", "by unit")))
        self.fields["by"].choices = [("", "—"), *orders]  # type: ignore[attr-defined]


def _asked(request: HttpRequest) -> tuple[ChartFilter, Report | None, dict[str, Matter], Schedule | None]:
    """The form, the report, its open items by id, and their schedule with the deadlines now in force."""
    who = access.access(request)
    form = ChartFilter(access.reports(who), access.units(who), request.GET)
    form.is_valid()
    given = form.cleaned_data
    report = access.reports(who).select_related("body").first()
    if given.get("report"):
        report = access.report(request, int(given["report"]))
    if report is None:
        return form, None, {}, None
    rows = access.matters(who).filter(report=report, state__in=_OPEN, due__isnull=False)
    if given.get("unit"):
        rows = rows.filter(lead_id=int(given["unit"]))
    matters = {row.item: row for row in rows}
    plan = origin.plan(report)
    items = tuple(
        one.model_copy(update={"deadline": one.deadline.model_copy(update={"date": matters[one.id].due})})
        for one in plan.items
        if one.id in matters
    )
    setting = Setting(workdays=calendar_in_force())
    return form, report, matters, schedule(plan.model_copy(update={"items": items}), who.day, setting)


@needs("matters")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The chart and its table."""
    form, report, matters, made = _asked(request)
    items = sorted(made.items, key=lambda one: (-one.late, one.deadline)) if made else []
    context = {
        "tabs": tabs(),
        "here": reverse("calendar:chart"),
        "form": form,
        "report": report,
        "rows": [(matters[one.id], one, _slack(one)) for one in items],
        "left": [(matters[one.id], one.why) for one in made.left_out if one.id in matters] if made else (),
        "provisional": made.provisional if made else (),
        "query": request.GET.urlencode(),
        "may_ask": access.access(request).may("report"),
        "may_export": access.access(request).may("export"),
    }
    return render(request, "calendar/chart.html", context)


def _slack(one: PlannedItem) -> str:
    if one.late > 0:
        return say(f"晚 {one.late} 个工作日", f"late by {one.late} working days")
    return say(f"富余 {-one.late} 个工作日", f"{-one.late} working days in hand")


@needs("matters")
@require_GET
def picture(request: HttpRequest) -> HttpResponse:
    """The chart as SVG."""
    form, _, _, made = _asked(request)
    if made is None:
        raise Http404
    drawn = gantt(made, "unit" if form.cleaned_data.get("by") == "unit" else "chain")
    return HttpResponse(drawn, content_type="image/svg+xml")


@needs("export")
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The steps of the schedule as a file."""
    _, _, matters, made = _asked(request)
    heads = [say(*one) for one in (("事项", "Item"), ("步骤", "Step"), ("单位", "Unit"),
             ("计划开始", "Start"), ("计划完成", "Finish"), ("富余天数", "Slack"),
             ("卡住工期", "Critical"))]  # fmt: skip
    rows = [(matters[one.item].title, one.name, one.unit, one.planned.start, one.planned.finish, one.slack,
             "✓" if one.critical else "") for one in (made.steps if made else ())]  # fmt: skip
    return sheet(say("进度图", "schedule"), heads, rows, kind)
