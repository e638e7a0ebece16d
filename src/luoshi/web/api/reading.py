"""What programs read: reports, matters, units, readings, agenda, the state of the record."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from django.core.paginator import EmptyPage, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Schema

from luoshi.store.columns import body_of
from luoshi.store.finding import ORDERS, Wanted, find
from luoshi.store.history import history_of
from luoshi.store.ledger import head
from luoshi.store.listing import readings_until
from luoshi.store.reports import plan_of
from luoshi.store.rules import rules_in_force
from luoshi.store.verifying import verify
from luoshi.supervise import agenda
from luoshi.supervise.agenda import Row
from luoshi.web import access
from luoshi.web.api.keys import Key
from luoshi.web.api.shapes import (
    AgendaOut,
    Day,
    EntryOut,
    LedgerOut,
    MatterOut,
    MatterWhole,
    Number,
    Paged,
    ReadingOut,
    ReportOut,
    UnitOut,
    Word,
)
from luoshi.web.api.site import answers, faults, router

M = TypeVar("M", bound=Model)
MATTERS = Key("read", "matters")
Order = Annotated[str, Field(pattern=f"^({'|'.join(ORDERS)})$")]


class Pages(Schema):
    """Which page of a list, and how long a page is."""

    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    size: Annotated[int, Field(ge=1, le=200)] = 50


class Filters(Pages):
    """What is wanted of the matters; what is left out asks for nothing."""

    report: Number | None = None
    state: list[Word] = Field(default_factory=list)
    light: list[Word] = Field(default_factory=list)
    kind: list[Word] = Field(default_factory=list)
    label: list[Word] = Field(default_factory=list)
    lead: Number | None = None
    unit: Number | None = None
    due_from: Day | None = None
    due_until: Day | None = None
    important: bool = False
    words: Word = ""
    order: Order = "place"

    def wanted(self) -> Wanted:
        """The same for the store."""
        several = (("states", self.state), ("lights", self.light), ("kinds", self.kind), ("labels", self.label))
        single = self.model_dump(include={"report", "lead", "unit", "due_from", "due_until", "important", "words"})
        chosen: dict[str, Any] = {name: tuple(values) for name, values in several}
        return Wanted(order=self.order, **single, **chosen)


def _page(found: QuerySet[M], pages: Pages) -> dict[str, Any]:
    paginator = Paginator(found, pages.size)
    try:
        items = list(paginator.page(pages.page))
    except EmptyPage:
        items = []
    return {"count": paginator.count, "page": pages.page, "pages": paginator.num_pages, "items": items}


@router.get("/reports", auth=MATTERS, response=answers(Paged[ReportOut]))
def reports(request: HttpRequest, pages: Query[Pages]) -> dict[str, Any]:
    """The reports that were brought in, the newest first."""
    return _page(access.reports(access.access(request)), pages)


@router.get("/reports/{pk}", auth=MATTERS, response=answers(ReportOut))
def report(request: HttpRequest, pk: Path[Number]) -> Any:
    """One report."""
    return access.report(request, pk)


@router.get("/reports/{pk}/plan.json", auth=MATTERS, response=answers(dict[str, Any]))
def plan(request: HttpRequest, pk: Path[Number]) -> HttpResponse:
    """The plan of a report as it was read, with the corrections made since (``luoshi.plan``)."""
    return HttpResponse(plan_of(access.report(request, pk)).to_json(), content_type="application/json")


@router.get("/matters", auth=MATTERS, response=answers(Paged[MatterOut]))
def matters(request: HttpRequest, filters: Query[Filters]) -> dict[str, Any]:
    """The matters that the person may see and ``filters`` ask for."""
    return _page(find(access.matters(access.access(request)), filters.wanted()), filters)


@router.get("/matters/{pk}", auth=MATTERS, response=answers(MatterWhole))
def matter(request: HttpRequest, pk: Path[Number]) -> dict[str, Any]:
    """One matter; with its whole body for offices and units."""
    row = access.matter(request, pk)
    inside = access.access(request).sees in ("all", "own")
    body = body_of(row).model_dump(mode="json") if inside else None
    return {**{name: getattr(row, name) for name in _MEMBERS}, "body": body}


_MEMBERS = [field.alias or name for name, field in MatterOut.model_fields.items()]


@router.get("/matters/{pk}/history", auth=MATTERS, response=answers(list[EntryOut]))
def history(request: HttpRequest, pk: Path[Number]) -> list[dict[str, Any]]:
    """The entries of the record about a matter, the newest first; none for those who see only what is public."""
    row = access.matter(request, pk)
    found = history_of(row) if access.access(request).sees in ("all", "own") else []
    names = ("sequence", "at", "actor", "role", "action", "summary")
    return [{**{name: getattr(entry, name) for name in names}, "given": said} for entry, said in found]


@router.get("/units", auth=Key("read", "units"), response=answers(list[UnitOut]))
def units(request: HttpRequest) -> Any:
    """The units: all, or the own branch."""
    return access.units(access.access(request))


@router.get("/readings", auth=Key("read", "indicators"), response=answers(Paged[ReadingOut]))
def readings(
    request: HttpRequest, pages: Query[Pages], indicator: Word = "", until: Day | None = None
) -> dict[str, Any]:
    """The readings of periods that ended by ``until``, every revision; deputies get what is public."""
    who = access.access(request)
    found = readings_until(until or who.day, indicator)
    if who.sees == "public":
        found = found.filter(label="public")
    return _page(found if who.sees == "all" else found.exclude(label="secret"), pages)


@router.get("/agenda", auth=MATTERS, response=answers(AgendaOut))
def due(
    request: HttpRequest, unit: Number | None = None, horizon: Annotated[int, Field(ge=0, le=366)] = 30
) -> dict[str, Any]:
    """What is owed today and within ``horizon`` days: by a unit, or of all matters that the person may see."""
    who = access.access(request)
    name = access.unit(request, unit).name if unit is not None else None
    seen = access.matters(who).select_related("body") if who.sees in ("all", "own") else access.matters(who).none()
    made = agenda(map(body_of, seen), who.day, rules_in_force(), unit=name, horizon=horizon)
    return {"today": made.today, "tomorrow": made.tomorrow, "rows": [_owed(row) for row in made.rows]}


def _owed(row: Row) -> dict[str, Any]:
    owed = row.owed
    said = {name: getattr(owed, name) for name in ("what", "matter", "title", "due", "detail")}
    return {
        **said,
        "bucket": row.bucket,
        "days": row.days,
        "unit": row.unit,
        "part": row.part,
        "light": row.light.colour,
    }


@router.get("/ledger", auth=Key("read", "audit"), response=answers(LedgerOut))
def ledger(request: HttpRequest) -> dict[str, Any]:
    """Whether the record is whole: goes through all of it."""
    del request
    sequence, seal = head()
    found = verify().problems
    return {"sequence": sequence, "seal": seal, "whole": not found, "problems": faults(found)}
