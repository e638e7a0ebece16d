"""Profiles of lights and slips: which is in force since when, what each says, how much another would change."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luoshi.store.rules import LIGHTS, SLIPS, Chosen, choose_profile, history, offered, on
from luoshi.store.trying import Tried, try_profile
from luoshi.supervise.slips import slip_profiles
from luoshi.web.access import access, needs
from luoshi.web.administration.job import light_again
from luoshi.web.administration.thresholds import explained
from luoshi.web.administration.views import trail
from luoshi.web.shell.language import in_english, pair, say
from luoshi.web.shell.lights import lamp
from luoshi.web.shell.templatetags.shell import lamp_colours

KINDS = {LIGHTS: ("亮灯规则", "Rules of lights"), SLIPS: ("督查单规则", "Rules of slips")}


class Choice(forms.Form):
    """Another profile, and from which day; ``seen`` is the revision that the person saw."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS], widget=forms.HiddenInput)
    name = forms.ChoiceField(label=pair("用哪一套", "Which"))
    since = forms.DateField(
        label=pair("从哪天起", "From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=pair("只管这一天以后；以前的灯不改", "from this day on; lights kept before it stay"),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, kind: str, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id=f"{kind}-%s", **kwargs)
        choices = [(name, explained(kind, name).title) for name in offered(kind)]
        self.fields["name"].choices = choices  # type: ignore[attr-defined]


@needs("manage_site")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What is in force, what was and what will be, and every profile in plain words."""
    return _page(request)


def _page(request: HttpRequest, wrong: Choice | None = None) -> HttpResponse:
    day = access(request).day
    parts = [_part(kind, day, wrong) for kind in KINDS]
    context = {"parts": parts, "trail": trail()}
    return render(request, "administration/profiles.html", context, status=422 if wrong else 200)


def _part(kind: str, day: date, wrong: Choice | None) -> dict[str, Any]:
    chosen, revision = history(kind)
    now = on(chosen, kind, day)
    form = wrong if wrong is not None and wrong.data.get("kind") == kind else None
    ahead = [one for one in chosen if one.since is not None and one.since > day]
    return {
        "kind": kind,
        "title": KINDS[kind],
        "now": explained(kind, now),
        "history": [(one.since, explained(kind, one.name).title, one in ahead) for one in reversed(chosen)],
        "every": [explained(kind, name) for name in sorted(offered(kind), key=lambda name: name != now)],
        "form": form or Choice(kind, initial={"kind": kind, "name": now, "since": day, "seen": revision}),
    }


@needs("manage_site")
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Show how much another profile would change; with ``sure`` let it be in force from its day."""
    kind = request.POST.get("kind", "")
    if kind not in KINDS:
        return HttpResponseRedirect(reverse("administration:profiles"))
    who, form = access(request), Choice(kind, request.POST)
    if form.is_valid() and form.cleaned_data["since"] < who.day:
        form.add_error("since", say("不能早于今天：已经亮过的灯不改", "Not before today: lights that were lit stay"))
    if not form.is_valid():
        return _page(request, form)
    given, moved = form.cleaned_data, form.cleaned_data["seen"] != history(kind)[1]
    if "sure" in request.POST and not moved:
        if choose_profile(kind, Chosen(given["name"], given["since"]), given["seen"], who.acting(), who.day):
            light_again.enqueue(who.day.isoformat())
            messages.success(request, say("已定，到那天起按它算", "Chosen; it is in force from that day"))
            return HttpResponseRedirect(reverse("administration:profiles"))
        moved = True
    context = {
        "trail": [*trail(), (say("亮灯和督查单规则", "Profiles"), reverse("administration:profiles"))],
        "kind": kind,
        "title": KINDS[kind],
        "new": explained(kind, given["name"]),
        "since": given["since"],
        "seen": history(kind)[1],
        "moved": moved,
        **_effect(kind, try_profile(kind, given["name"], who.day)),
    }
    return render(request, "administration/profile_change.html", context, status=409 if moved else 200)


def _effect(kind: str, tried: Tried) -> dict[str, Any]:
    """The counts as a table: from which, to which, how many."""
    rows = [(_named(kind, old), _named(kind, new), count) for (old, new), count in
            sorted(tried.turned.items(), key=lambda one: -one[1])]  # fmt: skip
    ordered = {"before": tried.before, "after": tried.after}
    bars = {name: {one: counts.get(one, 0) for one in lamp_colours()} for name, counts in ordered.items()}
    return {"tried": tried, "rows": rows, "bars": bars if kind == LIGHTS else None}


def _named(kind: str, value: str) -> str:
    if kind == LIGHTS:
        return lamp(value).word
    called = "en" if in_english() else "zh"
    known = (scheme.colours[value] for scheme in slip_profiles().values() if value in scheme.colours)
    return next(known, {called: say("不用发", "none")})[called]
