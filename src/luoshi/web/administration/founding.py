"""Units brought in as a table: each cell looked at, what each row would do shown, then all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from luoshi.problems import Problem
from luoshi.store.founding import Row, found_units, standing
from luoshi.store.restructuring import KINDS
from luoshi.web.access import access, needs
from luoshi.web.administration.bringing import Line, TableForm, lines
from luoshi.web.administration.units import separated
from luoshi.web.administration.views import trail
from luoshi.web.shell.incoming import as_csv, table_in
from luoshi.web.shell.language import say


@dataclass(frozen=True, slots=True)
class Preview:
    """Every row with what it would do (``new``, ``changed``, ``same``), every problem, and a mark of what it met."""

    rows: tuple[tuple[int, Row, str], ...]
    problems: tuple[Problem, ...]
    stood: str

    @property
    def counts(self) -> dict[str, int]:
        return {does: sum(one == does for _, _, one in self.rows) for does in ("new", "changed", "same")}


@needs("manage_units")
def bring(request: HttpRequest) -> HttpResponse:
    """Choose a table, look at what it would do, bring it in."""
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    given = form.cleaned_data
    table, wrong = table_in(given)
    seen = Preview((), wrong, "") if wrong else preview(table)
    if seen.problems:
        return _page(request, form, status=422, problems=seen.problems)
    moved = bool(given["stood"]) and given["stood"] != seen.stood
    if given["file"] or moved or not given["stood"]:
        return _page(request, form, status=409 if moved else 200, preview=seen, table=as_csv(table), moved=moved)
    if problems := found_units([row for _, row, _ in seen.rows], access(request).acting()):
        return _page(request, form, status=422, problems=problems)
    messages.success(request, say("单位导入好了", "The units are brought in"))
    return redirect("administration:units")


def preview(table: Sequence[Sequence[str]]) -> Preview:
    """What ``table`` would do to the units of the site."""
    found, problems = lines("units", table)
    told, rows = list(problems), list[tuple[Line, Row]]()
    for line in found:
        told += _wrong(line)
        rows.append((line, _row(line)))
    told += _twice(line for line, _ in rows)
    known = standing()
    told += [
        line.wrong("units", "parent", say("本站和这张表里都没有这个单位", "neither of the site nor of this table"))
        for line, row in rows
        if row.parent and row.parent not in known and row.parent not in {one.name for _, one in rows}
    ]
    does = tuple((line.row, row, row.does(known.get(row.name))) for line, row in rows)
    met = {row.name: str(known.get(row.name)) for _, row in rows}
    return Preview(does, tuple(told), sha256(json.dumps(met, sort_keys=True).encode()).hexdigest())


def _row(line: Line) -> Row:
    kinds = {word.lower(): kind for kind, words in KINDS.items() for word in (kind, *words)}
    rank = int(line.get("rank")) if line.get("rank").isdecimal() else None
    kind = kinds.get(line.get("kind").lower(), "")
    return Row(line.get("name"), line.get("short_name"), kind, line.get("parent"), rank, separated(line.get("names")))


def _wrong(line: Line) -> list[Problem]:
    told = []
    if not line.get("name"):
        told.append(line.wrong("units", "name", say("不能空", "may not be empty")))
    if line.get("kind") and not _row(line).kind:
        words = "、".join(zh for zh, _ in KINDS.values())
        told.append(line.wrong("units", "kind", say(f"请写 {words}", f"one of {', '.join(KINDS)}")))
    if line.get("rank") and not line.get("rank").isdecimal():
        told.append(line.wrong("units", "rank", say("不是整数", "is no whole number")))
    longest = {"name": 100, "short_name": 40}
    told += [
        line.wrong("units", column, say(f"超过{most}字", f"longer than {most}"))
        for column, most in longest.items()
        if len(line.get(column)) > most
    ]
    return told


def _twice(found: Iterable[Line]) -> list[Problem]:
    """A unit that stands in two rows."""
    first: dict[str, int] = {}
    return [
        line.wrong("units", "name", say(f"第{first[line.get('name')]}行已经有了", "stands above already"))
        for line in found
        if first.setdefault(line.get("name"), line.row) != line.row
    ]


def _page(request: HttpRequest, form: TableForm, *, status: int = 200, **more: Any) -> HttpResponse:
    way = [*trail(), (say("单位", "Units"), reverse("administration:units"))]
    return render(request, "administration/units_bring.html", {"form": form, "trail": way, **more}, status=status)
