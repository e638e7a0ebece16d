"""Papers to print from the present state of a report, and a notice (通报) whose counts add up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from luoshi.problems import Unreadable
from luoshi.publish.papers import Wish, kinds, papers
from luoshi.publish.papers.kinds import due
from luoshi.store.columns import body_of
from luoshi.store.dossiers import dossier_of
from luoshi.store.history import stood
from luoshi.store.ledger import entries, given
from luoshi.store.rules import rules_in_force
from luoshi.supervise import light, workflow
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.shell.language import say
from luoshi.web.shell.lights import lamp
from luoshi.web.shell.sheets import sheet
from luoshi.web.supervision.forms import Span
from luoshi.web.supervision.views import tabs
from luoshi.web.supervision.waiting import BEHIND
from luoshi.web.supervision.wording import called, desk

if TYPE_CHECKING:
    from luoshi.store.models import Matter, Report

TYPES = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf"}
LIGHTS = ("red", "yellow", "green", "blue", "stale", "grey")
_LONGEST = 40
_NO_UNIT = "—"
_MOST = 3000  # items whose state on a past day is worked out for one page
_RUNS = tuple(name for name, state in workflow().states.items() if state.phase == "run")


def _report(request: HttpRequest) -> Report | None:
    """The report asked for, else the newest that the person may see."""
    who, asked = access.access(request), request.GET.get("report", "")
    if asked:
        return access.report(request, int(asked)) if asked.isdecimal() else None
    return access.reports(who).select_related("body").first()


@needs("supervise")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every kind of paper with how many are due, for a report."""
    who, report = access.access(request), _report(request)
    listed = []
    if report is not None:
        whole = dossier_of(report, who.day)
        listed = [(kind, len(due(kind, whole))) for kind in kinds().values()]
    context = {"tabs": tabs(request), "here": reverse("supervision:papers"), "report": report, "listed": listed,
               "reports": access.reports(who), "units": access.units(who)}  # fmt: skip
    return render(request, "supervision/papers.html", context)


@needs("supervise")
@require_GET
def paper(request: HttpRequest, kind: str) -> HttpResponse:
    """The papers of a kind: one as it is, several in one archive."""
    report, form = _report(request), request.GET.get("form", "docx")
    if kind not in kinds() or form not in TYPES or report is None:
        raise Http404
    items = tuple(request.GET.getlist("item"))
    today = access.access(request).day
    since, until = (_span(request)[1:]) if "since" in request.GET else (None, today)
    wish = Wish(items, request.GET.get("unit", ""), request.GET.get("number", "")[:_LONGEST],
                bool(request.GET.get("red")), (form,), since=since)  # type: ignore[arg-type]  # fmt: skip
    try:
        made = papers(dossier_of(report, min(until, today), past=until < today), kind, wish)
    except Unreadable as error:
        return _none(request, [one.message for one in error.problems])
    if not made.files:
        return _none(request, [one.message for one in made.problems])
    if len(made.files) == 1:
        name, content = next(iter(made.files.items()))
        return _file(name, content, TYPES[form])
    return _file(f"{kinds()[kind].zh}.zip", _archive(made.files), "application/zip")


def _none(request: HttpRequest, told: list[str]) -> HttpResponse:
    for text in told:
        messages.warning(request, text)
    return HttpResponseRedirect(reverse("supervision:papers"))


