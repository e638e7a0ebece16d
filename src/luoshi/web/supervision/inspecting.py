"""The plan of inspections under its cap, the visits, and what they found until it is closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luoshi.store import fetching, inspecting
from luoshi.store.columns import body_of
from luoshi.store.evidence import discard, receive
from luoshi.store.rules import rules_in_force
from luoshi.store.units import units_by_name
from luoshi.supervise import Inspections, Visit, inspections
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.shell.language import say
from luoshi.web.shell.sheets import sheet
from luoshi.web.supervision.forms import Cap, FindingForm, StepForm
from luoshi.web.supervision.views import tabs
from luoshi.web.supervision.waiting import BEHIND
from luoshi.web.supervision.wording import called, tag_of

if TYPE_CHECKING:
    from luoshi.problems import Problem
    from luoshi.store import models

_CAP, _GAP, _MOST = 10, 90, 2000
_ANSWERS = ("answered",)


def _cap(request: HttpRequest) -> tuple[Cap, int, int]:
    given = request.GET if request.method == "GET" else request.POST
    form = Cap({"cap": given.get("cap", _CAP), "gap": given.get("gap", _GAP)})
    fine = form.is_valid()
    return form, form.cleaned_data["cap"] if fine else _CAP, form.cleaned_data["gap"] if fine else _GAP


def used_of(day: date) -> tuple[int, int]:
    """How many visits of the year are made or planned, and how many it may be at most."""
    year = fetching.all_visits().filter(day__year=day.year).exclude(state="called_off")
    return year.count(), _CAP


def _proposed(who: access.Access, cap: int, gap: int) -> tuple[Inspections, dict[str, str]]:
    """The proposal of the engine, and the title of every matter by the id it uses (unique across reports)."""
    behind = access.matters(who).filter(light__in=BEHIND).select_related("body")[:_MOST]
    titles = {f"{row.report_id}/{row.item}": row.title for row in behind}
    bodies = [body_of(row).model_copy(update={"id": f"{row.report_id}/{row.item}"}) for row in behind]
    year = fetching.all_visits().filter(day__year=who.day.year).exclude(state="called_off")
    made = [Visit(one.unit.name, one.day, ()) for one in year]
    return inspections(bodies, who.day, rules_in_force(), cap=cap, made=made, gap=gap), titles


@needs("inspect")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The plan: what is proposed under the cap and why the rest is not, and every visit of the year."""
    who = access.access(request)
    form, cap, gap = _cap(request)
    plan, titles = _proposed(who, cap, gap)
    visits = list(fetching.all_visits().filter(day__year=who.day.year))
    context = {
        "tabs": tabs(request),
        "here": reverse("supervision:inspections"),
        "form": form,
        "proposed": [(one, [titles[name] for name in one.matters]) for one in plan.visits],
        "left": [(one, called("left", one.why)) for one in plan.left],
        "visits": [(one, tag_of("visit", one.state)) for one in visits],
        "used": sum(one.state != "called_off" for one in visits),
        "cap": cap,
        "gap": gap,
        "may_plan": who.may("supervise"),
    }
    return render(request, "supervision/inspections.html", context)


@needs("supervise")
@require_POST
def accept(request: HttpRequest) -> HttpResponse:
    """Keep the proposed visits that were chosen. What is proposed is worked out anew: the cap holds all the same."""
    who = access.access(request)
    _, cap, gap = _cap(request)
    plan, titles = _proposed(who, cap, gap)
    chosen, units = set(request.POST.getlist("unit")), units_by_name()
    wanted = [
        (units[one.unit], one.day, "；".join(titles[name] for name in one.matters))
        for one in plan.visits
        if one.unit in chosen and one.unit in units
    ]
    if wanted:
        made = inspecting.plan_visits(wanted, who.acting())
        messages.success(request, say(f"已排定 {len(made)} 次检查", f"{len(made)} visits planned"))
    else:
        messages.warning(request, say("没有选中的检查", "No visit was chosen"))
    return HttpResponseRedirect(f"{reverse('supervision:inspections')}?cap={cap}&gap={gap}")


@needs("units")
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A visit with what it found."""
    return _visit(request, access.visit(request, pk))


def _visit(
    request: HttpRequest, visit: models.Visit, form: FindingForm | None = None, status: int = 200
) -> HttpResponse:
    who = access.access(request)
    found = access.findings(who).filter(visit=visit)
    context = {
        "tabs": tabs(request),
        "here": "",
        "visit": visit,
        "state": tag_of("visit", visit.state),
        "findings": shown(found, who),
        "form": form or FindingForm(_about(who, visit)),
        "may": who.may("inspect"),
        "trail": _trail(who),
    }
    return render(request, "supervision/visit.html", context, status=status)


def _trail(who: access.Access) -> list[tuple[str, str]]:
    if who.may("inspect"):
        return [(say("检查计划", "Inspections"), reverse("supervision:inspections"))]
    return [(say("查出的问题", "Findings"), reverse("supervision:findings"))]


def _about(who: access.Access, visit: models.Visit) -> Any:
    return access.matters(who).filter(lead=visit.unit).order_by("place")[:200]


def shown(
    found: Iterable[models.Finding], who: access.Access, typed: Mapping[int, str] | None = None
) -> list[dict[str, Any]]:
    """Findings with their pictures; ``typed`` is what somebody who came second had written, by finding."""
    every = list(found)
    photos, typed = inspecting.photos_of(every), typed or {}
    return [_shown(one, who, typed.get(one.pk, "")) | {"photos": photos.get(one.pk, [])} for one in every]


def _shown(one: models.Finding, who: access.Access, typed: str) -> dict[str, Any]:
    """A finding with its state and the steps that this person may take."""
    office = who.may("inspect")
    steps = [name for name, before in inspecting.FINDING_STEPS.items() if one.state in before]
    mine = one.unit_id in who.units and who.may("report")
    return {
        "it": one,
        "state": tag_of("finding", one.state),
        "late": one.due is not None and one.due < who.day and one.state != "closed",
        "answer": mine and "answered" in steps,
        "judge": office and "closed" in steps,
        "form": StepForm(initial={"expected": one.revision, "words": typed}, auto_id=f"f{one.pk}-%s"),
    }


@needs("inspect")
@require_POST
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Say that a visit was held, called off or is closed."""
    visit, form = access.visit(request, pk), StepForm(request.POST)
    if step in inspecting.VISIT_STEPS and form.is_valid():
        given, by = form.cleaned_data, access.access(request).acting()
        _tell(request, inspecting.step_visit(pk, step, by, expected=given["expected"], report=given["words"]))
    return HttpResponseRedirect(reverse("supervision:visit", args=[visit.pk]))


