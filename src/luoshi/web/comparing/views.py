"""The places that can be compared, the ledger of one, and the work of comparing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luoshi.compare import Comparison, Promise
from luoshi.publish.ledger import ledger_page, ledger_pdf, ledger_rows, ledger_workbook
from luoshi.store import comparing, working
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.comparing.drawing import counts
from luoshi.web.comparing.forms import Narrow
from luoshi.web.comparing.job import compare_place
from luoshi.web.comparing.opened import Opened, changes, opened
from luoshi.web.comparing.rows import rows
from luoshi.web.reader.uploading import told
from luoshi.web.shell.language import say
from luoshi.web.shell.sheets import KINDS, sheet

if TYPE_CHECKING:
    from luoshi.store.comparing import Place

_PAGE = 40
_WORST = ("missed", "met_other_basis", "not_comparable", "not_reported", "met", "pending")
_MADE = {
    "html": ("text/html; charset=utf-8", ledger_page),
    "pdf": ("application/pdf", ledger_pdf),
    "xlsx": (KINDS["xlsx"], ledger_workbook),
}
Context = dict[str, Any]


@needs("compare")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The places, their reports, and what was compared when."""
    who = access.access(request)
    found = [_standing(place) for place in access.places(who)]
    return render(request, "comparing/index.html", {"places": found, "may_bring_in": who.may("bring_in")})


@needs("compare")
@require_GET
def ledger(request: HttpRequest, pk: int) -> HttpResponse:
    """Every promise of the reports of a place and what became of it."""
    place = access.place(request, pk)
    standing, found = _standing(place), opened(place)
    if found is None:
        return render(request, "comparing/ledger.html", {**standing, "trail": trail()})
    form = Narrow(found.comparison, request.GET)
    wanted = _sorted(form.chosen(found.comparison.promises), request.GET.get("sort", ""))
    page = Paginator(wanted, _PAGE).get_page(request.GET.get("page"))
    context = {
        **standing,
        "form": form,
        "page": page,
        "rows": rows(list(page), found.names, place),
        "counts": counts(found.comparison, form.chosen(found.comparison.promises, facets=False)),
        "asked": _kept_filters(request),
        "query": request.GET.urlencode(),
        "heads": _heads(request.GET.get("sort", "")),
        "kinds": [("xlsx", "Excel"), ("csv", "CSV"), ("pdf", "PDF"), ("html", say("网页", "HTML")), ("json", "JSON")],
        "odd": told(found.comparison.problems),
        "may_export": access.access(request).may("export"),
        "trail": trail(),
    }
    return render(request, "comparing/ledger.html", context)


@needs("compare")
@require_POST
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare the reports of a place; while somebody does that already, wait for it."""
    place = access.place(request, pk)
    if len(place.chosen) > 1 and not working.work_in(place.folder).busy:
        work = working.begin(place.folder, len(place.chosen) + 1)
        compare_place.enqueue(place.pk, work.attempt, access.access(request).person.pk)
    return HttpResponseRedirect(reverse("comparing:ledger", kwargs={"pk": pk}))


@needs("compare")
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the comparing is; when it is over the page is fetched anew."""
    standing = _standing(access.place(request, pk))
    if standing["work"].state != "working":
        there = reverse("comparing:ledger", kwargs={"pk": pk})
        return HttpResponse(headers={"HX-Refresh": "true"}) if request.headers.get("HX-Request") else _to(there)
    return render(request, "comparing/working.html", standing)


@needs("export")
@require_GET
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The ledger, narrowed as the page was, to take away."""
    if not access.access(request).may("compare"):
        access.refuse(request, "compare")
    found = opened(access.place(request, pk))
    if found is None or kind not in (*_MADE, "csv", "json"):
        raise Http404
    narrowed = _narrowed(request, found)
    name = say(f"{found.place.name}承诺总账", f"{found.place.name} ledger of promises")
    if kind == "csv":
        heads, lines = ledger_rows(narrowed)
        return sheet(name, heads, lines, kind)
    media, make = _MADE.get(kind, ("application/json", _as_json))
    response = HttpResponse(make(narrowed), content_type=media)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{kind}')}"
    return response


def _as_json(comparison: Comparison) -> bytes:
    return comparison.to_json(indent=2).encode("utf-8", "backslashreplace")


def _narrowed(request: HttpRequest, found: Opened) -> Comparison:
    form = Narrow(found.comparison, request.GET)
    wanted = _sorted(form.chosen(found.comparison.promises), request.GET.get("sort", ""))
    return found.comparison.model_copy(update={"promises": tuple(wanted)})


def trail() -> list[tuple[str, str]]:
    """The way to the pages of a place."""
    return [(say("承诺与结果", "Promise and outcome"), reverse("comparing:index"))]


def _to(address: str) -> HttpResponse:
    return HttpResponseRedirect(address)


def _standing(place: Place) -> Context:
    """A place as the lists show it: its reports, the comparison kept, what changed since, how the work goes."""
    kept, work = comparing.kept(place), working.work_in(place.folder)
    return {
        "place": place,
        "several": [year for year in sorted({one.year for one in place.reports if one.year}) if _many(place, year)],
        "kept": kept,
        "every": counts(kept.comparison, kept.comparison.promises).every if kept else None,
        "changes": changes(place, kept) if kept else [],
        "work": work,
        "refused": told(work.problems) if work.state == "refused" else [],
        "enough": len(place.chosen) > 1,
    }


def _many(place: Place, year: int) -> bool:
    return sum(one.year == year for one in place.reports) > 1


def _heads(sort: str) -> list[Context]:
    """The heads of the ledger's columns: how each is sorted now and by what its link sorts next."""
    named = (("year", say("报告", "Report"), ""), ("", say("承诺", "Promise"), "cell-title"),
             ("", say("要求", "Asked"), "cell-number"), ("", say("报告说到", "Reached"), "cell-number"),
             ("", say("后来的报告怎么说", "What a later report says"), ""),
             ("verdict", say("判定", "Outcome"), ""))  # fmt: skip
    return [{"word": word, "look": look, **_order(name, sort)} for name, word, look in named]


def _order(name: str, sort: str) -> Context:
    if not name:
        return {}
    order = {name: "ascending", f"-{name}": "descending"}.get(sort, "none")
    return {"order": order, "next": f"-{name}" if order == "ascending" else name}


def _kept_filters(request: HttpRequest) -> str:
    """The filters that are set besides year and outcome, as the cells of the count keep them."""
    asked = request.GET.copy()
    for name in ("year", "verdict", "page"):
        asked.pop(name, None)
    return asked.urlencode()


def _sorted(found: tuple[Promise, ...], asked: str) -> list[Promise]:
    """In the order of the reports and their text, or the worst outcomes first, as asked."""
    match asked.removeprefix("-"):
        case "year":
            return sorted(found, key=lambda one: one.report, reverse=asked.startswith("-"))
        case "verdict":
            return sorted(found, key=lambda one: _WORST.index(one.verdict), reverse=asked.startswith("-"))
        case _:
            return list(found)
