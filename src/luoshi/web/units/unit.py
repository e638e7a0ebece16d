"""What the page of a unit shows: its items by light, what it is asked to fill in, whom it asks for what, its posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from luoshi.store.columns import body_of
from luoshi.store.finding import counts
from luoshi.store.posts import posts_in
from luoshi.store.tallying import tally
from luoshi.store.units import branch
from luoshi.supervise import Matter, Rules, asked, burden, workflow
from luoshi.supervise.posts import Handover, Post, handover, succeed
from luoshi.supervise.reports import add_months
from luoshi.web import access
from luoshi.web.matter import words
from luoshi.web.matter.page import given_states
from luoshi.web.shell.language import pair
from luoshi.web.shell.tables import Column

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luoshi.store import models
    from luoshi.web.access import Access

MOST = 400  # bodies read for one page
_MONTHS, _YEAR = 3, 12
LIT = ("red", "yellow", "stale", "green", "blue")
COLUMNS = (
    Column("title", pair("事项", "Item"), "title"),
    Column("state", pair("状态", "State"), "tag"),
    Column("due", pair("完成时限", "Due"), "date", sorts=True),
    Column("light", pair("灯号", "Light"), "light", sorts=True),
    Column("progress", pair("进度", "Progress"), "progress"),
)
UNITS = (
    Column("unit", pair("单位", "Unit"), "title"),
    Column("open", pair("在办", "Open"), "number"),
    Column("unsigned", pair("待签收", "To sign"), "number"),
    Column("red", pair("严重滞后", "Far behind"), "number"),
    Column("yellow", pair("滞后", "Behind"), "number"),
    Column("stale", pair("无报告", "No report"), "number"),
    Column("green", pair("正常", "On track"), "number"),
    Column("blue", pair("超进度", "Ahead"), "number"),
)
ORDERS = {
    "due": ("due", "pk"),
    "-due": ("-due", "pk"),
    "light": ("light", "due", "pk"),
    "-light": ("-light", "due", "pk"),
}


def led(who: Access, unit: models.Unit) -> QuerySet[models.Matter]:
    """The open items that ``unit`` or one below it leads, as far as ``who`` may see them."""
    return access.matters(who).filter(lead_id__in=branch(unit), state__in=given_states())


def open_states() -> list[str]:
    """The states in which somebody still has to work."""
    return [one.name for one in workflow().states.values() if one.open]


def bodies(found: QuerySet[models.Matter]) -> list[tuple[models.Matter, Matter]]:
    """Rows with their whole item, the soonest due first, no more than a page can bear."""
    return [(row, body_of(row)) for row in found.select_related("body").order_by("due", "pk")[:MOST]]


def lights(found: QuerySet[models.Matter]) -> dict[str, int]:
    """How many items have each light."""
    return counts(found, "light")


def to_sign(rows: Sequence[tuple[models.Matter, Matter]]) -> list[dict[str, Any]]:
    """The items that wait for the unit's signature, with what they promise and by when."""
    return [{"row": row, "body": body} for row, body in rows if body.state == "assigned"]


def asks(rows: Sequence[tuple[models.Matter, Matter]]) -> list[dict[str, Any]]:
    """What the unit has asked others for (需协调事项)."""
    return [{"row": row, "text": body.ask, "since": body.reported_on} for row, body in rows if body.ask]


def months(who: Access, unit: models.Unit) -> list[tuple[date, list[int]]]:
    """The lights of what the unit leads at the end of each month of the year past, in the order of :data:`LIT`.

    What ended since is counted in the months in which it still ran: the unit is compared with its own past alone.
    """
    found = access.matters(who).filter(lead_id__in=branch(unit)).select_related("body").order_by("pk")[:MOST]
    by_month: dict[date, dict[str, int]] = {}
    for row in found:
        last = {one.day.replace(day=1): one.colour for one in body_of(row).lights}
        for month, colour in last.items():
            counted = by_month.setdefault(month, {})
            counted[colour] = counted.get(colour, 0) + 1
    return [(month, [by_month[month].get(one, 0) for one in LIT]) for month in sorted(by_month)[-_YEAR:]]


