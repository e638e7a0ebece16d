"""What an inspector does today: visits, checks and look-backs that wait, answers to judge, and the year's cap."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from luoshi.store import fetching
from luoshi.store.columns import body_of
from luoshi.store.rules import rules_in_force
from luoshi.supervise import obligations
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.matter import words
from luoshi.web.supervision.inspecting import shown, used_of
from luoshi.web.supervision.views import tabs
from luoshi.web.supervision.wording import tag_of

_AHEAD, _MOST = 14, 60
_CHECKS = {"done_claimed": "start_check", "verifying": "record_check", "lookback": "hold_good"}


@needs("inspect")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The day of an inspector."""
    who = access.access(request)
    visits = [one for one in access.visits(who) if one.state == "planned" and one.day <= who.day + timedelta(_AHEAD)]
    held = list(access.visits(who).filter(state="held"))
    used, cap = used_of(who.day)
    context = {
        "tabs": tabs(request),
        "here": reverse("supervision:field"),
        "today": [(one, tag_of("visit", one.state)) for one in visits if one.day <= who.day],
        "ahead": [(one, tag_of("visit", one.state)) for one in visits if one.day > who.day],
        "held": [(one, tag_of("visit", one.state)) for one in held],
        "checks": _checks(who),
        "answers": shown(access.findings(who).filter(state="answered")[:_MOST], who),
        "used": used,
        "cap": cap,
        "left": max(cap - used, 0),
        "year": fetching.all_visits().filter(day__year=who.day.year).exclude(state="called_off").count(),
    }
    return render(request, "supervision/field.html", context)


def _checks(who: access.Access) -> list[dict[str, Any]]:
    """The items that wait for a check or a look-back, the one whose limit ends first at the head."""
    rules, listed = rules_in_force(), []
    found = access.matters(who).filter(state__in=_CHECKS).select_related("body").order_by("updated", "pk")
    for row in found[:_MOST]:
        body = body_of(row)
        limit = next((one.due for one in obligations(body, who.day, rules) if one.what == "limit"), None)
        move = _CHECKS[row.state] if not (row.state == "verifying" and body.conclusion) else ""
        said = {"state": words.state_word(row.state), "word": words.move_word(move) if move else ""}
        listed.append({"row": row, "due": limit, "late": limit is not None and limit < who.day, "move": move, **said})
    return sorted(listed, key=lambda one: (one["due"] is None, str(one["due"])))
