"""The auditor's pages of seals: the record verified, its head noted outside, and what was noted compared with it."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST
from django_tasks import task

from luoshi.store import checkups
from luoshi.store.anchoring import anchors, compare_anchors, note_anchor
from luoshi.store.ledger import record
from luoshi.store.moment import now
from luoshi.store.verifying import Anchored, anchor_line, verify
from luoshi.store.writing import writing
from luoshi.web.access import access, needs
from luoshi.web.administration.guarding import Listing, at
from luoshi.web.shell.language import pair, say
from luoshi.web.shell.tables import Column

_AT_ONCE = 2000  # entries that are gone through while the page waits


class Kept(forms.Form):
    """Where the seal is kept."""

    kept = forms.CharField(label=pair("抄在哪里", "Where it is kept"), max_length=200,
                           help_text=pair("例如：打印件，保密柜 2 号，审计员保管", "print, safe no. 2"))  # fmt: skip


class Earlier(forms.Form):
    """Seals that were noted earlier."""

    lines = forms.CharField(label=pair("以前抄下的封条", "Seals noted earlier"), max_length=60_000,
                            widget=forms.Textarea({"rows": 4, "spellcheck": "false"}),
                            help_text=pair("一行一条：编号、空格、封条。锚文件可以整个贴进来。",
                                           "A line each: number, blank, seal."))  # fmt: skip


@task()
def check_record(key: str) -> bool:
    """Verify the whole record against every seal that was noted; done by the process that works through the queue."""
    known = [Anchored(one.sequence, one.seal) for one in anchors()]
    verdict = verify(known, said=lambda done: checkups.alive(key, done))
    checkups.finish(key, verdict, anchor_line())
    return not verdict.problems


@needs("audit")
@require_POST
def verify_now(request: HttpRequest) -> HttpResponse:
    """Begin to go through the whole record: at once where it is short, else beside, with progress."""
    made = checkups.begin(access(request).acting())
    if made.state == "waiting":
        if made.total <= _AT_ONCE:
            check_record.call(made.key)
        else:
            check_record.enqueue(made.key)
    return redirect("administration:verified")


@needs("audit")
@require_GET
def verified(request: HttpRequest) -> HttpResponse:
    """How far the last verification is, and what it found; only the moving part for htmx."""
    checkup = checkups.checkup()
    times = {}
    if checkup is not None:
        started = datetime.fromtimestamp(checkup.started, timezone.get_current_timezone())
        times = {"started": at(started), "took": max(0, round((checkup.ended or checkup.beat) - checkup.started, 1))}
    page = "checkup" if request.headers.get("HX-Request") else "verified"
    return render(request, f"administration/{page}.html", {"checkup": checkup, **times})


def _anchors() -> Listing:
    columns = (
        Column("at", say("时间", "At")), Column("sequence", say("编号", "No."), "number"),
        Column("seal", say("封条", "Seal"), "code"), Column("kept", say("抄在哪里", "Kept")),
    )  # fmt: skip

    def row(one: Any) -> dict[str, Any]:
        return {"at": at(one.at), "sequence": one.sequence, "seal": one.seal, "kept": one.kept}

    return Listing("anchors", say("记下过的封条", "Seals noted"), columns, row,
                   say("还没有记下过。今天就记第一条，抄到网站以外。", "None yet: note one today."))  # fmt: skip


@needs("audit")
@require_GET
def seal(request: HttpRequest) -> HttpResponse:
    """Today's seal, to print, scan or copy; and the seals that were noted before."""
    if kind := request.GET.get("as"):
        return _anchors().file(anchors(), kind)
    return _sealed(request)


def _sealed(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    line = anchor_line()
    number, _, seal_ = line.partition(" ")
    groups = [seal_[start : start + 8] for start in range(0, len(seal_), 8)]
    context = {"line": line, "number": number, "groups": groups, "qr": _qr(line), "kept": Kept(), "earlier": Earlier(),
               "table": _anchors().table(request, anchors()), "now": now(),
               "algorithm": {"sha256": "SHA-256", "sm3": "SM3"}[settings.LUOSHI_SEAL]}  # fmt: skip
    return render(request, "administration/seal.html", context | more, status=status)


def _qr(line: str) -> str:
    """The line as a picture within the page."""
    out = BytesIO()
    segno.make(line, error="m").save(out, kind="svg", xmldecl=False, svgns=True, scale=1, border=2, omitsize=True)
    return mark_safe(out.getvalue().decode())


@needs("audit")
@require_POST
def note(request: HttpRequest) -> HttpResponse:
    """Keep that today's seal was written down, and where."""
    form = Kept(request.POST)
    if not form.is_valid():
        return _sealed(request, 422, kept=form)
    note_anchor(form.cleaned_data["kept"], access(request).acting())
    return redirect("administration:seal")


@needs("audit")
@require_POST
def compare(request: HttpRequest) -> HttpResponse:
    """Hold seals that were noted earlier against the record."""
    form = Earlier(request.POST)
    if not form.is_valid():
        return _sealed(request, 422, earlier=form)
    found, problems = compare_anchors(form.cleaned_data["lines"])
    if problems:
        form.add_error("lines", say(f"{problems[0].message}{problems[0].advice}", problems[0].english))
        return _sealed(request, 422, earlier=form)
    wrong = [one for one in found if one.problem]
    with writing():
        said = say(f"{len(found)} 条，不符 {len(wrong)} 条", f"{len(found)}, {len(wrong)} do not fit")
        record(access(request).acting(), "record.compare", "", said)
    return render(request, "administration/compared.html", {"found": found, "wrong": wrong})
