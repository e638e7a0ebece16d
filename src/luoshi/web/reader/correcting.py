"""Putting right how a report was read. Every change is a correction of the plan, kept beside what was read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luoshi.plan import Correction, Figure, Item, Plan
from luoshi.publish.labels import label
from luoshi.store.correcting import Corrected, correct_report, corrected_since, take_back
from luoshi.store.reports import corrections_of
from luoshi.store.units import units_by_name
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.reader.forms import AddForm, FigureForm, ItemForm, Seen, UnitsForm, others
from luoshi.web.reader.history import lines_of
from luoshi.web.reader.known import plan_of
from luoshi.web.reader.procedure import nodes, work_on
from luoshi.web.reader.quoting import correction, quoted, words_of
from luoshi.web.reader.uploading import told
from luoshi.web.reader.views import cards_of, trail
from luoshi.web.shell.language import say

if TYPE_CHECKING:
    from luoshi.store.models import Report


@needs("correct")
def item(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One item: change it, confirm its units, say that it is none, split it, put it together with others."""
    report = access.report(request, pk)
    plan = plan_of(report)
    one = next((one for one in plan.items if one.id == name), None)
    if one is None:
        raise Http404
    act = request.POST.get("act", "")
    bound: Seen | None = None
    done: Corrected | None = None
    if request.method == "POST":
        bound = _form_of(act, request, one)
        if bound.is_valid():
            done = _correct(request, report, _wanted(request, bound, report.body.text, plan, one))
            if done.plan is not None:
                return _back(request, report, name, done)
    context = {"template": "reader/item.html", **_about(report, plan, one, access.access(request).day)}
    context["work"] = work_on(request, report, one)
    if act in ("change", "units"):
        context[act] = bound
    return _page(request, report, context, bound, done)


def _form_of(act: str, request: HttpRequest, one: Item) -> Seen:
    """The form that was sent. Raises Http404 where there is none such."""
    match act:
        case "change":
            return ItemForm(one, request.POST)
        case "units":
            return UnitsForm(units_by_name(), request.POST)
        case "drop" | "split" | "merge":
            return Seen(request.POST)
        case _:
            raise Http404


def _wanted(request: HttpRequest, form: Seen, text: str, plan: Plan, one: Item) -> list[Correction]:
    """What the form asks for, as corrections."""
    why = form.cleaned_data["why"] or None
    words = words_of(text, plan, one)
    promises = {one.id: one for one in plan.commitments}
    match request.POST["act"]:
        case "change":
            assert isinstance(form, ItemForm)
            to = form.changed_members()
            return [correction("change", "item", words, to=to, why=why)] if to else []
        case "units":
            units = {"lead": form.cleaned_data["lead"], "help": form.cleaned_data["help"]}
            return [correction("confirm", "item", words, to=units, why=why)]
        case "drop":
            return [correction("drop", "item", words, why=why)]
        case "split":
            apart = [quoted(text, promises[name]) for name in request.POST.getlist("chosen") if name in one.commitments]
            return [correction("split", "item", apart[0], also=apart[1:], why=why)] if apart else []
        case _:
            items = [item for item in plan.items if item.id in request.POST.getlist("chosen")]
            also = [words_of(text, plan, item) for item in items]
            return [correction("merge", "item", words, also=also, why=why)] if also else []


def _about(report: Report, plan: Plan, one: Item, today: date) -> dict[str, Any]:
    """Everything that the page of an item shows."""
    known = units_by_name()
    names = sorted({unit.name for unit in known.values()})
    extra = one.model_extra or {}
    return {
        "item": one,
        "promises": [row for row in plan.commitments if row.id in one.commitments],
        "figures": [row for row in plan.figures if row.id in one.figures],
        "section": next((row for row in plan.sections if row.id == one.section), None),
        "kind_word": label("kind", one.kind, _lang()),
        "basis_word": label("date_basis", one.deadline.basis, _lang()),
        "lead_word": label("unit_basis", one.lead.basis, _lang()) if one.lead else "",
        "read_as": extra.get("read_as") or {},
        "corrected": extra.get("corrected", ()),
        "nodes": nodes(plan, one, today),
        "every_unit": names,
        "others": others(plan, one),
        "change": ItemForm.of(one, report.revision),
        "units": UnitsForm.of(one, names, report.revision),
    }


