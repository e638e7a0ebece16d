"""My day: what is late, due today, to prepare for tomorrow, and what others said and sent."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from luoshi.store.balloting import votes_of
from luoshi.store.discussing import said_since
from luoshi.store.inbox import papers_to
from luoshi.store.rules import rules_in_force
from luoshi.supervise import workflow
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.matter import words
from luoshi.web.matter.page import address
from luoshi.web.myday.day import Day, day_of
from luoshi.web.shell import language
from luoshi.web.shell.sheets import sheet

if TYPE_CHECKING:
    from luoshi.store.models import Ballot

_FRESH, _FEW = 7, 6  # days that something is new for, and how many of it are shown


@needs("matters")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The day of whoever asks."""
    who = access.access(request)
    day = day_of(who, rules_in_force())
    context = {
        "day": day,
        "unit": who.home,
        "inside": who.sees in ("all", "own"),
        "calm": not any(one.count for one in day.sections if one.bucket != "ahead") and not day.waiting,
        "register": address("register:index"),
        "ballots": _to_vote(who),
        **_heard(who),
    }
    return render(request, "myday/index.html", context)


def _to_vote(who: access.Access) -> list[Ballot]:
    """The ballots that are open for the deputy who asks and wait for the vote."""
    if not who.may("vote"):
        return []
    running = access.ballots(who).filter(state="open", opens__lte=who.day, closes__gte=who.day).order_by("closes")
    return [one for one in running if not votes_of(one, who.person)]


def _heard(who: access.Access) -> dict[str, Any]:
    """What others said, and the papers that came."""
    if who.sees not in ("all", "own"):
        return {}
    fresh = timezone.make_aware(datetime.combine(who.day - timedelta(days=_FRESH), time.min))
    names = [*who.posts, who.acting().role] if who.sees == "all" else who.posts
    papers = papers_to(who.units, names, who.day - timedelta(days=_FRESH), who.person)[:_FEW]
    said = said_since(access.matters(who), fresh, who.person)[:_FEW] if who.may("comment") else []
    return {"said": said, "papers": [{"row": one, "called": _paper(one.document)} for one in papers]}


def _paper(name: str) -> str:
    row = workflow().documents.get(name) or words.forms()["papers"].get(name)
    return language.say(row["zh"], row["en"]) if row else name


@needs("export")
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The day as a table, a row an item and what is owed for it."""
    who = access.access(request)
    heads = [language.say(*pair) for pair in (("哪一类", "When"), ("期限", "Due"), ("要办的", "Owed"), ("事项", "Item"),
             ("编号", "No."), ("牵头单位", "Lead unit"), ("灯号", "Light"), ("要准备的", "To prepare"))]  # fmt: skip
    return sheet(f"{who.day}-{language.say('今日事', 'my day')}", heads, _rows(day_of(who, rules_in_force())), kind)


def _rows(day: Day) -> list[tuple[Any, ...]]:
    return [
        (words.said("bucket", line.bucket), owed["due"], f"{owed['what']} {owed['detail']}".strip(), line.body.title,
         line.body.number, line.body.lead, words.said("light", line.light.colour), "、".join(line.prepare))
        for line in day.lines for owed in line.owed
    ]  # fmt: skip
