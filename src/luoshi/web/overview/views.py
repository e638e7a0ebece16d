"""The overview, what is asked of leaders, and the tables of the overview as files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.store.summing import Tally
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.overview.groups import Group, groups, listed, numbers
from luoshi.web.overview.paths import paths
from luoshi.web.overview.worse import asked, soon, worse
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
    made = _groups(who)
    whole = _whole(made["theme"])
    context: dict[str, Any] = {
        "whole": whole,
        "numbers": numbers(whole),
        "counts": whole.lights,
        "all": listed(),
        "hollow": listed(hollow="1"),
        "worse": worse(who),
        "soon": soon(who),
        "paths": paths(who),
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


@needs("overview")
@require_GET
def table(request: HttpRequest, by: str, kind: str) -> HttpResponse:
    """A table of the overview as a file."""
    if by not in _KINDS:
        raise Http404
    heads = [
        _title(by),
        *(lamp(one).word for one in lamp_colours()),
        say("合计", "All"),
        say("绿灯未核实", "Unverified"),
    ]
    lines = [
        (one.name, *(number.count for number in one.numbers), one.tally.total, one.tally.hollow)
        for one in groups(access.matters(access.access(request)), by, access.access(request))
    ]
    return sheet(f"{say('总览', 'overview')}-{_title(by)}", heads, lines, kind)


def _groups(who: access.Access) -> dict[str, list[Group]]:
    return {name: groups(access.matters(who), name, who) for name in _KINDS}


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