@dataclass(frozen=True, slots=True)
class Load:
    """What a unit is to fill in within a month: reports, fields in all, and fields asked more than once."""

    month: date
    reports: int
    fields: int
    repeated: int
    subjects: tuple[str, ...]


def loads(rows: Sequence[tuple[models.Matter, Matter]], today: date, rules: Rules) -> list[Load]:
    """The burden of reporting, this month and the next ones."""
    first = today.replace(day=1)
    last = add_months(first, _MONTHS) - timedelta(days=1)
    found = list(asked((body for _, body in rows), first, last, rules, register="任务台账"))
    each = len(rules.workflow.moves["report"].needs)
    made = []
    for month in (add_months(first, at) for at in range(_MONTHS)):
        theirs = [load for load in burden(found) if load.month == month]
        fields, repeated = sum(load.fields for load in theirs), sum(load.repeated for load in theirs)
        subjects = dict.fromkeys(subject for load in theirs for subject, _, _ in load.repeats)
        made.append(Load(month, fields // each, fields, repeated, tuple(subjects)))
    return made


def seats(unit: models.Unit, day: date) -> Iterator[dict[str, Any]]:
    """The posts of the unit and of those below it, with who holds them on ``day`` and who has held them."""
    for post in posts_in(branch(unit)).order_by("unit__rank", "unit_id", "pk"):
        held = list(post.holders.all())
        now = next((one for one in held if one.since <= day and (one.until is None or day <= one.until)), None)
        yield {"post": post, "now": now, "before": [one for one in held if one is not now and one.since <= day]}


def rows_of(found: Sequence[models.Matter]) -> list[dict[str, Any]]:
    """Items as rows of a table."""
    return [
        {
            "id": one.pk,
            "name": one.title,
            "title": {"text": one.title, "address": reverse("matter:show", args=[one.pk]), "beside": one.number},
            "state": words.state_word(one.state),
            "due": one.due,
            "light": {"colour": one.light, "hollow": one.hollow, "why": "", "word": ""},
            "progress": {"reported": one.reported, "verified": one.verified},
        }
        for one in found
    ]


def unit_rows(who: Access, found: Sequence[models.Unit]) -> list[dict[str, Any]]:
    """Units with the counts of the open items that each leads, in two questions whatever their number."""
    matters = access.matters(who).filter(state__in=given_states(), lead__isnull=False)
    by_light: dict[int, dict[str, int]] = {}
    unsigned: dict[int, int] = {}
    for lead, light, state, count in tally(matters, "lead_id", "light", "state"):
        row = by_light.setdefault(lead, {})
        row[light] = row.get(light, 0) + count
        unsigned[lead] = unsigned.get(lead, 0) + (count if state == "assigned" else 0)
    return [_unit_row(one, by_light.get(one.pk, {}), unsigned.get(one.pk, 0)) for one in found]


def _unit_row(unit: models.Unit, lit: dict[str, int], unsigned: int) -> dict[str, Any]:
    name = {"text": unit.name, "address": reverse("units:show", args=[unit.pk]), "beside": unit.short_name}
    shown = {colour: lit.get(colour) for colour in ("red", "yellow", "stale", "green", "blue")}
    counted = {"open": sum(lit.values()) or None, "unsigned": unsigned or None}
    return {"id": unit.pk, "name": unit.name, "unit": name, **counted, **shown}


def passes(
    post: Post, person: str, rows: Sequence[tuple[models.Matter, Matter]], day: date
) -> tuple[Handover, dict[str, str], tuple[str, ...]]:
    """The sheet of a handover of ``post`` to ``person``, the titles of its items by key, and why it cannot be."""
    after, problems = succeed(post, person, day)
    theirs = [
        body.model_copy(update={"id": str(row.pk), "lead": post.unit if post.duty != "leader" else body.lead})
        for row, body in rows
    ]
    sheet = handover(after, theirs, day, open_states())
    return sheet, {one.id: one.title for one in theirs}, tuple(f"{one.message}{one.advice}" for one in problems)
