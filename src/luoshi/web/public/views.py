"""The pages of publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luoshi.problems import Unreadable, has_errors
from luoshi.publish.dossier import Dossier, opened
from luoshi.store import publishing
from luoshi.store.choosing import setting
from luoshi.store.dossiers import OFFICE, dossier_of
from luoshi.store.rehearsed import label_report
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.public.forms import OfficeForm, names_in
from luoshi.web.public.job import publish_report
from luoshi.web.shell.language import say

if TYPE_CHECKING:
    from luoshi.problems import Problem
    from luoshi.store.models import Report

_LABELS = ("public", "internal")


@needs("publish")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every report and what is public of it; the office's names."""
    text = setting(OFFICE)
    return _index(request, OfficeForm(initial=names_in(text)), text)


@needs("publish")
@require_POST
def office(request: HttpRequest) -> HttpResponse:
    """Keep the office's names."""
    form, seen = OfficeForm(request.POST), request.POST.get("seen", "").replace("\r\n", "\n")
    if not form.is_valid():
        return _index(request, form, seen)
    try:
        wrong = publishing.keep_office(form.text(seen), seen, access.access(request).acting())
    except ValueError:  # what the page was opened with is no office's file: nobody's page sends that
        return HttpResponse(status=400)
    if wrong == ():
        messages.success(request, say("机关信息已保存", "The office's names are kept"))
        return redirect("public:index")
    if wrong is None:
        form.add_error(None, say("别人刚改过；请核对以后再保存", "Somebody changed it meanwhile; check and save again"))
        return _index(request, form, setting(OFFICE))
    for one in wrong:
        form.add_error(None, f"{one.message}（{one.code}）")
    return _index(request, form, seen)


@needs("publish")
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be public of a report, and what stays inside."""
    report, who = access.report(request, pk), access.access(request)
    context = _work(report) | {
        "trail": [(say("公开发布", "Public site"), reverse("public:index"))],
        "entry": publishing.published(pk),
        "may_label": who.may("manage_labels"),
        "turn": "internal" if report.label == "public" else "public",
    }
    try:
        cut = opened(dossier_of(report, who.day))
        context |= _counts(cut)
    except Unreadable as error:
        context["wrong"] = error.problems
    return render(request, "public/show.html", context)


@needs("publish")
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the publishing is, for htmx; when it is over the page is read again."""
    context = _work(access.report(request, pk))
    if not request.headers.get("HX-Request"):
        return redirect("public:show", pk)
    if not context["work"].busy:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "public/progress.html", context)


@needs("publish")
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to publish; pressed twice it is done once."""
    report, who = access.report(request, pk), access.access(request)
    if report.label != "public":
        messages.error(request, say("报告没有标为公开，不能发布", "The report is not labelled public"))
    elif not publishing.work_on(pk).busy:
        work = publishing.begin(pk)
        publish_report.enqueue(pk, work.attempt, who.person.pk, who.day.isoformat())
    return redirect("public:show", pk)


@needs("publish")
@require_POST
def unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what is public of a report."""
    if publishing.unpublish(access.report(request, pk), access.access(request).acting()):
        messages.success(request, say("已撤下，网址打不开了", "Taken back; its address no longer opens"))
    return redirect("public:show", pk)


@needs("manage_labels")
@require_POST
def label(request: HttpRequest, pk: int) -> HttpResponse:
    """Label the report itself: only what is public can be published, and what no longer is cannot be read any more."""
    report, wanted = access.report(request, pk), request.POST.get("label", "")
    if wanted not in _LABELS:
        return HttpResponse(status=400)
    if wanted != report.label:
        label_report(report, wanted, access.access(request).acting())
    return redirect("public:show", pk)


def _index(request: HttpRequest, form: OfficeForm, seen: str) -> HttpResponse:
    reports = list(access.reports(access.access(request)))
    rows = [
        {"report": one, "entry": publishing.published(one.pk), "work": publishing.work_on(one.pk)} for one in reports
    ]
    status = 422 if form.is_bound else 200
    return render(request, "public/index.html", {"rows": rows, "form": form, "seen": seen}, status=status)


def _work(report: Report) -> dict[str, Any]:
    return {"report": report, "work": publishing.work_on(report.pk)}


def _counts(cut: Dossier) -> dict[str, Any]:
    """What goes out, in numbers, and the problems that say what stays inside."""
    readings = sum(len(one.readings) for one in cut.readings.series.values()) if cut.readings else 0
    counts = [
        (say("事项", "Items"), len(cut.matters)),
        (say("读数", "Readings"), readings),
        (say("佐证", "Pieces of evidence"), sum(len(one.evidence) for one in cut.matters)),
    ]
    inside: tuple[Problem, ...] = tuple(cut.problems)
    return {"counts": counts, "inside": inside, "shut": has_errors(inside)}
