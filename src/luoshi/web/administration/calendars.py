"""The site's calendar: a year of working days, days changed by the site, a year's notice brought in; effects first."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luoshi.days import Workdays
from luoshi.problems import Problem
from luoshi.store.calendars import Changed, Noted, keep_calendar, noted
from luoshi.store.trying import Tried, try_calendar
from luoshi.web.access import access, needs
from luoshi.web.administration.bringing import TableForm
from luoshi.web.administration.noticing import notice_of
from luoshi.web.administration.views import trail
from luoshi.web.matter.words import said as word_of
from luoshi.web.shell.incoming import as_csv, table_in
from luoshi.web.shell.language import pair, say
from luoshi.web.shell.sheets import sheet
from luoshi.web.shell.tables import Column, Export, Table

_FIRST, _LAST = 2000, 2100
_WEEKEND = 6
_DAYS = (("一", "Mon"), ("二", "Tue"), ("三", "Wed"), ("四", "Thu"), ("五", "Fri"), ("六", "Sat"), ("日", "Sun"))
_DOES = {"off": ("不上班", "off"), "work": ("上班", "worked"), "usual": ("照国家安排", "as the State says")}
_COLUMNS = (
    Column("day", pair("日期", "Day"), "date"),
    Column("last", pair("到", "To"), "date"),
    Column("does", pair("安排", "Arranged"), "tag"),
    Column("name", pair("名称", "Called")),
    Column("source", pair("依据", "Source")),
)


class DayForm(forms.Form):
    """One day and what it is to be; ``usual`` takes back what the site noted."""

    day = forms.DateField(label=pair("日期", "Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    does = forms.ChoiceField(label=pair("安排", "Arranged"))
    name = forms.CharField(label=pair("名称", "Called"), required=False, max_length=40)
    source = forms.CharField(label=pair("依据", "Source"), max_length=200,
                             help_text=pair("哪份文件、谁定的", "which document, who decided"))  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="day-%s", **kwargs)
        self.fields["does"].choices = [(key, say(*named)) for key, named in _DOES.items()]  # type: ignore[attr-defined]

    def on(self, before: Noted) -> Noted:
        """What is noted with this day."""
        given = self.cleaned_data
        if given["does"] == "usual":
            return before.without(given["day"])
        return before.with_day(Changed(given["day"], given["does"] == "work", given["name"], given["source"]))


class NoticeForm(TableForm):
    """The notice of a year as a table, and where it comes from."""

    year = forms.IntegerField(label=pair("哪一年", "Which year"), min_value=_FIRST, max_value=_LAST)
    source = forms.CharField(label=pair("通知名称和文号", "Name and number of the notice"), max_length=200)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the year as it is drawn; ``kind``: work, rest, off (a holiday), makeup; empty outside the month."""

    day: date
    kind: str
    word: str
    own: bool
    today: bool


@needs("manage_site")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """A year of working days; what differs from the ordinary week as a list, and as a file with ``as=``."""
    year, found = _year(request), noted()
    rows = _rows(year, found)
    if kind := request.GET.get("as"):
        cells = [[one[column.key]["text"] if column.kind == "tag" else one[column.key] for column in _COLUMNS]
                 for one in rows]  # fmt: skip
        return sheet(f"{say('工作日历', 'calendar')} {year}", [one.heading for one in _COLUMNS], cells, kind)
    form = DayForm(initial={"seen": found.revision, "day": request.GET.get("day", "")})
    return _page(request, year, found, form)


def _page(request: HttpRequest, year: int, found: Noted, form: DayForm, status: int = 200) -> HttpResponse:
    days, notice = found.workdays(), found.notice(year)
    exports = [Export(name, f"?year={year}&as={kind}") for name, kind in (("Excel", "xlsx"), ("CSV", "csv"))]
    rows = _rows(year, found)
    caption = say(f"{year}年不同于平常一周的日子", f"Days of {year} that differ from the ordinary week")
    context = {
        "trail": trail(),
        "year": year,
        "years": [year - 1, year + 1],
        "months": [_month(year, month, days, found, access(request).day) for month in range(1, 13)],
        "names": [say(*one) for one in _DAYS],
        "count": days.count(year),
        "provisional": days.provisional(year),
        "notice": notice,
        "brought": year in found.years,
        "table": Table("days", caption, _COLUMNS, rows, exports=exports,
                       empty=say("没有：只按周一到周五算。", "None: Monday to Friday are worked.")),
        "form": form,
    }  # fmt: skip
    return render(request, "administration/calendar.html", context, status=status)


@needs("manage_site")
@require_POST
def day(request: HttpRequest) -> HttpResponse:
    """Change one day: what follows from it is shown, then it is kept."""
    form, found = DayForm(request.POST), noted()
    if not form.is_valid():
        return _page(request, _year(request), found, form, status=422)
    given = form.cleaned_data
    summary = f"{given['day']} {say(*_DOES[given['does']])} {given['source']}"
    return _propose(request, _Proposal(found, form.on(found), given["day"].year, summary, given["seen"], form))


