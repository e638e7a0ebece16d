"""Bringing a report in: upload, reading as a job with its progress, a preview, and only then all of it or nothing."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luoshi.plan import Plan
from luoshi.problems import Problem, catalogue
from luoshi.publish.labels import label, values
from luoshi.store import uploads
from luoshi.store.fetching import all_reports
from luoshi.store.reports import bring_in
from luoshi.store.units import units_by_name
from luoshi.store.uploads import Found, Upload
from luoshi.web.access import access, needs
from luoshi.web.reader import differing
from luoshi.web.reader.cards import cards
from luoshi.web.reader.job import compare_upload, read_upload
from luoshi.web.reader.views import trail
from luoshi.web.shell.language import pair, say

KINDS = "docx、wps、doc、pdf、ofd、txt、html"
_SEVERITIES = ("error", "warning", "note")


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(label=pair("报告文件", "The report's file"), allow_empty_file=True, max_length=200)


@needs("bring_in")
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; what was uploaded before and not brought in stands below."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        came = form.cleaned_data["file"]
        kept, problems = uploads.keep_upload(came.name, came.chunks(), access(request).acting())
        if kept is not None:
            read_upload.enqueue(kept.key, kept.attempt)
            return HttpResponseRedirect(reverse("reader:preview", kwargs={"key": kept.key}))
    waiting = uploads.uploads_of(access(request).person.pk)
    context = {"form": form, "problems": told(problems), "waiting": waiting, "trail": trail(), "kinds": KINDS}
    return render(request, "reader/upload.html", context, status=422 if problems or form.errors else 200)


@needs("bring_in")
@require_GET
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """How far the reading is, then what was found; asked by htmx only the part that changes."""
    one = _own(request, key)
    if one.state == "brought_in":
        return _to_report(request, one.report)
    context = {"upload": one, "trail": [*trail(), (say("导入报告", "Bring a report in"), reverse("reader:upload"))]}
    if one.state in ("read", "refused"):
        context |= _found(one, uploads.found_in(one))
    partly = request.headers.get("HX-Request") and one.state in ("waiting", "reading")
    if request.headers.get("HX-Request") and not partly:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "reader/waiting.html" if partly else "reader/preview.html", context)


@needs("bring_in")
@require_POST
def again(request: HttpRequest, key: str) -> HttpResponse:
    """Start the reading again, where it has stopped or was refused; or only the comparing, where that is stale."""
    one = _own(request, key)
    found = uploads.found_in(one) if one.state == "read" else None
    if found is not None and found.plan is not None and differing.is_stale(one, found.plan):
        one = uploads.start_again(one)
        compare_upload.enqueue(one.key, one.attempt)
    elif one.stopped or one.state == "refused":
        one = uploads.start_again(one)
        read_upload.enqueue(one.key, one.attempt)
    return HttpResponseRedirect(reverse("reader:preview", kwargs={"key": key}))


@needs("bring_in")
@require_POST
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """Bring the report in, whole or not at all; pressed twice it is brought in once."""
    one = _own(request, key)
    if one.state == "brought_in":
        return _to_report(request, one.report)
    if one.state != "read":
        return HttpResponseRedirect(reverse("reader:preview", kwargs={"key": key}))
    found, who = uploads.found_in(one), access(request)
    assert found.plan is not None
    done = bring_in(found.plan, found.text, who.day, who.acting(), file_name=one.name)
    if done.report is None:
        context = {"upload": one, "refused": told(done.problems), "trail": trail(), **_found(one, found)}
        return render(request, "reader/preview.html", context, status=409)
    uploads.brought_in(one, done.report.pk)
    messages.success(
        request, say(f"已导入，{done.report.items} 个事项。", f"Brought in with {done.report.items} items.")
    )
    return _to_report(request, done.report.pk)


@needs("bring_in")
@require_POST
def forget(request: HttpRequest, key: str) -> HttpResponse:
    """Take the upload away; nothing was brought in."""
    uploads.forget(_own(request, key))
    messages.info(request, say("已丢弃，什么都没有收进来。", "Thrown away; nothing was brought in."))
    return HttpResponseRedirect(reverse("reader:upload"))


def told(problems: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Problems as pages show them: the worst first, with what to do."""
    rows = [(catalogue()[one.code], one) for one in problems]
    made = [
        {"code": one.code, "severity": row.severity, "title": row.title, "message": one.message, "why": one.why,
         "advice": one.advice, "english": row.english}
        for row, one in rows
    ]  # fmt: skip
    return sorted(made, key=lambda row: _SEVERITIES.index(row["severity"]) if row["severity"] in _SEVERITIES else 9)


def _own(request: HttpRequest, key: str) -> Upload:
    """The upload, for whoever uploaded it; to everybody else there is none."""
    one = uploads.upload(key)
    if one is None or one.person != access(request).person.pk:
        raise Http404
    return one


def _to_report(request: HttpRequest, pk: int) -> HttpResponse:
    there = reverse("reader:show", kwargs={"pk": pk})
    return (
        HttpResponse(headers={"HX-Redirect": there})
        if request.headers.get("HX-Request")
        else HttpResponseRedirect(there)
    )


# ── what was found ───────────────────────────────────────────────────────────────────────────────────────────────────


def _found(one: Upload, found: Found) -> dict[str, Any]:
    if found.plan is None:
        return {"refused": told(found.problems)}
    plan = found.plan
    led = _units(plan)
    lang: Any = say("zh", "en")
    kinds = Counter[str](item.kind for item in plan.items)
    return {
        "facts": plan.document,
        "cards": cards(plan, ()),
        "kinds": [(label("kind", kind, lang), kinds[kind]) for kind in values("kind") if kinds[kind]],
        "counts": {
            "figures": len(plan.figures),
            "commitments": sum(one.kind != "slogan" for one in plan.commitments),
            "slogans": sum(one.kind == "slogan" for one in plan.commitments),
            "dated": sum(item.deadline.date is not None for item in plan.items),
        },
        "units": led,
        "strangers": sum(not one["known"] for one in led),
        "notes": told(tuple(plan.problems)),
        "known": all_reports().filter(file_hash=plan.document.sha256).first(),
        **differing.shown(one, plan),
    }


def _units(plan: Plan) -> list[dict[str, Any]]:
    """The units that would lead, how many items each, and whether the site knows them."""
    known = units_by_name()
    led = Counter(item.lead.unit for item in plan.items if item.lead is not None)
    stated = Counter(item.lead.unit for item in plan.items if item.lead is not None and item.lead.basis == "stated")
    rows = [
        {"name": name, "count": count, "stated": stated[name], "known": name in known}
        for name, count in led.most_common()
    ]
    without = sum(item.lead is None for item in plan.items)
    return [*rows, *([{"name": "", "count": without, "stated": 0, "known": True}] if without else [])]
