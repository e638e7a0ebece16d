"""The page of an item and what is done on it. Every change is one move of the store, compared with what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from luoshi.store.columns import body_of
from luoshi.store.discussing import comments_of, say, tell
from luoshi.store.discussing import take_back as withdraw
from luoshi.store.evidence import ENDINGS, LARGEST, keep_evidence, path_of
from luoshi.store.handing_in import hand_in
from luoshi.store.history import history_of
from luoshi.store.moving import Moved, label_matter
from luoshi.store.rules import rules_in_force
from luoshi.store.writing import Unavailable
from luoshi.supervise import Event, Move, decide, workflow
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.matter import origin, page, past, words
from luoshi.web.matter.asking import MoveForm, stand_on
from luoshi.web.matter.choices import asking_about
from luoshi.web.matter.talking import CommentForm, FileForm, LabelForm
from luoshi.web.shell import language
from luoshi.web.shell.sheets import sheet

if TYPE_CHECKING:
    from luoshi.store.models import Matter

_LONG_AGO = 12  # entries of the history shown before "all of it" is asked for


@needs("matters")
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of an item."""
    row = access.matter(request, pk)
    return render(request, "matter/show.html", _shown(request, row))


def _shown(request: HttpRequest, row: Matter) -> dict[str, Any]:
    who = access.access(request)
    body, day, rules = body_of(row), who.day, rules_in_force()
    found, inside = origin.origin(row.report, body), _inside_of(who)
    context: dict[str, Any] = {
        "row": row,
        "body": body,
        "trail": _trail(),
        "now": page.standing(body, day, rules),
        "label": words.label_tag(row.label),
        "origin": found,
        "reader": page.address("reader:show", pk=row.report_id),
        "goals": origin.goals(found, day) if inside and who.may("indicators") else (),
        "proofs": page.proofs(body, access.files_of(who, row), inside=inside),
        "inside": inside,
    }
    return {**context, **(_inside(request, row, context) if inside else {})}


def _inside(request: HttpRequest, row: Matter, context: dict[str, Any]) -> dict[str, Any]:
    """What is for the offices and units alone: what to do, what is owed, the discussion, the record."""
    who, rules, body = access.access(request), rules_in_force(), context["body"]
    record = history_of(row)
    happened = past.happenings(record)
    every = request.GET.get("history") == "all"
    by = who.acting(row)
    return {
        "offers": page.offers(body, by, who.day, rules),
        "owed": page.owed(body, who.day, rules),
        "procedure": origin.procedure(context["origin"], body, who.day),
        "chart": page.numbers_chart(body, record, who.day),
        "reports": past.reports(record),
        "requests": page.requests(body),
        "slips": page.slips(body, rules),
        "drifts": page.drifts(body),
        "comments": comments_of(row),
        "comment_form": CommentForm() if who.may("comment") else None,
        "largest": LARGEST,
        "taken": ",".join(ENDINGS),
        "file_form": FileForm() if _may_add_files(who) else None,
        "label_form": LabelForm(initial={"openness": row.label, "expected": body.revision}),
        "may_label": who.may("manage_labels"),
        "me": who.person.pk,
        "happened": happened if every else happened[:_LONG_AGO],
        "older": 0 if every else max(len(happened) - _LONG_AGO, 0),
    }


def _inside_of(who: access.Access) -> bool:
    """Whether a person belongs to the offices and units: deputies see what is public, and none of the forms."""
    return who.sees in ("all", "own")


def _may_add_files(who: access.Access) -> bool:
    return any(who.may(right) for right in ("report", "supervise", "inspect"))


def _trail() -> list[tuple[str, str]]:
    register = page.address("register:index")
    return [(language.say("任务台账", "Register"), register)] if register else []


@needs("matters")
def move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """The form of a move, and the move itself."""
    row = access.matter(request, pk)
    if not _inside_of(access.access(request)):
        access.refuse(request, "report")
    wanted = workflow().moves.get(move)
    if wanted is None or not words.about(move).get("shown", True):
        raise Http404
    if request.method == "POST":
        return _make(request, row, wanted)
    form = MoveForm(wanted, asking_about(request, row), back=_back(request.GET.get("next", ""), request))
    return _form(request, row, form, refusal=_impossible(request, row, wanted))


def _make(request: HttpRequest, row: Matter, wanted: Move) -> HttpResponse:
    """Make the move; what is wrong comes back on the form with everything that was typed."""
    form = MoveForm(wanted, asking_about(request, row), request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, row, form)
    who = access.access(request)
    event, files = form.event()
    try:
        moved = hand_in(row.pk, event, who.day, who.acting(row), files, form.cleaned_data["key"])
    except Unavailable as error:
        form.refused(error.problems)
        return _form(request, row, form)
    if moved.problems:
        return _second(request, row, form, moved)
    messages.success(request, language.say(f"已办：{words.move_word(wanted)}", f"Done: {words.move_word(wanted)}"))
    return _onward(request, _back(form.cleaned_data["next"], request) or reverse("matter:show", args=[row.pk]))