@needs("manage_site")
def bring(request: HttpRequest) -> HttpResponse:
    """Bring a year's notice in as a table: what follows from it is shown, then all of it is kept."""
    found = noted()
    initial = {"year": access(request).day.year + 1, "seen": found.revision}
    form = NoticeForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return _bring(request, form, (), status=422 if form.errors else 200)
    given = form.cleaned_data
    table, problems = table_in(given)
    if not problems:
        notice, problems = notice_of(given["year"], given["source"], table)
    if problems:
        return _bring(request, form, problems, status=422)
    summary = f"{notice.year} {notice.source}"
    carried = {"table": as_csv(table), "year": str(notice.year), "source": notice.source}
    proposal = _Proposal(found, found.with_year(notice), notice.year, summary, given["seen"], form, carried)
    return _propose(request, proposal)


def _bring(request: HttpRequest, form: NoticeForm, problems: Iterable[Problem], status: int) -> HttpResponse:
    context = {"form": form, "problems": tuple(problems), "trail": [*trail(), _here()]}
    return render(request, "administration/calendar_bring.html", context, status=status)


@dataclass(frozen=True, slots=True)
class _Proposal:
    """What is noted now and what would be; ``seen`` is the revision that the person saw; ``carried`` comes back."""

    before: Noted
    after: Noted
    year: int
    summary: str
    seen: int | None
    form: forms.Form
    carried: dict[str, str] | None = None


def _propose(request: HttpRequest, one: _Proposal) -> HttpResponse:
    """Show what would change; with ``sure`` keep it, unless somebody else changed the calendar meanwhile."""
    moved = one.seen is not None and one.seen != one.before.revision
    if "sure" in request.POST and not moved and keep_calendar(one.after, access(request).acting(), one.summary):
        messages.success(request, say("日历改好了，从现在起按它算", "The calendar is changed; it counts from now on"))
        return HttpResponseRedirect(f"{reverse('administration:calendar')}?year={one.year}")
    old, new = one.before.workdays(), one.after.workdays()
    carried = one.carried or {name: str(one.form.data.get(name, "")) for name in ("day", "does", "name", "source")}
    context = {
        "trail": [*trail(), _here()],
        "summary": one.summary,
        "moved": moved or "sure" in request.POST,
        "days": _turned(one.year, old, new),
        "counts": (old.count(one.year), new.count(one.year)),
        "effect": _effect(try_calendar(new, access(request).day)),
        "year": one.year,
        "carried": {**carried, "seen": str(one.before.revision)},
    }
    return render(request, "administration/calendar_change.html", context, status=409 if context["moved"] else 200)


def _here() -> tuple[str, str]:
    return say("工作日历", "Calendar"), reverse("administration:calendar")


def _effect(tried: Tried) -> dict[str, Any]:
    rows = [(word_of("owed", what), count) for (what, _), count in sorted(tried.turned.items())]
    return {"open": tried.open, "looked": tried.looked, "rows": rows, "changed": tried.changed}


def _turned(year: int, old: Workdays, new: Workdays) -> list[tuple[date, bool]]:
    every = (date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1))
    return [(day, new.is_workday(day)) for day in every if old.is_workday(day) != new.is_workday(day)]


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and _FIRST <= int(asked) <= _LAST else access(request).day.year


def _rows(year: int, found: Noted) -> list[dict[str, Any]]:
    """The stretches of days in ``year`` that the notice or the site changes, each with where that stands.

    As a file it is a table that can be brought in again.
    """
    notice = found.notice(year)
    told = {one.day: (one, notice.source) for one in notice.days} if notice else {}
    told |= {one.day: (one, one.source) for one in found.days if one.day.year == year}
    rows: list[dict[str, Any]] = []
    for day, (one, source) in sorted(told.items()):
        does = {"text": "上班" if one.works else "放假", "tone": "warning" if one.works else "good"}
        row = {"day": day, "last": day, "does": does, "name": one.name or "—", "source": source}
        if rows and rows[-1]["last"] + timedelta(days=1) == day and _alike(rows[-1], row):
            rows[-1]["last"] = day
        else:
            rows.append(row)
    return rows


def _alike(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one[name] == other[name] for name in ("does", "name", "source"))


def _month(year: int, month: int, days: Workdays, found: Noted, today: date) -> dict[str, Any]:
    own = {one.day for one in found.days}
    weeks = [
        [_cell(day, days, own, today) if day.month == month else None for day in week]
        for week in calendar.Calendar(0).monthdatescalendar(year, month)
    ]
    worked = sum(days.is_workday(one.day) for week in weeks for one in week if one)
    return {"first": date(year, month, 1), "weeks": weeks, "worked": worked}


def _cell(day: date, days: Workdays, own: Sequence[date] | set[date], today: date) -> Cell:
    works, weekend = days.is_workday(day), day.isoweekday() >= _WEEKEND
    kind = ("makeup" if weekend else "work") if works else "rest" if weekend and day not in days.off else "off"
    word = {"makeup": say("班", "work"), "off": say("休", "off")}.get(kind, "")
    return Cell(day, kind, word, day in own, day == today)
