"""The list of indicators, the page of one, and what people enter about it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luoshi.amounts import Amount, Incompatible
from luoshi.days import Months
from luoshi.measure import Readings
from luoshi.measure import given as read_paths
from luoshi.measure import readings as read_table
from luoshi.problems import Problem, problem
from luoshi.store import indicating
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.indicators import drawing
from luoshi.web.indicators.board import Row, chosen_report, may_enter, row, rows
from luoshi.web.indicators.forms import LabelForm, LightForm, Narrow, PathForm, ReadingForm, rungs
from luoshi.web.matter import words
from luoshi.web.shell.language import in_english, say
from luoshi.web.shell.lights import lamp
from luoshi.web.shell.sheets import sheet

if TYPE_CHECKING:
    from luoshi.store.models import Reading, Report

_PAGE = 40
_ORDER = ("red", "yellow", "stale", "green", "blue", "grey")  # the worst first
Context = dict[str, Any]


@needs("indicators")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every target of a report, the worst first."""
    report = chosen_report(request)
    form = _narrow(request, report)
    found = _wanted(request, report, form) if report else []
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    context: Context = {
        "report": report,
        "form": form,
        "page": page,
        "shown": [(one, drawing.spark(one.measured)) for one in page],
        "counts": _counts(found),
        "query": request.GET.urlencode(),
        "may_enter": access.access(request).may("readings"),
        "may_export": access.access(request).may("export"),
    }
    return render(request, "indicators/index.html", context)


