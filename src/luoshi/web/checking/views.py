"""Drafts: bringing one, how far the reading is, what was found, files to take away, forgetting it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

import luoshi
from luoshi.problems import Problem
from luoshi.publish.findings import Lines, page, sarif, wire
from luoshi.store import drafts, working
from luoshi.store.drafts import Draft
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.checking.checked import Checked, checked
from luoshi.web.checking.choices import as_toml, form_of
from luoshi.web.checking.forms import Narrow, NewFileForm, UploadForm, severity_word
from luoshi.web.checking.job import read_draft
from luoshi.web.checking.showing import groups, marked
from luoshi.web.matter import words
from luoshi.web.reader.uploading import told
from luoshi.web.shell.language import in_english, say
from luoshi.web.shell.sheets import KINDS, sheet

_FILES = {
    "html": "text/html; charset=utf-8",
    "sarif": "application/sarif+json",
    "json": "application/json",
    "toml": "text/plain; charset=utf-8",
}
Context = dict[str, Any]


@needs("check")
def index(request: HttpRequest) -> HttpResponse:
    """Bring a draft; one's own that are kept stand below."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    context: Context = {"form": form, "days": settings.LUOSHI_DRAFT_DAYS}
    if request.method == "POST" and form.is_valid():
        came = form.cleaned_data["file"]
        by = access.access(request).acting()
        kept, refused = drafts.keep_draft(came.name, came.chunks(), form.cleaned_data["openness"], by)
        if kept is not None:
            return _read(kept)
        context["refused"] = told(refused)
    context["drafts"] = [_listed(one) for one in drafts.drafts_of(access.access(request).person.pk)]
    wrong = bool(context.get("refused")) or (request.method == "POST" and bool(form.errors))
    return render(request, "checking/index.html", context | {"wrong": wrong}, status=422 if wrong else 200)


@needs("check")
@require_GET
def show(request: HttpRequest, key: str) -> HttpResponse:
    """How far the reading is, then what was found."""
    one = access.draft(request, key)
    return render(request, "checking/show.html", shown(request, one))


@needs("check")
@require_GET
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """How far the reading is; when it is over the page is fetched anew."""
    one = access.draft(request, key)
    if one.work.state != "working":
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Refresh": "true"})
        return back(key)
    return render(request, "checking/reading.html", {"draft": one, "work": one.work})


@needs("check")
@require_POST
def bring(request: HttpRequest, key: str) -> HttpResponse:
    """The draft as it is now, to be read and set beside the one before."""
    one = access.draft(request, key)
    form = NewFileForm(request.POST, request.FILES)
    refused: tuple[Problem, ...] = ()
    if form.is_valid():
        came = form.cleaned_data["file"]
        refused = drafts.bring(one, came.name, came.chunks(), access.access(request).acting())
        if not refused:
            return _read(one)
    context = shown(request, one) | {"new_file": form, "wrong": form if form.errors else None}
    return render(request, "checking/show.html", context | {"refused": told(refused)}, status=422)


@needs("check")
@require_POST
def again(request: HttpRequest, key: str) -> HttpResponse:
    """Start the reading again where it has stopped."""
    one = access.draft(request, key)
    if one.work.stopped and one.file.is_file():
        working.begin(one.folder)
        return _read(one)
    return back(key)


@needs("check")
@require_POST
def forget(request: HttpRequest, key: str) -> HttpResponse:
    """Take the draft away."""
    drafts.forget(access.draft(request, key), access.access(request).acting())
    messages.info(request, say("稿子和查出的都删掉了。", "The draft and what was found in it are gone."))
    return HttpResponseRedirect(reverse("checking:index"))


