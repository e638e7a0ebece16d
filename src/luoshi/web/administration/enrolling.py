"""People brought in as a table: each cell looked at, what each row would do shown, then all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from luoshi.problems import Problem, problem
from luoshi.store.enrolling import FACTS, Enrolled, enrol, facts_of, people_by_username
from luoshi.store.units import units_by_name
from luoshi.web.access import access, needs
from luoshi.web.administration.bringing import Line, TableForm, lines, said
from luoshi.web.administration.forms import NewPerson
from luoshi.web.administration.views import trail
from luoshi.web.shell.incoming import as_csv, table_in
from luoshi.web.shell.language import say
from luoshi.web.shell.sheets import sheet

if TYPE_CHECKING:
    from luoshi.store.models import Unit

_HEADS = (("姓名", "Name"), ("用户名", "User name"), ("单位", "Unit"), ("一次性密码", "Password for once"))


@dataclass(frozen=True, slots=True)
class Does:
    """What a row would do: ``new``, ``changed`` or ``same``; ``changes`` in words: column, before, after."""

    row: int
    one: Enrolled
    does: str
    changes: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """Every row, every problem, and a mark of what the table met."""

    rows: tuple[Does, ...]
    problems: tuple[Problem, ...]
    seen: dict[str, dict[str, str]]

    @property
    def stood(self) -> str:
        return sha256(json.dumps(self.seen, sort_keys=True).encode()).hexdigest()

    @property
    def counts(self) -> dict[str, int]:
        return {does: sum(one.does == does for one in self.rows) for does in ("new", "changed", "same")}


@needs("manage_people")
def bring(request: HttpRequest) -> HttpResponse:
    """Choose a table, look at what it would do, bring it in; the passwords are shown once."""
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    given = form.cleaned_data
    table, wrong = table_in(given)
    seen = Preview((), wrong, {}) if wrong else preview(table)
    if seen.problems:
        return _page(request, form, status=422, problems=seen.problems)
    moved = bool(given["stood"]) and given["stood"] != seen.stood
    if given["file"] or moved or not given["stood"]:
        return _page(request, form, status=409 if moved else 200, preview=seen, table=as_csv(table), moved=moved)
    made = enrol([one.one for one in seen.rows], seen.seen, access(request).acting())
    if made is None:
        return _page(request, form, status=409, preview=preview(table), table=as_csv(table), moved=True)
    rows = [(one.name, one.username, str(one.unit or ""), password) for one, password in made]
    context = {"rows": rows, "table": as_csv(rows), "counts": seen.counts, "trail": [*trail(), _people()]}
    answer = render(request, "administration/enrolled.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@needs("manage_people")
@require_POST
def passwords(request: HttpRequest) -> HttpResponse:
    """The passwords that the page before shows, as a file: they come with the question and are kept nowhere."""
    form = TableForm(request.POST)
    form.is_valid()
    rows, wrong = table_in({**form.cleaned_data, "file": None})
    if wrong:
        return HttpResponse(status=400)
    answer = sheet(say("一次性密码", "passwords"), [say(*one) for one in _HEADS], rows, request.POST.get("as", "csv"))
    answer["Cache-Control"] = "no-store"
    return answer


def preview(table: Sequence[Sequence[str]]) -> Preview:
    """What ``table`` would do to the people of the site."""
    found, problems = lines("people", table)
    units, told, rows = units_by_name(), list(problems), list[tuple[Line, Enrolled]]()
    for line in found:
        one, wrong = _enrolled(line, units)
        told += wrong
        rows.append((line, one))
    told += _twice(line for line, _ in rows)
    known = people_by_username([one.username for _, one in rows])
    seen = {username: facts_of(person) for username, person in known.items()}
    does = []
    for line, one in rows:
        person = known.get(one.username)
        changes = one.changes(person) if person else {}
        words = tuple((said("people", fact), str(old or "—"), str(new)) for fact, (old, new) in changes.items())
        does.append(Does(line.row, one, "new" if person is None else "changed" if words else "same", words))
    return Preview(tuple(does), tuple(told), seen)


def _enrolled(line: Line, units: dict[str, Unit]) -> tuple[Enrolled, list[Problem]]:
    form = NewPerson({name: line.get(name) for name in ("username", "name", "phone", "email")})
    told = [line.wrong("people", name, " ".join(map(str, errors))) for name, errors in form.errors.items()]
    unit = units.get(line.get("unit"))
    if line.get("unit") and (unit is None or unit.closed):
        told.append(problem("T123", cell=line.place("unit"), value=line.get("unit")))
    facts = {name: line.get(name) for name in FACTS if name != "unit"}
    return Enrolled(line.get("username"), unit=unit, **facts), told


def _twice(found: Iterable[Line]) -> list[Problem]:
    """A sign-in that stands in two rows."""
    first: dict[str, int] = {}
    told = []
    for line in found:
        username = line.get("username")
        if username and first.setdefault(username, line.row) != line.row:
            told.append(line.wrong("people", "username", say(f"第{first[username]}行已经有了", "stands above already")))
    return told


def _people() -> tuple[str, str]:
    return say("人员和角色", "People and roles"), reverse("administration:people")


def _page(request: HttpRequest, form: TableForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "trail": [*trail(), _people()], **more}
    return render(request, "administration/people_bring.html", context, status=status)