def _second(request: HttpRequest, row: Matter, form: MoveForm, moved: Moved) -> HttpResponse:
    """Refused. Where somebody was first: what they changed is shown, and the form then stands on what is now there."""
    form.refused(moved.problems)
    changed = past.since(history_of(row), form.cleaned_data["expected"])
    if any(one.code == "D005" for one in moved.problems):
        stand_on(form, moved.matter.revision)
    else:
        changed = []
    return _form(request, row, form, changed=changed)


def _form(request: HttpRequest, row: Matter, form: MoveForm, **more: Any) -> HttpResponse:
    part = request.headers.get("HX-Request") == "true"
    template = "matter/parts/move.html" if part else "matter/move.html"
    context = {
        "row": row,
        "body": form.asking.matter,
        "form": form,
        "title": words.move_word(form.move),
        "part": part,
        "look": words.about(form.move.name).get("look", ""),
        "trail": [*_trail(), (row.title, reverse("matter:show", args=[row.pk]))],
        "documents": _documents(form.move),
        **more,
    }
    return render(request, template, context, status=422 if form.errors and not part else 200)


def _documents(move: Move) -> list[str]:
    """Which papers the move sends, and to whom."""
    papers = workflow().documents
    return [
        f"{language.say(papers[one.document]['zh'], papers[one.document]['en'])} → {words.role_word(one.to)}"
        for one in move.tells
    ]


def _impossible(request: HttpRequest, row: Matter, wanted: Move) -> list[str]:
    """Why the move cannot be made by this person or in this state; empty where its form may be filled in."""
    who = access.access(request)
    event = Event(move=wanted.name, by=who.acting(row).actor())
    told = decide(body_of(row), event, who.day, rules_in_force()).problems
    return [f"{one.message}{one.advice}" for one in told if one.code in ("D002", "D003", "D004", "D006")]


def _onward(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _back(wanted: str, request: HttpRequest) -> str:
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and safe else ""


@needs("comment")
@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about an item."""
    row = access.matter(request, pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        who = access.access(request)
        made = say(row, form.cleaned_data["text"], who.acting(row))
        tell(made, access.named_in(made.text, row, who), who.day)
        return HttpResponseRedirect(reverse("matter:show", args=[pk]) + "#talk")
    return render(request, "matter/show.html", {**_shown(request, row), "comment_form": form}, status=422)


@needs("comment")
@require_POST
def take_back(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Take back what one has said oneself."""
    said = access.comment(request, pk, comment)
    withdraw(said, access.access(request).acting())
    return HttpResponseRedirect(reverse("matter:show", args=[pk]) + "#talk")


@needs("manage_labels")
@require_POST
def label(request: HttpRequest, pk: int) -> HttpResponse:
    """Label an item 公开, 内部 or 工作秘密, with the reason."""
    row = access.matter(request, pk)
    form = LabelForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        by = access.access(request).acting(row)
        moved = label_matter(pk, given["openness"], by, expected=given["expected"], reason=given["reason"])
        if not moved.problems:
            messages.success(request, language.say("已定公开属性", "Labelled"))
            return HttpResponseRedirect(reverse("matter:show", args=[pk]))
        for one in moved.problems:
            form.add_error(None, f"{one.message}{one.advice}")
        stand_on(form, moved.matter.revision)
    return render(request, "matter/show.html", {**_shown(request, row), "label_form": form}, status=422)


@needs("matters")
@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a file to a piece of evidence that the item has already."""
    row, who = access.matter(request, pk), access.access(request)
    if not _may_add_files(who):
        access.refuse(request, "report")
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        if all(one.id != given["evidence"] for one in body_of(row).evidence):
            raise Http404
        file = given["file"]
        _, problems = keep_evidence(
            row, file.name, file.chunks(), given["evidence"], who.acting(row), given["openness"]
        )
        if not problems:
            messages.success(request, language.say("文件已收下", "The file is kept"))
            return HttpResponseRedirect(reverse("matter:show", args=[pk]) + "#proofs")
        form.add_error("file", "".join(f"{one.message}{one.advice}" for one in problems))
    return render(request, "matter/show.html", {**_shown(request, row), "file_form": form}, status=422)


@needs("matters")
@require_GET
def download(request: HttpRequest, pk: int) -> FileResponse:
    """An evidence file, to keep: never shown within the site, whatever it holds."""
    file = access.evidence(request, pk)
    place = path_of(file)
    if not place.is_file():
        raise Http404
    return FileResponse(place.open("rb"), as_attachment=True, filename=file.name, content_type=file.media_type)


@needs("export")
@require_GET
def history(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The history of an item as a table, a row a change."""
    row = access.matter(request, pk)
    heads = [language.say(*pair) for pair in (("序号", "No."), ("时间", "When"), ("谁", "Who"), ("动作", "Move"),
             ("说明", "Detail"), ("改了什么", "Member"), ("原来", "Before"), ("现在", "After"))]  # fmt: skip
    rows = []
    for one in past.happenings(history_of(row)):
        plain = (one.sequence, one.when, one.who, one.what, one.detail)
        rows += [(*plain, change.name, change.before, change.after) for change in one.changes] or [(*plain, "", "", "")]
    return sheet(f"{row.item}-{language.say('记录', 'history')}", heads, rows, kind)