@needs("correct")
def figure(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One figure: its value, unit and comparator; or that it is none."""
    report = access.report(request, pk)
    plan = plan_of(report)
    one = next((one for one in plan.figures if one.id == name), None)
    if one is None:
        raise Http404
    bound, done = None, None
    if request.method == "POST":
        bound = Seen(request.POST) if request.POST.get("act") == "drop" else FigureForm(one, request.POST)
        if bound.is_valid():
            done = _correct(request, report, _of_figure(bound, quoted(report.body.text, one)))
            if done.plan is not None:
                return _to_text(report, f"f-{name}", done, request)
    context = {
        "template": "reader/figure.html",
        "figure": one,
        "form": bound if isinstance(bound, FigureForm) else FigureForm.of(one, report.revision),
        "sentence": _around(report.body.text, one),
        "read_as": (one.model_extra or {}).get("read_as") or {},
        "comparator": label("comparator", one.comparator, _lang()),
    }
    return _page(request, report, context, bound, done)


def _of_figure(form: Seen, words: dict[str, str]) -> list[Correction]:
    why = form.cleaned_data["why"] or None
    if not isinstance(form, FigureForm):
        return [correction("drop", "figure", words, why=why)]
    to = form.changed_members()
    return [correction("change", "figure", words, to=to, why=why)] if to else []


@needs("correct")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """An item from words of the text that were not read as one."""
    report = access.report(request, pk)
    asked = {name: request.GET.get(name, "") for name in ("quote", "before", "after")}
    start = {**asked, "kind": "action", "expected": report.revision}
    form = AddForm(request.POST) if request.method == "POST" else AddForm(initial=start)
    done = None
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("quote", "before", "after")}
        wanted = correction("add", "commitment", words, to=form.members(), why=form.cleaned_data["why"] or None)
        done = _correct(request, report, [wanted])
        if done.plan is not None:
            made = done.plan.commitments[-1] if not done.plan.items else max(
                done.plan.commitments, key=lambda one: int(one.id[1:]) if one.id[1:].isdecimal() else 0
            )  # fmt: skip
            return _to_text(report, f"c-{made.id}", done, request)
    return _page(request, report, {"template": "reader/add.html", "form": form}, form if form.is_bound else None, done)


@needs("correct")
def units(request: HttpRequest, pk: int) -> HttpResponse:
    """Proposed units with the reasons, unit by unit; those chosen, or all of a unit, confirmed at once."""
    report = access.report(request, pk)
    plan = plan_of(report)
    proposed = [card for card in cards_of(request, report, plan) if card.proposed]
    bound, done = None, None
    known = units_by_name()
    if request.method == "POST":
        bound = Seen(request.POST)
        chosen, whole = set(request.POST.getlist("chosen")), request.POST.get("unit", "")
        wanted = [card.item for card in proposed if card.item.id in chosen or (whole and card.lead == whole)]
        items = [one for one in wanted if one.lead is not None and one.lead.unit in known]
        if bound.is_valid():
            done = _confirm(request, report, plan, items, bound.cleaned_data["why"])
            if done.plan is not None:
                return HttpResponseRedirect(request.get_full_path())
    unit = request.GET.get("unit", "")
    groups: dict[str, list[Any]] = {}
    for card in proposed:
        groups.setdefault(card.lead, []).append(card)
    shown = [(name, rows) for name, rows in groups.items() if not unit or name == unit]
    context = {"groups": [(name, rows, name in known) for name, rows in shown], "every": list(groups), "unit": unit,
               "count": len(proposed), "template": "reader/units.html"}  # fmt: skip
    return _page(request, report, context, bound, done)


def _confirm(request: HttpRequest, report: Report, plan: Plan, items: Sequence[Item], why: str) -> Corrected:
    """Confirm the units of ``items`` as they were proposed, and say how many that were."""
    text = report.body.text
    wanted = [correction("confirm", "item", words_of(text, plan, one), why=why or None) for one in items]
    done = _correct(request, report, wanted)
    if not items:
        messages.warning(
            request, say("没有选中能确认的事项：先勾选，单位要是本站有的。", "Choose items of known units.")
        )
    elif done.plan is not None:
        messages.success(request, say(f"已确认 {len(items)} 个事项的单位。", f"{len(items)} items confirmed."))
    return done


@needs("correct")
@require_GET
def corrections(request: HttpRequest, pk: int) -> HttpResponse:
    """Every correction of the report, newest first, each with a way to take it back."""
    report = access.report(request, pk)
    return _page(request, report, _listed(report))


@needs("correct")
@require_POST
def undo(request: HttpRequest, pk: int, nth: int) -> HttpResponse:
    """Take a correction back: another correction."""
    report = access.report(request, pk)
    form = Seen(request.POST)
    if not form.is_valid():
        raise Http404
    who = access.access(request)
    seen = form.cleaned_data
    done = take_back(pk, nth, who.day, who.acting(), expected=seen["expected"], why=seen["why"])
    if done.plan is None:
        return _page(request, report, _listed(report), form, done)
    messages.success(request, say(f"已撤回第 {nth} 条更正。", f"Correction {nth} was taken back."))
    return HttpResponseRedirect(reverse("reader:corrections", kwargs={"pk": pk}))


def _listed(report: Report) -> dict[str, Any]:
    return {"template": "reader/corrections.html", "rows": lines_of(corrections_of(report).corrections)}


# ── in common ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _correct(request: HttpRequest, report: Report, wanted: Sequence[Correction]) -> Corrected:
    """Carry ``wanted`` out; nothing to change is no correction."""
    if not wanted:
        return Corrected(plan_of(report))
    who = access.access(request)
    seen = int(request.POST.get("expected", "-1"))
    return correct_report(report.pk, wanted, who.day, who.acting(), expected=seen)


def _page(
    request: HttpRequest,
    report: Report,
    context: dict[str, Any],
    form: forms.Form | None = None,
    done: Corrected | None = None,
) -> HttpResponse:
    """The page of ``context["template"]``; refused, with why, who came first, and what the person had typed."""
    refused = done.problems if done is not None and done.plan is None else ()
    second = any(one.code == "D005" for one in refused)
    seen = int(request.POST.get("expected", report.revision)) if second else report.revision
    here = {
        "report": report,
        "refused": told(refused),
        "bound": form,
        "second": second,
        "since": corrected_since(report, seen) if second else (),
        "trail": [*trail(), (report.title, reverse("reader:show", kwargs={"pk": report.pk}))],
    }
    if second and form is not None:
        form.data = {**form.data.dict(), "expected": report.revision}  # type: ignore[attr-defined]
    status = 409 if second else 422 if refused or (form is not None and form.errors) else 200
    return render(request, context["template"], {**context, **here}, status=status)


def _back(request: HttpRequest, report: Report, name: str, done: Corrected) -> HttpResponse:
    """To the item where it is still there, else to the text."""
    assert done.plan is not None
    if all(one.id != name for one in done.plan.items):
        return _to_text(report, "text", done, request)
    _say_done(request, done)
    return HttpResponseRedirect(reverse("reader:item", kwargs={"pk": report.pk, "name": name}))


def _to_text(report: Report, anchor: str, done: Corrected, request: HttpRequest) -> HttpResponse:
    _say_done(request, done)
    return HttpResponseRedirect(f"{reverse('reader:show', kwargs={'pk': report.pk})}#{anchor}")


def _say_done(request: HttpRequest, done: Corrected) -> None:
    followed = say(f"，{done.followed} 项任务跟着改了", f", {done.followed} matters followed") if done.followed else ""
    messages.success(
        request, say(f"已更正，原来读的还留着{followed}。", f"Corrected; what was read is kept{followed}.")
    )


def _around(text: str, one: Figure) -> tuple[str, str, str]:
    """The line that the figure stands in: before it, its words, behind it."""
    start, end = text.rfind("\n", 0, one.start) + 1, text.find("\n", one.end)
    start, end = max(start, one.start - 120), min(end if end >= 0 else len(text), one.end + 120)
    return text[start : one.start], text[one.start : one.end], text[one.end : end]


def _lang() -> Any:
    return say("zh", "en")
