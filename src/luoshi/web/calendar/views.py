"""The month, its list, and the subscription by a secret address."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.publish import icalendar
from luoshi.store.calendars import calendar_in_force
from luoshi.store.subscribing import subscribe, subscriber, subscriptions, unsubscribe
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.calendar.due import Due, due, kinds, weeks
from luoshi.web.shell.language import pair, say
from luoshi.web.shell.sheets import sheet

_BEFORE, _AFTER = 30, 370  # days that a subscription shows before and after today
_FIRST_YEAR, _LAST_YEAR = 1950, 2150


class Filter(forms.Form):
    """The month, the unit and the kind."""

    month = forms.CharField(required=False, widget=forms.HiddenInput)
    unit = forms.ChoiceField(label=pair("单位", "Unit"), required=False)
    what = forms.ChoiceField(label=pair("种类", "Kind"), required=False)

    def __init__(self, units: Any, data: Any) -> None:
        super().__init__(data)
        every = ("", str(pair("全部", "All")))
        self.fields["unit"].choices = [every, *((str(one.pk), one.name) for one in units)]  # type: ignore[attr-defined]
        self.fields["what"].choices = [every, *kinds()]  # type: ignore[attr-defined]


def _asked(request: HttpRequest) -> tuple[Filter, date, list[Due], bool]:
    """The form, the first of the month, what is due in it, and whether only deadlines were looked at."""
    who = access.access(request)
    form = Filter(access.units(who), request.GET)
    form.is_valid()
    given = form.cleaned_data
    first = _month(given.get("month", ""), who.day)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    unit = int(given["unit"]) if given.get("unit") else None
    listed, only = due(who, first, last, unit=unit, what=given.get("what") or "")
    return form, first, listed, only


def _month(asked: str, today: date) -> date:
    try:
        first = date.fromisoformat(f"{asked}-01")
    except ValueError:
        return today.replace(day=1)
    return first if _FIRST_YEAR <= first.year <= _LAST_YEAR else today.replace(day=1)


@needs("matters")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """A month: its days with what is due, and the same as a list."""
    who = access.access(request)
    form, first, listed, only = _asked(request)
    context = {
        "tabs": tabs(),
        "here": reverse("calendar:index"),
        "form": form,
        "first": first,
        "weeks": weeks(first.year, first.month, listed, who.day),
        "names": [say(*one) for one in (("一", "Mon"), ("二", "Tue"), ("三", "Wed"), ("四", "Thu"), ("五", "Fri"),
                  ("六", "Sat"), ("日", "Sun"))],
        "listed": listed,
        "only_deadlines": only,
        "provisional": calendar_in_force().provisional(first.year),
        "before": f"{first - timedelta(days=1):%Y-%m}",
        "after": f"{first + timedelta(days=31):%Y-%m}",
        "may_export": who.may("export"),
    }  # fmt: skip
    return render(request, "calendar/month.html", context)


def tabs() -> list[tuple[str, str]]:
    """The parts of the calendar."""
    pairs = (("月历", "Month", "index"), ("进度图", "Chart", "chart"), ("订阅", "Subscribe", "subscription"))
    return [(say(zh, en), reverse(f"calendar:{name}")) for zh, en, name in pairs]


@needs("export")
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The list of the month as a file."""
    _, first, listed, _ = _asked(request)
    heads = [
        say(*one) for one in (("日期", "Day"), ("种类", "Kind"), ("事项", "Item"), ("说明", "Detail"), ("谁", "Who"))
    ]
    rows = [(one.day, one.word, one.title, one.detail, one.who) for one in listed]
    return sheet(f"{say('日历', 'calendar')} {first:%Y-%m}", heads, rows, kind)


@needs("matters")
@require_http_methods(["GET", "POST"])
def subscription(request: HttpRequest) -> HttpResponse:
    """Make an address to subscribe to, or take it back. It is shown once: only its hash is kept."""
    who, made = access.access(request), ""
    if request.method == "POST" and "stop" in request.POST:
        unsubscribe(who.person, who.acting())
        messages.success(request, say("订阅地址已作废", "The address is taken back"))
    elif request.method == "POST":
        token = subscribe(who.person, who.acting())
        made = request.build_absolute_uri(reverse("calendar:feed", args=[token]))
    context = {"tabs": tabs(), "here": reverse("calendar:subscription"), "made": made,
               "live": subscriptions(who.person).first()}  # fmt: skip
    return render(request, "calendar/subscription.html", context)


@login_not_required
@require_GET
def feed(_request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a secret address: what its person may see on this day; 404 for every other address."""
    person = subscriber(token)
    if person is None:
        raise Http404
    who = access.access_of(person)
    if not who.may("matters"):
        raise Http404
    listed, _ = due(who, who.day - timedelta(days=_BEFORE), who.day + timedelta(days=_AFTER))
    entries = (
        icalendar.Due(one.key, one.day, f"{one.word}｜{one.title}", f"{one.detail}\n{one.who}") for one in listed
    )
    body = icalendar.due_days(f"落实 {person.name}", who.day, entries)
    return HttpResponse(
        body, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private, no-store"}
    )