def _tell(request: HttpRequest, problems: tuple[Problem, ...]) -> None:
    for one in problems:
        messages.error(request, f"{one.message}{one.advice}")
    if not problems:
        messages.success(request, say("已办", "Done"))


@needs("inspect")
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a finding of a visit: what, what is demanded, by when."""
    visit, who = access.visit(request, pk), access.access(request)
    form = FindingForm(_about(who, visit), request.POST, request.FILES)
    if not form.is_valid():
        return _visit(request, visit, form, 422)
    given, photo = form.cleaned_data, None
    about = access.matter(request, int(given["matter"])) if given["matter"] else None
    if given["photo"]:
        came, problems = receive(given["photo"].name, given["photo"].chunks())
        if came is None:
            form.add_error("photo", "".join(f"{one.message}{one.advice}" for one in problems))
            return _visit(request, visit, form, 422)
        photo = (came, given["photo"].name)
    try:
        inspecting.find_fault(
            visit, given["text"], given["demand"], given["due"], who.acting(), matter=about, photo=photo
        )
    except BaseException:
        discard([photo[0]] if photo else [])
        raise
    messages.success(request, say("已记下，并告知单位", "Kept; the unit is told"))
    return HttpResponseRedirect(reverse("supervision:visit", args=[pk]))


@needs("units")
@require_GET
def findings(request: HttpRequest) -> HttpResponse:
    """Every finding that the person may see, those still open first."""
    return _findings(request)


def _findings(request: HttpRequest, typed: Mapping[int, str] | None = None, status: int = 200) -> HttpResponse:
    who = access.access(request)
    wanted = request.GET.get("state", "")
    every = list(access.findings(who))
    counts = {name: sum(one.state == name for one in every) for name in ("open", "answered", "returned", "closed")}
    listed = [one for one in every if not wanted or one.state == wanted]
    context = {
        "tabs": tabs(request),
        "here": reverse("supervision:findings"),
        "findings": shown(sorted(listed, key=lambda one: one.state == "closed"), who, typed),
        "counts": [(name, called("finding", name), count) for name, count in counts.items()],
        "wanted": wanted,
        "total": len(every),
    }
    return render(request, "supervision/findings.html", context, status=status)


@needs("units")
@require_POST
def finding_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """The unit answers; the office returns the answer or closes the finding (销号)."""
    found, who, form = access.finding_of(request, pk), access.access(request), StepForm(request.POST)
    right = "report" if step in _ANSWERS else "inspect"
    if not who.may(right):
        access.refuse(request, right)
    if step in inspecting.FINDING_STEPS and form.is_valid():
        given = form.cleaned_data
        if step != "closed" and not given["words"].strip():
            messages.error(request, say("请写明情况再提交", "Say what was done, or why it is returned"))
        else:
            told = inspecting.step_finding(
                pk, step, who.day, who.acting(), expected=given["expected"], words=given["words"]
            )
            _tell(request, told)
            if told:  # somebody was first: their name stands above, and what was typed is still here
                return _findings(request, {found.pk: given["words"]}, 409)
    return HttpResponseRedirect(f"{reverse('supervision:findings')}#finding-{found.pk}")


@needs("inspect")
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The visits of the year as a file."""
    heads = [
        say(*pair)
        for pair in (("单位", "Unit"), ("日期", "Day"), ("为什么", "Why"), ("状态", "State"), ("结论", "Report"))
    ]
    year = access.access(request).day.year
    visits = fetching.all_visits().filter(day__year=year)
    rows = [(one.unit.name, one.day, one.topic, called("visit", one.state), one.report) for one in visits]
    return sheet(say(f"{year}年检查计划", f"inspections {year}"), heads, rows, kind)


@needs("units")
@require_GET
def findings_export(request: HttpRequest, kind: str) -> HttpResponse:
    """The findings that the person may see, as a file."""
    names = (("单位", "Unit"), ("问题", "Finding"), ("要求", "Demand"), ("期限", "By"), ("状态", "State"),
             ("答复", "Answer"), ("答复日期", "Answered"), ("销号日期", "Closed"))  # fmt: skip
    rows: list[tuple[str | date | None, ...]] = [
        (
            one.unit.name,
            one.text,
            one.demand,
            one.due,
            called("finding", one.state),
            one.answer,
            one.answered,
            one.closed,
        )
        for one in access.findings(access.access(request))
    ]
    return sheet(say("查出的问题", "findings"), [say(*pair) for pair in names], rows, kind)
