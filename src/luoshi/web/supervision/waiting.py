"""What waits for the office: the items of each queue by their columns, so that a list of thousands costs one query."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from luoshi.store.finding import counts
from luoshi.web.matter import words
from luoshi.web.shell.language import pair
from luoshi.web.shell.lights import lamp
from luoshi.web.shell.tables import Column
from luoshi.web.supervision.wording import Queue, queues

if TYPE_CHECKING:
    from luoshi.store.models import Matter

BEHIND = ("red", "yellow", "stale")
COLUMNS = (
    Column("title", pair("事项", "Item"), "title"),
    Column("light", pair("灯号", "Light"), "light"),
    Column("state", pair("状态", "State")),
    Column("lead", pair("牵头单位", "Lead"), "unit"),
    Column("due", pair("时限", "Deadline"), "date", sorts=True),
    Column("progress", pair("自报 / 核实", "Reported / verified"), "progress"),
    Column("reported_on", pair("最近反馈", "Last report"), "date"),
)


def waiting(matters: QuerySet[Matter], queue: Queue, today: date) -> QuerySet[Matter]:
    """Those of ``matters`` that wait in ``queue``."""
    found = matters.filter(state__in=queue.states)
    return found.filter(Q(light__in=BEHIND) | Q(due__lt=today)) if queue.late else found


def sizes(matters: QuerySet[Matter], today: date) -> dict[str, int]:
    """How many wait in each queue."""
    by_state = counts(matters, "state")
    return {
        queue.name: waiting(matters, queue, today).count()
        if queue.late
        else sum(by_state.get(state, 0) for state in queue.states)
        for queue in queues().values()
    }


def rows(found: Iterable[Matter]) -> list[dict[str, Any]]:
    """Rows of a table; ``id`` carries the revision seen, so that whoever comes second is told."""
    return [_row(matter) for matter in found]


def _row(matter: Matter) -> dict[str, Any]:
    address = reverse("matter:show", args=[matter.pk])
    return {
        "id": f"{matter.pk}-{matter.revision}",
        "name": matter.title,
        "title": {"text": matter.title, "address": address, "beside": matter.number},
        "light": lit(matter),
        "state": words.state_word(matter.state),
        "lead": matter.lead_name or None,
        "due": matter.due,
        "progress": {"reported": matter.reported, "verified": matter.verified},
        "reported_on": matter.reported_on,
    }


def lit(matter: Matter) -> dict[str, Any]:
    """The light of a row as the cell ``light`` draws it."""
    return {"colour": matter.light, "hollow": matter.hollow, "word": lamp(matter.light).word}


def cells(found: Iterable[Matter]) -> Iterable[tuple[Any, ...]]:
    """The same rows for a file."""
    for one in found:
        yield (one.number, one.title, lamp(one.light).word, words.state_word(one.state), one.lead_name, one.due,
               one.reported, one.verified, one.reported_on)  # fmt: skip


HEADS = (
    ("编号", "Number"), ("事项", "Item"), ("灯号", "Light"), ("状态", "State"), ("牵头单位", "Lead"),
    ("时限", "Deadline"), ("自报%", "Reported %"), ("核实%", "Verified %"), ("最近反馈", "Last report"),
)  # fmt: skip
