"""Looking back (回头看): the sample that anyone can draw again from its seed, and what came of it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luoshi.store.columns import body_of
from luoshi.store.rules import rules_in_force
from luoshi.supervise import Matter as Body
from luoshi.supervise import lookback_sample, obligations
from luoshi.supervise.reports import add_months
from luoshi.supervise.words import data
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.matter import words
from luoshi.web.shell.language import say
from luoshi.web.shell.sheets import sheet
from luoshi.web.supervision.forms import Drawing
from luoshi.web.supervision.views import move_all, tabs

if TYPE_CHECKING:
    from luoshi.store.models import Matter

_SHARE, _SHOWN = 20, 60


def _drawn(request: HttpRequest) -> tuple[Drawing, str, int, list[dict[str, Any]]]:
    """The form, seed, share, and every closed item in the window with whether and why it was drawn."""
    who = access.access(request)
    usual = f"{who.day.year}Q{(who.day.month - 1) // 3 + 1}"
    form = Drawing({"seed": request.GET.get("seed", usual), "share": request.GET.get("share", _SHARE)})
    fine = form.is_valid()
    seed, share = (form.cleaned_data["seed"], form.cleaned_data["share"]) if fine else (usual, _SHARE)
    rows = {f"{row.report_id}/{row.item}": row for row in _closed(who)}
    bodies = {name: body_of(row).model_copy(update={"id": name}) for name, row in rows.items()}
    sample = lookback_sample(bodies.values(), who.day, share=Fraction(share, 100), seed=seed)
    why = {name: say("高风险，必看", "high risk: always") for name in sample.risky}
    why |= {name: say("抽中", "drawn") for name in sample.drawn}
    listed = [
        {
            "row": rows[name],
            "closed": bodies[name].closed_on,
            "why": why.get(name, ""),
            "risky": name in sample.risky,
            "until": window(bodies[name])[1],
        }
        for name in sorted((*sample.risky, *sample.pool), key=lambda name: (name not in why, name))
    ]
    return form, seed, share, listed


def window(matter: Body) -> tuple[date | None, date | None]:
    """From which day to which a closed item is to be looked back at."""
    if matter.closed_on is None:
        return None, None
    said = data("rhythm.toml")["lookback"]
    return add_months(matter.closed_on, said["from_months"]), add_months(matter.closed_on, said["until_months"])


def _ahead(who: access.Access) -> list[dict[str, Any]]:
    """What was closed too lately to be looked back at yet, the first due at the head."""
    found = [(row, *window(body_of(row))) for row in _closed(who)]
    young = [(row, begin) for row, begin, _ in found if begin is not None and begin > who.day]
    return [{"row": row, "begin": begin} for row, begin in sorted(young, key=lambda pair: (pair[1], pair[0].pk))]


def _limit(row: Matter, who: access.Access) -> date | None:
    """By when a look-back under way is to be answered."""
    owed = obligations(body_of(row), who.day, rules_in_force())
    return next((one.due for one in owed if one.what == "limit"), None)


def _closed(who: access.Access) -> list[Matter]:
    return list(access.matters(who).filter(state="closed").select_related("body")[:5000])


@needs("inspect")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The sample with its seed, and the look-backs under way and done."""
    who = access.access(request)
    form, seed, share, listed = _drawn(request)
    going = access.matters(who).filter(state="lookback").select_related("body")
    under_way = sorted(((row, _limit(row, who)) for row in going), key=lambda pair: str(pair[1]))
    looked = access.matters(who).filter(state="archived").select_related("body").order_by("-updated")[:200]
    done = [(row, effect) for row in looked if (effect := body_of(row).effect)]
    context = {
        "tabs": tabs(request),
        "here": reverse("supervision:lookback"),
        "form": form,
        "seed": seed,
        "share": share,
        "listed": listed,
        "taken": sum(bool(one["why"]) for one in listed),
        "under_way": under_way,
        "ahead": _ahead(who)[:_SHOWN],
        "done": [(row, words.said("effect", effect)) for row, effect in done],
    }
    return render(request, "supervision/lookback.html", context)


@needs("inspect")
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Start looking back at the items chosen."""
    move_all(request, "look_back")
    return HttpResponseRedirect(reverse("supervision:lookback"))


@needs("inspect")
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The pool with what was drawn, as a file that says its seed."""
    _, seed, share, listed = _drawn(request)
    heads = [say(*pair) for pair in (("种子", "Seed"), ("比例%", "Share %"), ("事项", "Item"), ("牵头单位", "Lead"),
             ("办结", "Closed"), ("最晚哪天看", "At the latest"), ("看不看", "Drawn"))]  # fmt: skip
    rows = [(seed, share, one["row"].title, one["row"].lead_name, one["closed"], one["until"], one["why"])
            for one in listed]  # fmt: skip
    return sheet(say("回头看抽样", "look-back sample"), heads, rows, kind)
