"""The overview, what is asked of leaders, and the tables of the overview as files."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luoshi.store.administering import rank_units
from luoshi.store.choosing import LEAGUE, setting
from luoshi.store.summing import Tally
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.overview.groups import Group, groups, listed, month_before, numbers, ranked
from luoshi.web.overview.paths import paths
from luoshi.web.overview.worse import asked, lights_turned, soon, worse
from luoshi.web.shell.language import say
from luoshi.web.shell.lights import lamp
from luoshi.web.shell.sheets import sheet
from luoshi.web.shell.templatetags.shell import lamp_colours

_KINDS = ("theme", "leader", "unit")


@needs("overview")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The overview."""
    who = access.access(request)
    day = _past(request, who)
    ranking = league()
    made = _groups(who, day, ranking=ranking)
    whole = _whole(made["theme"])
    clusters, others = paths(who, day or who.day)
    context: dict[str, Any] = {
        "whole": whole,
        "numbers": numbers(whole),
        "past": day,
        "asked_day": day or who.day,
        "today": who.day,
        "counts": whole.lights,
        "all": listed(),
        "hollow": listed(hollow="1"),
        "worse": worse(who) if day is None else lights_turned(who, day),
        "soon": soon(who) if day is None else [],
        "clusters": clusters,
        "paths": others,
        "month": month_before(who.day),
        "league": ranking,
        "may_rank": who.may("supervise"),
        "tables": [(name, _title(name), made[name]) for name in _KINDS],
        "colours": lamp_colours(),
    }
    return render(request, "overview/index.html", context)


@needs("overview")
@require_GET
def asks(request: HttpRequest) -> HttpResponse:
    """What units ask of leaders (协调事项)."""
    return render(request, "overview/asked.html", {"asked": asked(access.access(request))})


@needs("overview")
@require_GET
def asks_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as a file."""
    heads = [say(*pair) for pair in (("责任领导", "Leader"), ("任务", "Item"), ("牵头单位", "Lead unit"),
             ("请求协调的事", "Asked for"), ("反馈日期", "Reported on"))]  # fmt: skip
    lines = [
        (one.leader, row.title, row.lead_name, words, row.reported_on)
        for one in asked(access.access(request))
        for row, words in one.asks
    ]
    return sheet(say("协调事项", "asked of leaders"), heads, lines, kind)


@needs("supervise")
@require_POST
def rank(request: HttpRequest) -> HttpResponse:
    """Turn the ranking of units on or off, for the whole site."""
    rank_units(request.POST.get("on", "") == "1", access.access(request).acting())
    return HttpResponseRedirect(reverse("overview:index"))


@needs("overview")
@require_GET
def table(request: HttpRequest, by: str, kind: str) -> HttpResponse:
    """A table of the overview as a file."""
    if by not in _KINDS:
        raise Http404
    who = access.access(request)
    heads = [
        _title(by),
        *(lamp(one).word for one in lamp_colours()),
        say("合计", "All"),
        say("绿灯未核实", "Unverified"),
        say("正常占比 %", "On track, %"),
        say("上月末 %", "End of last month, %"),
    ]
    lines = [
        (
            one.name,
            *(number.count for number in one.numbers),
            one.tally.total,
            one.tally.hollow,
            one.tally.share,
            one.before,
        )
        for one in groups(access.matters(who), by, who, _past(request, who))
    ]
    return sheet(f"{say('总览', 'overview')}-{_title(by)}", heads, lines, kind)


def league() -> bool:
    """Whether the site ranks its units; it does not unless somebody wants it to."""
    return setting(LEAGUE) == "on"


def _groups(who: access.Access, day: date | None, *, ranking: bool) -> dict[str, list[Group]]:
    made = {name: groups(access.matters(who), name, who, day) for name in _KINDS}
    return made | {"unit": ranked(made["unit"])} if ranking else made


def _past(request: HttpRequest, who: access.Access) -> date | None:
    """The past day that the address asks for; None for today, and for what is no day."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None
    return day if day < who.day else None


def _whole(made: list[Group]) -> Tally:
    """All together; every item is in exactly one theme."""
    whole = Tally()
    for one in made:
        for light, count in one.tally.lights.items():
            whole.add(light, hollow=False, count=count)
        whole.hollow += one.tally.hollow
    return whole


def _title(by: str) -> str:
    return {
        "theme": say("按主题", "By theme"),
        "leader": say("按责任领导", "By leader"),
        "unit": say("按牵头单位", "By lead unit"),
    }[by]
