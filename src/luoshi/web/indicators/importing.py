"""Bringing a table of readings in: what each row would do is shown first; then all of it is kept, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from luoshi.measure import Series, readings, units_of
from luoshi.problems import Problem, problem
from luoshi.store import indicating
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.indicators.board import Row, levels_of, may_enter, rows
from luoshi.web.indicators.views import misfits, plain
from luoshi.web.matter.origin import plan
from luoshi.web.shell.incoming import as_csv, table_in
from luoshi.web.shell.language import pair, say

if TYPE_CHECKING:
    from luoshi.store.models import Report

# Rows that the reader of tables leaves out, or cannot keep beside the others: with one of them nothing is brought in.
_LEFT_OUT = ("M001", "M002", "M003", "M004", "M005", "M006", "M007", "M026", "M028")


class ImportForm(forms.Form):
    """A table, or one that was shown already: ``table`` is it as CSV, ``stood`` what it met there."""

    file = forms.FileField(
        label=pair("读数表", "Table of readings"), required=False, allow_empty_file=True, max_length=200
    )
    table = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    stood = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


@dataclass(frozen=True, slots=True)
class Line:
    """What a row of the table would do: ``new``, ``changed`` or ``same``; ``before`` is the value that stands there."""

    row: int
    name: str
    period: str
    value: str
    before: str
    does: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Every line, every problem, whether all of it may be brought in, and a mark of what it met in the store."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    blocked: bool
    stood: str
    series: tuple[Series, ...]
    seen: dict[str, int]

    @property
    def counts(self) -> dict[str, int]:
        return {does: sum(one.does == does for one in self.lines) for does in ("new", "changed", "same")}


@needs("readings")
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a table, look at what it would do, bring it in."""
    report = access.report(request, pk)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, report, form)
    given = form.cleaned_data
    table, wrong = table_in(given)
    if wrong:
        return _page(request, report, form, refused=wrong, status=422)
    seen = preview(request, report, table)
    if given["file"] or seen.blocked or seen.stood != given["stood"]:
        moved = bool(given["table"] and not given["file"])
        shown = {"preview": seen, "table": as_csv(table), "moved": moved}
        return _page(request, report, form, status=409 if moved else 422 if seen.blocked else 200, **shown)
    return _keep(request, report, form, table, seen)


def _keep(
    request: HttpRequest, report: Report, form: ImportForm, table: list[list[str]], seen: Preview
) -> HttpResponse:
    who = access.access(request)
    done = indicating.enter_readings(seen.series, who.acting(), unit=who.home, seen=seen.seen)
    if done.standing is not None:
        again = preview(request, report, table)
        return _page(request, report, form, preview=again, table=as_csv(table), moved=True, status=409)
    messages.success(request, say(f"已导入，{done.kept} 个读数。", f"{done.kept} readings brought in."))
    return HttpResponseRedirect(f"{reverse('indicators:index')}?report={report.pk}&read=yes")


def preview(request: HttpRequest, report: Report, table: Sequence[Sequence[str]]) -> Preview:
    """What ``table`` would do to the readings of ``report``."""
    who = access.access(request)
    read = readings(table, who.day, units_of(plan(report)))
    targets = rows(who, report, {series.name for series in read.series.values()})
    found = list(read.problems)
    kept: list[Series] = []
    for series in read.series.values():
        one = next((one for one in targets if series.name in one.target.names and may_enter(who, one)), None)
        if one is None:
            found.append(problem("M026", name=series.name, count=len(series.readings)))
        else:
            found += misfits(
                one,
                levels_of(who, one),
                read if len(read.series) == 1 else type(read)({(series.name, series.growth): series}),
            )
            kept.append(Series(_named(one, series), series.unit, series.readings, series.growth))
    lines, seen = _lines(kept)
    blocked = any(one.code in _LEFT_OUT or one.severity == "error" for one in found) or not lines
    stood = sha256(repr(sorted(seen.items())).encode()).hexdigest()
    return Preview(tuple(lines), tuple(dict.fromkeys(found)), blocked, stood, tuple(kept), seen)


def _named(one: Row, series: Series) -> str:
    """The name that the readings are kept under: numbers of figures and items mean another thing in another report."""
    return one.named if series.name in (one.target.id, one.target.item) else series.name


def _lines(kept: Sequence[Series]) -> tuple[list[Line], dict[str, int]]:
    latest = indicating.latest_of([one.name for one in kept])
    lines, seen = [], {}
    for series in kept:
        for reading in series.readings:
            key = indicating.key_of(series.name, series.growth, reading.scope, reading.period.begin, reading.period.end)
            row, unit = latest.get(key), reading.amount.unit
            same = row is not None and (row.value, row.unit_word) == (reading.value, unit)
            does = "new" if row is None else "same" if same else "changed"
            before = f"{plain(row.value)}{row.unit_word}" if row else ""
            name = f"{series.name}{say('增速', ' growth')}" if series.growth else series.name
            lines.append(
                Line(reading.row, name, str(reading.period), f"{plain(reading.value)}{unit}", before, does)
            )  # fmt: skip
            if row is not None:
                seen[key] = row.revision
    return sorted(lines, key=lambda one: one.row), seen


def _page(request: HttpRequest, report: Report, form: ImportForm, *, status: int = 200, **more: Any) -> HttpResponse:
    trail = [(say("指标", "Indicators"), f"{reverse('indicators:index')}?report={report.pk}")]
    context = {"report": report, "form": form, "trail": trail, **more}
    return render(request, "indicators/import.html", context, status=status)