@needs("check")
@require_GET
def export(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """The findings as a page, for review tools, for programs, as a table; the choices as a ``luoshi.toml``."""
    who = access.access(request)
    if not who.may("export"):
        access.refuse(request, "export")
    one = access.draft(request, key)
    found = checked(one, who)
    if found is None or kind not in (*_FILES, *KINDS):
        raise Http404
    name = f"{Path(one.name).stem}-{say('检查', 'findings')}（{words.label_tag(one.label)['text']}）"
    if kind in KINDS:
        return sheet(name, _heads(), _rows(found), kind)
    response = HttpResponse(_made(found, kind).encode("utf-8", "surrogatepass"), content_type=_FILES[kind])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{kind}')}"
    return response


def _made(found: Checked, kind: str) -> str:
    match kind:
        case "html":
            return page(found.result, found.plan, found.text)
        case "sarif":
            return sarif(found.result, found.plan, found.text, version=luoshi.__version__)
        case "json":
            return wire(found.result, found.plan, found.text)
        case _:
            return as_toml(found.draft.choice)


def shown(request: HttpRequest, one: Draft) -> Context:
    """Everything that the page of a draft shows."""
    who = access.access(request)
    context: Context = {**_listed(one), "trail": [(say("查报告", "Check a draft"), reverse("checking:index"))],
                        "new_file": NewFileForm(), "days": settings.LUOSHI_DRAFT_DAYS}  # fmt: skip
    found = checked(one, who)
    if found is None:
        return context
    form = Narrow(found.result.found, request.GET)
    numbered = list(enumerate(found.result.found, 1))
    listed = [(at, each) for at, each in numbered if form.fits(each, fresh=each.mark in found.fresh)]
    lines = Lines(found.text)
    return context | {
        "checked": found,
        "form": form,
        "groups": groups(found.text, listed),
        "listed": len(listed),
        "lines": marked(found.text, listed),
        "again": found.before is not None,
        "gone": found.gone,
        "fresh": found.fresh,
        "passed": [(each, by, lines.at(each.place.start).line) for each, by in found.result.passed],
        "unused": found.result.unused,
        "choose": form_of(one, who),
        "may_export": who.may("export"),
        "english": in_english(),
        "kinds": [
            ("xlsx", "Excel"),
            ("csv", "CSV"),
            ("html", say("网页", "HTML")),
            ("sarif", "SARIF"),
            ("json", "JSON"),
        ],
    }


def back(key: str) -> HttpResponse:
    """To the page of the draft."""
    return HttpResponseRedirect(reverse("checking:show", kwargs={"key": key}))


def _read(one: Draft) -> HttpResponse:
    read_draft.enqueue(one.key, working.work_in(one.folder).attempt)
    return back(one.key)


def _listed(one: Draft) -> Context:
    """A draft as lists show it."""
    work = one.work
    return {
        "draft": one,
        "work": work,
        "label": words.label_tag(one.label),
        "came": datetime.fromtimestamp(one.came, UTC),
        "ends": datetime.fromtimestamp(one.ends, UTC),
        "unreadable": told(work.problems) if work.state == "refused" else [],
    }


def _heads() -> list[str]:
    return [say(*one) for one in (("行", "Line"), ("程度", "Severity"), ("规则", "Rule"), ("题目", "Title"),
            ("原文", "Words"), ("发现", "Found"), ("算式", "Sum"), ("为何", "Why"), ("怎么办", "What to do"),
            ("与上一稿比", "Beside the draft before"))]  # fmt: skip


def _rows(found: Checked) -> list[tuple[Any, ...]]:
    """What there is, then what the version before had and this one has not."""
    lines, old = Lines(found.text), found.before is not None
    there = [(lines.at(one.place.start).line, one, say("新出现", "new") if one.mark in found.fresh
              else say("还在", "still there") if old else "") for one in found.result.found]  # fmt: skip
    gone = [(None, one, say("改好了", "mended")) for one in found.gone]
    return [
        (line, severity_word(one.severity), one.code, one.rule.title, one.place.text, one.message, one.sum,
         one.rule.why, one.rule.advice, since)
        for line, one, since in [*there, *gone]
    ]  # fmt: skip