@needs("export")
@require_GET
def listed(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as a file."""
    if not access.access(request).may("indicators"):
        access.refuse(request, "indicators")
    report = chosen_report(request)
    heads = [say(*one) for one in (("编号", "No."), ("指标", "Indicator"), ("目标", "Target"), ("期限", "Due"),
             ("现在", "Value"), ("时期", "Period"), ("应到", "Path"), ("灯", "Light"), ("理由", "Why"),
             ("路径", "Kind of path"), ("牵头单位", "Lead unit"), ("任务", "Item"))]  # fmt: skip
    found = _wanted(request, report, _narrow(request, report)) if report else []
    made = [
        (one.target.id, one.target.name, one.wanted, one.target.due, one.value,
         one.measured.standing.at if one.measured.standing else "", one.expected, words_of_light(one), one.why,
         one.path_word, one.matter.lead_name if one.matter else "", one.matter.title if one.matter else "")
        for one in found
    ]  # fmt: skip
    return sheet(say("指标", "indicators"), heads, made, kind)


def words_of_light(one: Row) -> str:
    """The light in a word, and whether it rests on the unit's word alone."""
    word = lamp(one.measured.light.colour).word
    return f"{word}（{say('未核实', 'not verified')}）" if one.measured.light.hollow else word


def _narrow(request: HttpRequest, report: Report | None) -> Narrow:
    known = [(str(one.pk), f"{one.year or ''} {one.title}") for one in access.reports(access.access(request))]
    data = request.GET.copy()
    if report is not None:
        data["report"] = str(report.pk)
    return Narrow(data, reports=known)


def _wanted(request: HttpRequest, report: Report, form: Narrow) -> list[Row]:
    """The rows that the filters ask for, the worst first."""
    form.full_clean()
    asked = form.cleaned_data
    found = rows(access.access(request), report)
    if asked.get("words"):
        found = [one for one in found if _says(one, asked["words"].strip())]
    if asked.get("light"):
        found = [one for one in found if one.measured.light.colour == asked["light"]]
    if asked.get("read"):
        found = [one for one in found if bool(one.measured.points) == (asked["read"] == "yes")]
    return sorted(found, key=lambda one: (_ORDER.index(one.measured.light.colour), not one.measured.points))


def _says(one: Row, said: str) -> bool:
    texts = (*one.target.names, one.target.name, *((one.matter.title, one.matter.lead_name) if one.matter else ()))
    return any(said.lower() in text.lower() for text in texts)


def _counts(found: list[Row]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in found:
        counts[one.measured.light.colour] = counts.get(one.measured.light.colour, 0) + 1
    return counts


@needs("indicators")
@require_GET
def show(request: HttpRequest, pk: int, target: str) -> HttpResponse:
    """The page of a target."""
    report = access.report(request, pk)
    return render(request, "indicators/show.html", _shown(request, report, row(access.access(request), report, target)))


def _shown(request: HttpRequest, report: Report, one: Row) -> Context:
    who = access.access(request)
    office = who.may("supervise")
    return {
        "report": report,
        "row": one,
        "trail": [(say("指标", "Indicators"), f"{reverse('indicators:index')}?report={report.pk}")],
        "chart": drawing.chart(one.measured, who.day),
        "readings": history(who, one),
        "enters": may_enter(who, one),
        "office": office,
        "may_label": who.may("manage_labels"),
        "may_export": who.may("export"),
        "reading_form": ReadingForm(verifies=office, initial={"unit": one.unit}),
        "path_form": _path_form(one),
        "light_form": _light_form(one, who),
        "held": one.measured.light.rule == "manual",
        "item": _item(one),
    }


def _item(one: Row) -> str:
    return reverse("matter:show", args=[one.matter.pk]) if one.matter else ""


def _path_form(one: Row) -> PathForm:
    return PathForm(initial={**PathForm.typed(one.agreed.rows), "expected": one.agreed.revision})


def _light_form(one: Row, who: access.Access) -> LightForm:
    return LightForm(today=who.day, initial={**one.agreed.light, "expected": one.agreed.revision})


def history(who: access.Access, one: Row) -> list[Context]:
    """The readings of a target, newest first, each with the revisions before it; deputies see what is public."""
    made: list[Context] = []
    known: dict[str, Context] = {}
    ladder = dict(rungs(5))
    for reading in indicating.readings_of(one.target.names):
        if who.sees == "public" and reading.label != "public":
            continue
        line = _line(reading, ladder)
        before = known.get(line["key"])
        if before is None:
            known[line["key"]] = line
            made.append(line)
        else:
            before["older"].append(line)
    return made


def _line(reading: Reading, ladder: dict[str, str]) -> Context:
    key = indicating.key_of(reading.indicator, reading.growth, reading.scope, reading.begins, reading.ends)
    unit = "%" if reading.growth else reading.unit_word
    return {
        "key": key, "row": reading, "period": str(Months.between(reading.begins, reading.ends)), "older": [],
        "value": f"{plain(reading.value)}{unit}", "label": words.label_tag(reading.label),
        "rung": ladder.get(str(reading.rung), f"E{reading.rung}"),
        "form": LabelForm(initial={"reading": reading.pk, "seen": reading.label, "openness": reading.label},
                          auto_id=f"label-{reading.pk}-%s"),
    }  # fmt: skip


def plain(value: Decimal) -> str:
    """A number in full, without noughts that say nothing."""
    return f"{value.normalize() + 0:f}"


@needs("readings")
@require_POST
def enter(request: HttpRequest, pk: int, target: str) -> HttpResponse:
    """Enter a reading. Another value for a period that has one becomes a revision once the old value was seen."""
    report, who = access.report(request, pk), access.access(request)
    one = row(who, report, target)
    if not may_enter(who, one):
        access.refuse(request, "readings")
    form = ReadingForm(request.POST, verifies=who.may("supervise"))
    if not form.is_valid():
        return _again(request, report, one, "reading_form", form)
    read = read_table(form.table(one.named), who.day, {one.named: (one.unit,)})
    wrong = [*read.problems, *misfits(one, read)]
    refuse_on(form, [found for found in wrong if not read.series or found.code == "M005"])
    if form.errors or not read.series:
        return _again(request, report, one, "reading_form", form)
    return _keep(request, report, one, form, read)


def _keep(request: HttpRequest, report: Report, one: Row, form: ReadingForm, read: Readings) -> HttpResponse:
    who, series = access.access(request), list(read.series.values())
    seen = form.cleaned_data["seen"]
    known = dict.fromkeys(indicating.standing(series), seen) if seen is not None else {}
    done = indicating.enter_readings(series, who.acting(one.matter), unit=who.home, seen=known)
    if done.standing is not None:
        stand_on(form, "seen", done.standing.revision)
        more = {"standing": _line(done.standing, dict(rungs(5)))}
        return _again(request, report, one, "reading_form", form, status=200 if seen is None else 409, **more)
    told = (
        say("已录入。", "Entered.")
        if done.kept
        else say("这个数已经有了，没有改动。", "That reading is there already.")
    )
    messages.success(request, told)
    return _to(report, one)


def misfits(one: Row, read: Readings) -> list[Problem]:
    """A reading in a unit that neither its target nor the readings before it can be counted in."""
    found: list[Problem] = []
    for series in read.series.values():
        before = None if series.growth else one.levels
        levels = series.growth or one.target.nature in ("rate", "yearly", "change", "rank", "yesno")
        wanted = [before.unit if before else "", "" if levels or one.target.multiple else one.target.unit]
        for reading in series.readings:
            for unit in filter(None, dict.fromkeys(wanted)):
                try:
                    Amount(reading.value, reading.amount.unit).to(unit)
                except Incompatible:
                    told: Context = {"row": reading.row, "name": series.name, "unit": reading.amount.unit}
                    found.append(problem("M005", **told, wanted=unit))
                    break
    return found


def refuse_on(form: django_forms.Form, problems: list[Problem]) -> None:
    """Put problems on a form: what was found and what to do."""
    for one in dict.fromkeys(problems):
        form.add_error(None, f"{one.english} {one.message}" if in_english() else f"{one.message}{one.advice}")


def stand_on(form: django_forms.Form, name: str, revision: int) -> None:
    """Let a form that is shown again stand on the revision that its person now sees; what was typed stays."""
    form.data = {**{key: form.data[key] for key in form.data}, name: str(revision)}


def _again(
    request: HttpRequest,
    report: Report,
    one: Row,
    name: str,
    form: django_forms.Form,
    *,
    status: int = 422,
    **more: Any,
) -> HttpResponse:
    context = {**_shown(request, report, one), name: form, "wrong": name, **more}
    return render(request, "indicators/show.html", context, status=status)


def _to(report: Report, one: Row) -> HttpResponse:
    return HttpResponseRedirect(reverse("indicators:show", args=[report.pk, one.target.id]))


@needs("supervise")
@require_POST
def path(request: HttpRequest, pk: int, target: str) -> HttpResponse:
    """Agree on a path, or on none: then the rules choose."""
    report, who = access.report(request, pk), access.access(request)
    one, form = row(who, report, target), PathForm(request.POST)
    if form.is_valid():
        table = form.table(one.target.id)
        _, wrong = read_paths(table) if table else ({}, ())
        refuse_on(form, list(wrong))
    if form.errors:
        return _again(request, report, one, "path_form", form)
    return _agree(request, report, one, "path_form", form, rows=table)


@needs("supervise")
@require_POST
def light(request: HttpRequest, pk: int, target: str) -> HttpResponse:
    """Set a light by hand, or give it back to the rules."""
    report, who = access.report(request, pk), access.access(request)
    one, form = row(who, report, target), LightForm(request.POST, today=who.day)
    if not form.is_valid():
        return _again(request, report, one, "light_form", form)
    given = form.cleaned_data
    said = {"colour": given["colour"], "reason": given["reason"], "by": who.person.name}
    made = {**said, "until": given["until"].isoformat()} if given["colour"] else {}
    return _agree(request, report, one, "light_form", form, light=made)


def _agree(
    request: HttpRequest, report: Report, one: Row, name: str, form: django_forms.Form, **change: Any
) -> HttpResponse:
    """Keep what was agreed; who was second is shown what stands there now, and keeps what was typed."""
    by, expected = access.access(request).acting(one.matter), form.cleaned_data["expected"]
    now, wrong = indicating.agree(report, one.target.id, by, expected=expected, **change)
    if not wrong:
        messages.success(request, say("已保存。", "Saved."))
        return _to(report, one)
    refuse_on(form, list(wrong))
    stand_on(form, "expected", now.revision)
    return _again(request, report, one, name, form, now=now, now_typed=PathForm.typed(now.rows))


@needs("manage_labels")
@require_POST
def label(request: HttpRequest, pk: int, target: str) -> HttpResponse:
    """Label a reading 公开, 内部 or 工作秘密."""
    report, who = access.report(request, pk), access.access(request)
    one, form = row(who, report, target), LabelForm(request.POST)
    mine = {reading.pk for reading in indicating.readings_of(one.target.names)}
    form.is_valid()
    if form.cleaned_data.get("reading") not in mine:
        raise Http404
    if form.errors:
        messages.error(request, say("没有选公开属性：选一种再保存。", "No label was chosen: choose one, then save."))
        return _to(report, one)
    given = form.cleaned_data
    wrong = indicating.label_reading(given["reading"], given["openness"], who.acting(), expected=given["seen"])
    for found in wrong:
        messages.error(request, f"{found.message}{found.advice}")
    if not wrong:
        messages.success(request, say("已定公开属性", "Labelled"))
    return _to(report, one)


@needs("export")
@require_GET
def readings(request: HttpRequest, pk: int, target: str, kind: str) -> HttpResponse:
    """Every reading of a target with its revisions, as a file that can be brought in again."""
    who = access.access(request)
    if not who.may("indicators"):
        access.refuse(request, "indicators")
    one = row(who, access.report(request, pk), target)
    heads = ["指标", "时期", "数值", "单位", "口径", "来源", "佐证", "核实", "版次", "断点", "公开属性"]
    made = [_out(line["row"]) for top in history(who, one) for line in (top, *top["older"])]
    return sheet(f"{one.target.name}-{say('读数', 'readings')}", heads, made, kind)


def _out(reading: Reading) -> tuple[Any, ...]:
    name = f"{reading.indicator}增速" if reading.growth else reading.indicator
    when = Months.between(reading.begins, reading.ends)
    return (name, when, plain(reading.value), reading.unit_word, reading.scope, reading.source, reading.evidence,
            reading.rung, reading.revision, "是" if reading.broken else "",
            words.label_tag(reading.label)["text"])  # fmt: skip
