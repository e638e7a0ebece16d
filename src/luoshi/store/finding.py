"""Lists of matters: filters that are comparisons of columns, and finding by words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, QuerySet, Value, When

from luoshi.store.grams import having
from luoshi.store.models import Matter
from luoshi.supervise import workflow

WORST_FIRST = ("red", "yellow", "stale", "green", "blue", "grey")
_LIGHT = Case(
    *(When(light=colour, then=Value(at)) for at, colour in enumerate(WORST_FIRST)),
    default=Value(len(WORST_FIRST)),
    output_field=IntegerField(),
)
ORDERS: dict[str, tuple[Any, ...]] = {
    "place": ("report_id", "place"),
    "due": (F("due").asc(nulls_last=True), "pk"),
    "-due": (F("due").desc(nulls_last=True), "pk"),
    "light": (_LIGHT, F("due").asc(nulls_last=True), "pk"),
    "-light": (_LIGHT.desc(), F("due").asc(nulls_last=True), "pk"),
    "lead": ("lead_name", "place"),
    "updated": ("-updated", "pk"),
    "verified": ("verified", "pk"),
    "number": ("number", "pk"),
    "-lead": ("-lead_name", "place"),
    "-updated": ("updated", "pk"),
    "-verified": ("-verified", "pk"),
    "-number": ("-number", "pk"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list asks for; an empty member asks for nothing. ``phase`` is one of the workflow's."""

    report: int | None = None
    states: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    lights: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    theme: str = ""
    leader: str = ""
    lead: int | None = None
    unit: int | None = None
    due_from: date | None = None
    due_until: date | None = None
    important: bool = False
    hollow: bool = False
    words: str = ""
    order: str = "place"


def find(matters: QuerySet[Matter], wanted: Wanted) -> QuerySet[Matter]:
    """Those of ``matters`` that ``wanted`` asks for, in its order; bodies are not loaded."""
    several = {
        "state__in": wanted.states or _states(wanted.phases),
        "light__in": wanted.lights,
        "kind__in": wanted.kinds,
        "progress_class__in": wanted.classes,
        "label__in": wanted.labels,
    }
    single = {
        "report_id": wanted.report,
        "theme": wanted.theme,
        "leader": wanted.leader,
        "lead_id": wanted.lead,
        "due__gte": wanted.due_from,
        "due__lte": wanted.due_until,
        "important": wanted.important or None,
        "hollow": wanted.hollow or None,
    }
    chosen = {name: value for name, value in {**several, **single}.items() if value not in (None, "", ())}
    found = matters.filter(**chosen)
    if wanted.unit is not None:
        found = found.filter(pk__in=matters_of([wanted.unit]).values("pk"))
    return having(found, wanted.words).select_related("lead").order_by(*ORDERS.get(wanted.order, ORDERS["place"]))


def all_matters() -> QuerySet[Matter]:
    """Every matter; who may see which is for ``web/access.py`` to say."""
    return Matter.objects.all()


def matters_of(units: Sequence[int]) -> QuerySet[Matter]:
    """The matters that any of ``units`` (by id) leads or helps with."""
    return Matter.objects.filter(pk__in=Matter.objects.filter(parts__unit_id__in=units).values("pk"))


def counts(matters: QuerySet[Matter], column: str) -> dict[str, int]:
    """How many of ``matters`` have each value of ``column``."""
    rows = matters.order_by().values_list(column).annotate(Count("pk"))
    return {str(value): count for value, count in rows}


def themes(matters: QuerySet[Matter]) -> list[str]:
    """The themes of ``matters``, the one with most of them first."""
    found = counts(matters.exclude(theme=""), "theme")
    return sorted(found, key=lambda theme: (-found[theme], theme))


def with_helping(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """The same with the units that have a part in each, one query for all."""
    return matters.prefetch_related("parts__unit")


def _states(phases: Iterable[str]) -> tuple[str, ...]:
    wanted = set(phases)
    return tuple(name for name, state in workflow().states.items() if state.phase in wanted)
