"""One promise over the years: the rule that judged it, and what people decide about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luoshi.compare import Decision, Promise
from luoshi.problems import Problem, problem
from luoshi.store import comparing
from luoshi.store.comparing import Judged, Place
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.comparing.drawing import story
from luoshi.web.comparing.forms import DecideForm, word
from luoshi.web.comparing.opened import Opened, changes, opened
from luoshi.web.comparing.rows import mark, row, rows, said
from luoshi.web.comparing.views import trail
from luoshi.web.shell.language import say

Context = dict[str, Any]


@needs("compare")
@require_GET
def show(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Everything about one promise."""
    place, found = _opened(request, pk)
    one, raw = _promise(found, name)
    judged = comparing.judgements(place, found.meant[raw.id])
    form = DecideForm(raw, initial={"verdict": one.verdict, "told": "", "expected": _last(judged)})
    return render(request, "comparing/promise.html", _context(request, found, (one, raw), judged, form))


@needs("correct")
@require_POST
def decide(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Record what somebody decides; where another was first, show that and keep what was typed."""
    place, found = _opened(request, pk)
    one, raw = _promise(found, name)
    known = found.meant[raw.id]
    form = DecideForm(raw, request.POST)
    wrong: tuple[Problem, ...] = ()
    if form.is_valid():
        given = form.cleaned_data
        told, wrong = _told(place, raw, given)
        if not wrong:
            decision = Decision(**known.model_dump(), verdict=given["verdict"], **told)
            by = access.access(request).acting()
            wrong = comparing.judge(place, known, decision, given["why"], by, expected=given["expected"])
        if not wrong:
            messages.success(request, say("判定已记下，进了台账。", "The decision is recorded."))
            return _back(pk, name)
    judged = comparing.judgements(place, known)
    conflict = any(each.code == "T100" for each in wrong)
    if conflict:
        form.data = {**request.POST.dict(), "expected": str(_last(judged))}
    context = _context(request, found, (one, raw), judged, form) | {"wrong": wrong, "faulty": True}
    return render(request, "comparing/promise.html", context, status=409 if conflict else 422)


@needs("correct")
@require_POST
def undo(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take a decision back: the outcome is again what was found."""
    place, found = _opened(request, pk)
    one, raw = _promise(found, name)
    known = found.meant[raw.id]
    seen = request.POST.get("expected", "")
    expected = int(seen) if seen.isdecimal() else -1
    wrong = comparing.judge(place, known, None, "", access.access(request).acting(), expected=expected)
    if not wrong:
        messages.success(request, say("判定已撤回，恢复成找到的结果。", "Undone: the outcome is what was found."))
        return _back(pk, name)
    judged = comparing.judgements(place, known)
    form = DecideForm(raw, initial={"verdict": one.verdict, "told": "", "expected": _last(judged)})
    context = _context(request, found, (one, raw), judged, form) | {"wrong": wrong}
    return render(request, "comparing/promise.html", context, status=409)


def _opened(request: HttpRequest, pk: int) -> tuple[Place, Opened]:
    place = access.place(request, pk)
    found = opened(place)
    if found is None:
        raise Http404
    return place, found


def _promise(found: Opened, name: str) -> tuple[Promise, Promise]:
    two = found.promise(name)
    if two is None:
        raise Http404
    return two


def _back(pk: int, name: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("comparing:promise", kwargs={"pk": pk, "name": name}))


def _last(judged: tuple[Judged, ...]) -> int:
    return judged[-1].sequence if judged else 0


def _told(place: Place, raw: Promise, given: dict[str, Any]) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Which later report tells the outcome by which words: a candidate, or words that were typed; T101 else."""
    words = given["words"].strip()
    if words:
        later = [one for one in place.chosen if str(one.year) > raw.report]
        report = comparing.report_saying(later, words)
        if report is None:
            return {}, (problem("T101", words=words[:40]),)
        return {"told_in": str(report.year), "told": words}, ()
    if not given["told"]:
        return {}, ()
    quote = raw.candidates[int(given["told"])].quote
    return {"told_in": quote.report, "told": quote.text}, ()


def _context(
    request: HttpRequest,
    found: Opened,
    two: tuple[Promise, Promise],
    judged: tuple[Judged, ...],
    form: DecideForm,
) -> Context:
    one, raw = two
    place, who = found.place, access.access(request)
    thread = [each for each in found.comparison.promises if each.thread == one.thread]
    ledger = reverse("comparing:ledger", kwargs={"pk": place.pk})
    return {
        "place": place,
        "row": row(one, found.names[one.id], place),
        "machine": mark(raw.verdict),
        "state": word("state", one.outcome.state) if one.outcome.state else "",
        "kind": word("kind", one.kind),
        "strength": word("strength", one.strength),
        "also": [said(quote, place) for quote in one.also],
        "again": [said(quote, place) for quote in one.carried_to],
        "candidates": [(said(each.quote, place), each.score) for each in raw.candidates],
        "thread": rows(thread, found.names, place),
        "chart": story(found.comparison, thread),
        "history": [_entry(each) for each in reversed(judged)],
        "form": form,
        "expected": _last(judged),
        "may_decide": who.may("correct"),
        "changes": changes(place, found.kept),
        "trail": [*trail(), (place.name or say("没有写地方", "no place"), ledger)],
    }


def _entry(one: Judged) -> dict[str, Any]:
    """A decision as the timeline tells it."""
    if one.decision is None:
        return {"when": one.at, "who": one.who, "what": say("撤回了判定", "undid the decision"), "detail": one.why}
    told = f"（{one.decision.told_in}）{one.decision.told}" if one.decision.told else ""
    detail = "　".join(filter(None, (one.why, told)))
    shown = mark(one.decision.verdict)
    return {"when": one.at, "who": one.who, "what": f"{shown.shape} {shown.word}", "detail": detail}
