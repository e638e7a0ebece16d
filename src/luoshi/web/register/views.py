"""The register: items found by what the address says, counted by light, a page at a time; and the same as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from luoshi.store import finding
from luoshi.store.posts import leaders_posts
from luoshi.store.saved_views import views_of
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.register import acting, rows
from luoshi.web.register.data import data, named
from luoshi.web.register.filtering import Filters, filters, without
from luoshi.web.register.working import side_name
from luoshi.web.shell.language import say
from luoshi.web.shell.lights import lamp
from luoshi.web.shell.sheets import sheet
from luoshi.web.shell.tables import Export, Table, sort_of
from luoshi.web.shell.templatetags.shell import lamp_colours

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luoshi.store.models import Matter

_PAGE = 50
_SORT = "place"


@needs("matters")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The register."""
    who, form = access.access(request), filters(request)
    found = found_by(request, form)
    keys = rows.chosen(request.GET.getlist("columns"))
    inside = who.sees in ("all", "own")
    context = {
        "filters": form,
        "lights": _lights(request, form),
        "table": _table(request, found, keys),
        "columns": [(key, named(row), key in keys) for key, row in data()["columns"].items()],
        "kept": [(key, value) for key, value in request.GET.items() if key not in ("columns", "page")],
        "asked": [(key, value) for key in request.GET for value in request.GET.getlist(key) if key != "page"],
        "views": views_of(who.person, "register") if inside else (),
        "query": _query(request),
        "acts": acting.offered(who),
        "inside": inside,
        "may_share": who.may("supervise"),
        "may_export": who.may("export"),
        "side": side_name(who),
        "most": data()["together"]["most"],
    }
    return render(request, "register/index.html", context)


@needs("export")
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Every item that the address asks for as a file, in the columns that it asks for."""
    found = finding.with_helping(found_by(request))
    keys = rows.chosen(request.GET.getlist("columns") or list(data()["columns"]))
    leaders = _leaders(request)
    made = (rows.cells(one, leaders, keys) for one in found)
    return sheet(say("任务台账", "register"), rows.heads(keys), made, kind)


def found_by(request: HttpRequest, form: Filters | None = None) -> QuerySet[Matter]:
    return finding.find(access.matters(access.access(request)), (form or filters(request)).wanted(_sort(request)))


def _sort(request: HttpRequest) -> str:
    return sort_of(request.GET.get("sort", ""), rows.columns(data()["columns"]), _SORT)


def _table(request: HttpRequest, found: QuerySet[Matter], keys: tuple[str, ...]) -> Table:
    who = access.access(request)
    page = Paginator(finding.with_helping(found), _PAGE).get_page(request.GET.get("page"))
    leaders = _leaders(request) if "leader" in keys else {}
    drawn = [rows.row(one, leaders) for one in page]
    query = _query(request)
    exports = [Export(name, f"{reverse('register:export', args=[kind])}?{query}") for name, kind in
               (("Excel", "xlsx"), ("CSV", "csv"))] if who.may("export") else []  # fmt: skip
    form = "bulk" if acting.offered(who) else ""
    caption = say("任务台账", "Register")
    return Table("register", caption, rows.columns(keys), drawn, _sort(request), page, exports, chosen=form)


def _lights(request: HttpRequest, form: Filters) -> list[dict[str, Any]]:
    """How many of each light there are under the other filters; each leads to its own."""
    who = access.access(request)
    other = form.wanted(_SORT)
    every = finding.find(access.matters(who), finding.Wanted(**{**_members(other), "lights": ()}))
    counts = finding.counts(every.select_related(None), "light")
    base, now = without(request.GET, "light"), other.lights
    joint = "&" if base != "?" else ""
    return [
        {
            "colour": colour,
            "word": lamp(colour).word,
            "count": counts.get(colour, 0),
            "address": base if colour in now else f"{base}{joint}light={colour}",
            "here": colour in now,
        }
        for colour in lamp_colours()
    ]


def _members(wanted: finding.Wanted) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in wanted.__dataclass_fields__}


def _leaders(request: HttpRequest) -> dict[str, str]:
    day = access.access(request).day
    return {one.code: f"{one.title} {one.holder}".strip() for one in leaders_posts(day)}


def _query(request: HttpRequest) -> str:
    return without(request.GET, "").removeprefix("?")
