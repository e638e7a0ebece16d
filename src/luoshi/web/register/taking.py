"""A register that comes back: uploaded, compared as a job, looked at row by row, written in whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.problems import Problem, catalogue, problem
from luoshi.store import uploads
from luoshi.store.together import Wish, move_all
from luoshi.store.uploads import Upload
from luoshi.store.writing import Unavailable
from luoshi.supervise import Event
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.matter import words
from luoshi.web.register.coming import Coming, Preview
from luoshi.web.register.job import compare_returned
from luoshi.web.register.working import side_of
from luoshi.web.shell.language import pair, say

if TYPE_CHECKING:
    from luoshi.store.models import Matter
    from luoshi.store.moving import Moved

_SEVERITIES = ("error", "warning", "note")


class BackForm(forms.Form):
    """One table, and the report that it is of where it is not told by its rows."""

    file = forms.FileField(label=pair("填好的填报表", "The filled-in register"), allow_empty_file=True, max_length=200)
    report = forms.ChoiceField(
        label=pair("哪份报告的", "Of which report"), required=False,
        help_text=pair("一般不用选：按每一行的识别码自动认。", "Told by the rows; choose only where that fails."),
    )  # fmt: skip

    def __init__(self, reports: list[tuple[str, str]], *args: Any) -> None:
        super().__init__(*args)
        self.fields["report"].choices = [("", say("自动认", "by its rows")), *reports]  # type: ignore[attr-defined]


@needs("supervise", "report")
@require_http_methods(["GET", "POST"])
def back(request: HttpRequest) -> HttpResponse:
    """Choose a table; those that were uploaded before and not written in stand below."""
    who = access.access(request)
    if side_of(who) is None:
        access.refuse(request, "report")
    reports = [(str(pk), title) for pk, title in access.reports(who).values_list("pk", "title")]
    form = BackForm(reports, request.POST, request.FILES) if request.method == "POST" else BackForm(reports)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        came, report = form.cleaned_data["file"], int(form.cleaned_data["report"] or 0)
        kept, problems = uploads.keep_upload(came.name, came.chunks(), who.acting(), kind="register", report=report)
        if kept is not None:
            compare_returned.enqueue(kept.key, kept.attempt)
            return HttpResponseRedirect(reverse("register:returned", args=[kept.key]))
    waiting = uploads.uploads_of(who.person.pk, "register")
    context = {"form": form, "problems": told(problems), "waiting": waiting, "trail": _trail(), "side": side_of(who)}
    return render(request, "register/back.html", context, status=422 if problems or form.errors else 200)


@needs("supervise", "report")
@require_GET
def returned(request: HttpRequest, key: str) -> HttpResponse:
    """How far comparing is, then what would change; asked by htmx only the part that moves."""
    one = _own(request, key)
    if one.state == "brought_in":
        return HttpResponseRedirect(_list(one.report))
    busy = one.state in ("waiting", "reading")
    if request.headers.get("HX-Request"):
        if not busy:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "register/parts/comparing.html", {"upload": one})
    return _shown(request, one, None if busy else Preview.read(uploads.preview_in(one)))


@needs("supervise", "report")
@require_POST
def again(request: HttpRequest, key: str) -> HttpResponse:
    """Compare again: with how things stand by now, or where it has stopped."""
    one = _own(request, key)
    if one.stopped or one.state in ("read", "refused"):
        one = uploads.start_again(one)
        compare_returned.enqueue(one.key, one.attempt)
    return HttpResponseRedirect(reverse("register:returned", args=[key]))


@needs("supervise", "report")
@require_POST
def apply(request: HttpRequest, key: str) -> HttpResponse:
    """Write all of it in, or nothing; pressed twice it is written once."""
    one = _own(request, key)
    if one.state == "brought_in":
        return HttpResponseRedirect(_list(one.report))
    found = Preview.read(uploads.preview_in(one)) if one.state == "read" else None
    if found is None or found.refused or not found.items:
        return HttpResponseRedirect(reverse("register:returned", args=[key]))
    try:
        problems = _write(request, one, found)
    except Unavailable as error:
        return _shown(request, one, found, error.problems, status=503)
    if problems:
        return _shown(request, one, found, problems, status=409)
    uploads.brought_in(one, found.report)
    done = sum(len(item.events) for item in found.items)
    messages.success(
        request,
        say(f"已写入 {len(found.items)} 项、{found.cells} 格，{done} 个动作都记入台账。",
            f"Written: {len(found.items)} items, {found.cells} cells, {done} moves, each in the record."),
    )  # fmt: skip
    return HttpResponseRedirect(_list(found.report))


@needs("supervise", "report")
@require_POST
def forget(request: HttpRequest, key: str) -> HttpResponse:
    """Take the table away; nothing was written."""
    uploads.forget(_own(request, key))
    messages.info(request, say("已丢弃，什么都没有写入。", "Thrown away; nothing was written."))
    return HttpResponseRedirect(reverse("register:back"))


def told(problems: tuple[Problem, ...]) -> list[dict[str, str]]:
    """Problems as the page shows them: the worst first."""
    rows = [(catalogue()[one.code], one) for one in problems]
    made = [{"code": one.code, "severity": row.severity, "message": one.message, "english": row.english,
             "advice": one.advice} for row, one in rows]  # fmt: skip
    return sorted(made, key=lambda row: _SEVERITIES.index(row["severity"]) if row["severity"] in _SEVERITIES else 9)


def _write(request: HttpRequest, one: Upload, found: Preview) -> tuple[Problem, ...]:
    """Make the moves, all or none; what stands against it by row."""
    who = access.access(request)
    rows = {row.pk: row for row in access.matters(who).filter(report=found.report).select_related("body")}
    gone = tuple(_stale(item, say("您已经看不到这一项", "it is not yours to see any more")) for item in found.items
                 if item.pk not in rows)  # fmt: skip
    if gone:
        return gone
    wishes = [(item, wish) for item in found.items for wish in _wishes(request, item, rows[item.pk], one)]
    moved = move_all([wish for _, wish in wishes], who.day)
    stood: dict[int, tuple[Coming, Moved]] = {}
    for (item, _), made in zip(wishes, moved, strict=True):
        if made.problems:
            stood.setdefault(item.pk, (item, made))  # what follows on a refused move is refused because of it
    return tuple(_stale(item, "".join(f"{each.message}" for each in made.problems)) for item, made in stood.values())


def _wishes(request: HttpRequest, item: Coming, row: Matter, one: Upload) -> list[Wish]:
    by = access.access(request).acting(row)
    events = [Event.model_validate(said) for said in item.events]
    return [Wish(item.pk, event, by, f"back:{one.key}:{item.pk}:{nth}") for nth, event in enumerate(events)]


def _stale(item: Coming, detail: str) -> Problem:
    return problem("T114", row=item.row, title=item.title, detail=detail)


def _shown(
    request: HttpRequest, one: Upload, found: Preview | None, stood: tuple[Problem, ...] = (), status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"upload": one, "trail": [*_trail(), (say("交回", "Hand in"), reverse("register:back"))]}
    if found is not None:
        drawn = [(item, [words.move_word(str(event["move"])) for event in item.events]) for item in found.items]
        context |= {"found": found, "items": drawn, "problems": told(found.problems), "stood": told(stood)}
    return render(request, "register/returned.html", context, status=status)


def _own(request: HttpRequest, key: str) -> Upload:
    """The upload, for whoever uploaded it; to everybody else there is none."""
    one = uploads.upload(key)
    if one is None or one.kind != "register" or one.person != access.access(request).person.pk:
        raise Http404
    return one


def _list(report: int) -> str:
    return f"{reverse('register:index')}?report={report}&sort=updated"


def _trail() -> list[tuple[object, str]]:
    return [(say("任务台账", "Register"), reverse("register:index"))]
