"""One move on many items: each decided by itself, compared with the revision that was seen; a refusal hides none."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from luoshi.problems import Problem
from luoshi.store.fetching import all_units
from luoshi.store.moving import Moved, label_matter
from luoshi.store.posts import leaders_posts
from luoshi.store.together import Wish, move_each
from luoshi.store.writing import Unavailable, writing
from luoshi.supervise import Event
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.matter import words
from luoshi.web.register import acting
from luoshi.web.register.acting import LABEL, Act
from luoshi.web.register.data import data
from luoshi.web.register.views import found_by
from luoshi.web.shell.language import pair, say

if TYPE_CHECKING:
    from luoshi.store.models import Matter

_OWN = {"due": "due", "lead": "lead_name", "leader": "leader"}  # what an item says itself where nothing is filled in


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item."""

    row: Matter
    done: bool
    told: tuple[str, ...] = ()


class Together(forms.Form):
    """What is filled in once for all items; left empty, each keeps its own."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=60)
    due = forms.DateField(
        label=pair("期限", "Due"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=pair("空着：每项按自己现有的期限。", "Left empty, each keeps its own."),
    )  # fmt: skip
    lead = forms.ChoiceField(
        label=pair("牵头单位", "Lead unit"), required=False,
        help_text=pair("空着：每项按自己现有的牵头单位。", "Left empty, each keeps its own."),
    )  # fmt: skip
    leader = forms.ChoiceField(
        label=pair("责任领导", "Leader"), required=False,
        help_text=pair("空着：每项不变。", "Left empty, each keeps its own."),
    )  # fmt: skip
    openness = forms.ChoiceField(label=pair("公开属性", "Openness"), widget=forms.RadioSelect)
    reason = forms.CharField(label=pair("理由", "Reason"), max_length=200)

    def __init__(self, act: Act, day: Any, data: Any = None) -> None:
        super().__init__(data, initial={"key": f"many:{uuid.uuid4().hex}"}, auto_id="together-%s")
        for name in [name for name in self.fields if name not in (*act.fields, "key")]:
            del self.fields[name]
        if act.name == "note":
            self.fields["leader"].required = True
        for name, choices in _choices(act, day):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


def _choices(act: Act, day: Any) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    blank = ("", "—")
    if "lead" in act.fields:
        yield "lead", [blank, *((one.name, one.name) for one in all_units().filter(closed=False))]
    if "leader" in act.fields:
        yield "leader", [blank, *((one.code, f"{one.title} {one.holder}".strip()) for one in leaders_posts(day))]
    if "openness" in act.fields:
        yield "openness", [(one, words.label_tag(one)["text"]) for one in words.LABELS]


@needs("matters")
@require_http_methods(["GET", "POST"])
def together(request: HttpRequest) -> HttpResponse:
    """Ask once what is to be done on the chosen items; then do it on each and say what became of it."""
    who = access.access(request)
    if not acting.offered(who):
        access.refuse(request, "supervise")
    asked = request.POST if request.method == "POST" else request.GET
    act, seen = acting.act(who, asked.get("act", "")), _chosen(request)
    if act is None or not seen:
        messages.warning(request, say("先选要办的任务和动作。", "Choose items and what to do first."))
        return HttpResponseRedirect(reverse("register:index"))
    chosen = list(access.matters(who).filter(pk__in=list(seen)).select_related("body", "report"))
    form = Together(act, who.day, request.POST if request.method == "POST" else None)
    marked = [(one, f"{one.pk}-{seen[one.pk]}") for one in chosen]
    every = found_by(request).count() if request.GET.get("every") else len(seen)
    context: dict[str, Any] = {"act": act, "form": form, "chosen": marked, "left": max(0, every - len(seen))}
    if request.method == "POST" and form.is_valid():
        outcomes = _outcomes(request, act, [(row, seen[row.pk]) for row in chosen], form.cleaned_data)
        done = sum(one.done for one in outcomes)
        context |= {"outcomes": outcomes, "done": done, "refused": len(outcomes) - done}
    return render(request, "register/together.html", context, status=422 if form.errors else 200)


def _chosen(request: HttpRequest) -> dict[int, int]:
    """The chosen items by id, each with the revision that was seen; or all that the address finds, as they are now."""
    if request.method == "GET" and request.GET.get("every"):
        return dict(found_by(request).values_list("pk", "revision")[: data()["together"]["most"]])
    asked = request.POST if request.method == "POST" else request.GET
    return _seen(asked.getlist("chosen"))


def _seen(values: Iterable[str]) -> dict[int, int]:
    """Ids with revisions; what is no such pair is left out."""
    pairs = (value.split("-") for value in list(values)[: data()["together"]["most"]])
    return {int(one[0]): int(one[1]) for one in pairs if len(one) == 2 and all(part.isdecimal() for part in one)}


def _outcomes(request: HttpRequest, act: Act, rows: list[tuple[Matter, int]], given: dict[str, Any]) -> list[Outcome]:
    """The act on every item, in one transaction; what keeps one from being done is told beside it."""
    try:
        moved = _labelled(request, rows, given) if act.name == LABEL else _moved(request, act, rows, given)
    except Unavailable as error:
        return [Outcome(row, done=False, told=_told(error.problems)) for row, _ in rows]
    return [Outcome(row, not one.problems, _told(one.problems)) for (row, _), one in zip(rows, moved, strict=True)]


def _labelled(request: HttpRequest, rows: list[tuple[Matter, int]], given: dict[str, Any]) -> list[Moved]:
    who = access.access(request)
    said = {"openness": given["openness"], "reason": given["reason"]}
    with writing():
        return [label_matter(row.pk, by=who.acting(row), expected=seen, **said) for row, seen in rows]


def _moved(request: HttpRequest, act: Act, rows: list[tuple[Matter, int]], given: dict[str, Any]) -> list[Moved]:
    who, wishes = access.access(request), []
    for row, seen in rows:
        by = who.acting(row)
        said = {name: given.get(name) or getattr(row, _OWN[name]) for name in act.fields}
        said = {name: value for name, value in said.items() if value}
        event = Event.model_validate({"move": act.name, "by": by.actor(), "expected": seen, **said})
        wishes.append(Wish(row.pk, event, by, f"{given['key']}:{row.pk}"))
    return move_each(wishes, who.day)


def _told(problems: Iterable[Problem]) -> tuple[str, ...]:
    return tuple(say(f"{one.message}{one.advice}", f"{one.english} {one.message}") for one in problems)