def _archive(files: Any) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _file(name: str, content: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _span(request: HttpRequest) -> tuple[Span, date, date]:
    """The days of the notice; the last thirty where none were asked for or they are wrong."""
    today = access.access(request).day
    usual = {"since": str(today - timedelta(days=29)), "until": str(today)}
    form = Span({name: request.GET.get(name, day) for name, day in usual.items()})
    if form.is_valid():
        return form, form.cleaned_data["since"], form.cleaned_data["until"]
    return form, today - timedelta(days=29), today


@dataclass(frozen=True, slots=True)
class Stood:
    """The items of a notice at the end of its last day: lead unit, light, and the unit that names no cause."""

    rows: list[tuple[Matter, str, str]]
    uncaused: list[Matter]
    past: bool  # whether they are as they stood on that day; False: as they stand now


def stood_on(who: access.Access, until: date) -> Stood:
    """The items with their lights as they were at the end of ``until``; of a site with very many, as they are now."""
    found = access.matters(who).order_by("pk")
    if found.count() > _MOST:
        return Stood([(row, row.lead_name, row.light) for row in found], [], past=until >= who.day)
    rows = list(found.select_related("body"))
    bodies = stood(rows, until) if until < who.day else {row.pk: body_of(row) for row in rows}
    profile, listed, bare = rules_in_force().profile, [], []
    for row in rows:
        one = bodies[row.pk]
        colour = light(one, until, profile).colour if until < who.day else row.light
        listed.append((row, one.lead, str(colour)))
        if colour in BEHIND and not one.cause and one.state in _RUNS:
            bare.append(row)
    return Stood(listed, bare, past=True)


def table_of(stands_on: Stood, since: date, until: date) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """A row a lead unit: its items by light at the end of the days, and what happened within them; and the sums."""
    stands: dict[str, Counter[str]] = {}
    names: dict[str, str] = {}
    for row, lead, colour in stands_on.rows:
        names[f"matter:{row.pk}"] = lead or _NO_UNIT
        stands.setdefault(lead or _NO_UNIT, Counter())[colour] += 1
    happened = _happened(names, since, until)
    rows: list[dict[str, Any]] = [
        {"unit": unit, "total": sum(lit.values()), "lights": [lit[one] for one in LIGHTS],
         "moves": [happened.get(unit, Counter())[one] for one in desk()["counted"]]}
        for unit, lit in sorted(stands.items(), key=lambda pair: (-pair[1]["red"], -pair[1]["yellow"], pair[0]))
    ]  # fmt: skip
    sums = {
        "total": sum(row["total"] for row in rows),
        "lights": [sum(column) for column in zip(*(row["lights"] for row in rows), strict=True)] or [0] * len(LIGHTS),
        "moves": [sum(column) for column in zip(*(row["moves"] for row in rows), strict=True)]
        or [0] * len(desk()["counted"]),
    }
    return rows, sums


def _happened(names: dict[str, str], since: date, until: date) -> dict[str, Counter[str]]:
    """What the record says was done within the days, by unit."""
    begin, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in (since, until + timedelta(days=1)))
    found: dict[str, Counter[str]] = {}
    for entry in entries(action="matter.move").filter(at__gte=begin, at__lt=end).iterator():
        unit = names.get(entry.subject)
        if unit is not None:
            found.setdefault(unit, Counter())[str(given(entry).get("move"))] += 1
    return found


@needs("supervise")
@require_GET
def notice(request: HttpRequest) -> HttpResponse:
    """A notice for some days: its table, its text, and the paper to print."""
    form, since, until = _span(request)
    who = access.access(request)
    stands = stood_on(who, until)
    rows, sums = table_of(stands, since, until)
    context = {
        "tabs": tabs(request),
        "here": reverse("supervision:notice"),
        "form": form,
        "since": since,
        "until": until,
        "rows": rows,
        "sums": sums,
        "lights": [lamp(one) for one in LIGHTS],
        "moves": [called("counted", one) for one in desk()["counted"]],
        "text": _text(rows, sums, since, until),
        "query": f"since={since}&until={until}",
        "past": stands.past,
        "uncaused": stands.uncaused[:_LONGEST],
        "uncaused_count": len(stands.uncaused),
        "reports": access.reports(who),
        "units": access.units(who),
    }
    return render(request, "supervision/notice.html", context)


def _text(rows: list[dict[str, Any]], sums: dict[str, Any], since: date, until: date) -> str:
    """The first draft of the notice, in the numbers of the table."""
    lit = dict(zip(LIGHTS, sums["lights"], strict=True))
    done = dict(zip(desk()["counted"], sums["moves"], strict=True))
    worst = [row for row in rows if row["lights"][0] and row["unit"] != _NO_UNIT]
    lights = "，".join(f"{lamp(one).word} {lit[one]} 项" for one in LIGHTS if lit[one])
    acts = "，".join(f"{called('counted', one)} {count} 次" for one, count in done.items() if count)
    lines = [f"截至 {until}，在台账的事项共 {sums['total']} 项：{lights or '没有事项'}。"]
    lines += [f"{since} 至 {until}，{acts}。" if acts else f"{since} 至 {until}，没有办理记录。"]
    if worst:
        lines += ["严重滞后的单位：" + "；".join(f"{row['unit']} {row['lights'][0]} 项" for row in worst) + "。"]
    return "\n".join(lines)


@needs("supervise")
@require_GET
def notice_export(request: HttpRequest, kind: str) -> HttpResponse:
    """The table of the notice as a file, its sums at the end."""
    _, since, until = _span(request)
    rows, sums = table_of(stood_on(access.access(request), until), since, until)
    heads = [say("单位", "Unit"), say("事项", "Items"), *(lamp(one).word for one in LIGHTS),
             *(called("counted", one) for one in desk()["counted"])]  # fmt: skip
    listed = [(row["unit"], row["total"], *row["lights"], *row["moves"]) for row in rows]
    total = (say("合计", "Total"), sums["total"], *sums["lights"], *sums["moves"])
    return sheet(f"{say('通报', 'notice')} {since}–{until}", heads, [*listed, total], kind)
