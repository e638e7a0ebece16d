"""The units of the site as a tree: found by every name, described, renamed, moved, closed with a successor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from luoshi.store.fetching import all_units
from luoshi.store.posts import posts_in
from luoshi.store.restructuring import KINDS, Described, close_unit, describe, found_unit, goes, mark, restructure
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.administration.views import trail
from luoshi.web.shell.language import pair, say
from luoshi.web.shell.sheets import sheet
from luoshi.web.shell.tables import Column, Export, Table

if TYPE_CHECKING:
    from luoshi.problems import Problem
    from luoshi.store.models import Post, Unit

_SEPARATOR = re.compile(r"[、,，;；\s]+")
_COLUMNS = (
    Column("name", pair("名称", "Name"), "title"),
    Column("short_name", pair("简称", "Short name")),
    Column("kind", pair("类别", "Kind")),
    Column("parent", pair("上级单位", "Above it")),
    Column("rank", pair("次序", "Order"), "number"),
    Column("names", pair("其他叫法", "Other names")),
    Column("state", pair("状态", "State"), "tag"),
)
_POSTS = (
    Column("unit", pair("单位", "Unit"), "title"),
    Column("title", pair("岗位", "Post")),
    Column("code", pair("编号", "Code"), "code"),
    Column("holder", pair("担任的人", "Held by"), "tag"),
    Column("since", pair("从", "Since"), "date"),
    Column("before", pair("此前", "Before")),
)


def separated(text: str) -> tuple[str, ...]:
    """Names that stand in one text with commas, semicolons or blanks between them."""
    return tuple(filter(None, _SEPARATOR.split(text)))


class UnitForm(forms.Form):
    """What is said of a unit; ``seen`` marks what the page showed."""

    name = forms.CharField(label=pair("名称", "Name"), max_length=100)
    short_name = forms.CharField(label=pair("简称", "Short name"), max_length=40, required=False)
    kind = forms.ChoiceField(label=pair("类别", "Kind"))
    parent = forms.ModelChoiceField(all_units().none(), label=pair("上级单位", "Above it"), required=False)
    rank = forms.IntegerField(label=pair("次序", "Order"), required=False, initial=0,
                              help_text=pair("小的在前", "the smaller first"))  # fmt: skip
    names = forms.CharField(
        label=pair("其他叫法", "Other names"), max_length=1000, required=False,
        help_text=pair("报告里的写法、曾用名，用顿号隔开", "what reports call it, former names; with commas between"),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, unit: Unit | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, parent = self.fields["kind"], self.fields["parent"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(parent, forms.ModelChoiceField)
        known = dict(KINDS) if unit is None or unit.kind in KINDS else {**KINDS, unit.kind: (unit.kind, unit.kind)}
        kind.choices = [(name, say(*words)) for name, words in known.items()]
        parent.queryset, parent.empty_label = all_units().filter(closed=False), "—"

    @property
    def described(self) -> Described:
        """What was typed."""
        given = self.cleaned_data
        names = separated(given["names"])
        return Described(given["name"], given["short_name"], given["kind"], given["parent"], given["rank"] or 0, names)


class CloseForm(forms.Form):
    """Who comes after a unit, and why."""

    successor = forms.ModelChoiceField(all_units().none(), label=pair("由谁接手", "Who comes after it"))
    reason = forms.CharField(label=pair("依据", "Reason"), max_length=200)

    def __init__(self, unit: Unit, data: Any = None) -> None:
        super().__init__(data)
        successor = self.fields["successor"]
        assert isinstance(successor, forms.ModelChoiceField)
        successor.queryset = all_units().filter(closed=False).exclude(pk=unit.pk)


@needs("manage_units")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The tree of units, or those that any of their names finds; as a file with ``as=``."""
    words = request.GET.get("words", "")[:60].strip()
    every = list(all_units().select_related("parent", "successor").prefetch_related("names"))
    found = _found(every, words) if words else list(_tree(every))
    if kind := request.GET.get("as"):
        cells = [[_plain(one)[column.key] for column in _COLUMNS] for one, _ in found]
        return sheet(say("单位", "units"), [one.heading for one in _COLUMNS], cells, kind)
    exports = [Export(name, f"?words={words}&as={kind}") for name, kind in (("Excel", "xlsx"), ("CSV", "csv"))]
    none = say("没有找到。换个叫法试试，或新建一个单位。", "None found: try another name, or add a unit.")
    rows = [_row(one, depth) for one, depth in found]
    table = Table("units", say("单位", "Units"), _COLUMNS, rows, exports=exports, empty=none)
    return render(request, "administration/units.html", {"trail": trail(), "table": table, "words": words})


def _found(every: Sequence[Unit], words: str) -> list[tuple[Unit, int]]:
    return [(one, 0) for one in every if words in one.name or any(words in name.name for name in one.names.all())]


def _tree(every: Sequence[Unit]) -> Iterator[tuple[Unit, int]]:
    """Each unit below the one it belongs to, with how deep it stands."""
    below: dict[int | None, list[Unit]] = {}
    for one in every:
        below.setdefault(one.parent_id, []).append(one)
    waiting = [(one, 0) for one in reversed(below.get(None, []))]
    while waiting:
        one, depth = waiting.pop()
        yield one, depth
        waiting += [(child, depth + 1) for child in reversed(below.get(one.pk, []))]


def _plain(one: Unit) -> dict[str, Any]:
    more = [name.name for name in one.names.all() if name.name not in (one.name, one.short_name)]
    state = say("在用", "in use")
    if one.closed:
        state = say(f"并入{one.successor}", f"merged into {one.successor}") if one.successor else say("撤销", "closed")
    kind = say(*KINDS[one.kind]) if one.kind in KINDS else one.kind
    return {"name": one.name, "short_name": one.short_name, "kind": kind, "rank": one.rank, "names": "、".join(more),
            "parent": one.parent.name if one.parent else "", "state": state}  # fmt: skip


def _row(one: Unit, depth: int) -> dict[str, Any]:
    cells = _plain(one)
    name = {"text": f"{'　' * depth}{one.name}", "address": reverse("administration:unit", kwargs={"pk": one.pk})}
    return {**cells, "name": name, "state": {"text": cells["state"], "tone": "bad" if one.closed else "good"}}


@needs("manage_units")
def add(request: HttpRequest) -> HttpResponse:
    """A new unit."""
    form, problems = UnitForm(None, request.POST or None), tuple["Problem", ...]()
    if request.method == "POST" and form.is_valid():
        unit, problems = found_unit(form.described, access.access(request).acting())
        if unit is not None:
            messages.success(request, say("单位建好了", "The unit is there"))
            return redirect("administration:unit", pk=unit.pk)
    context = {"trail": [*trail(), _units()], "form": form, "problems": problems, "here": say("新建单位", "New unit")}
    return render(request, "administration/unit_new.html", context, status=422 if problems or form.errors else 200)


@needs("manage_units")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit: what is said of it, its posts, what closing it would hand on; changes are compared with what was seen."""
    unit, who = access.unit(request, pk), access.access(request)
    now = describe(unit, [one.name for one in unit.names.all()])
    form = UnitForm(unit, request.POST or None, initial=_initial(now))
    problems: tuple[Problem, ...] | None = ()
    if request.method == "POST" and form.is_valid():
        problems = restructure(unit, form.described, form.cleaned_data["seen"], who.acting())
        if problems == ():
            messages.success(request, say("改好了；原来的名称还找得到", "Changed; its earlier name still finds it"))
            return redirect("administration:unit", pk=pk)
    status = 409 if problems is None else 422 if problems or form.errors else 200
    more = {"form": form, "problems": problems or (), "moved": problems is None, "now": now}
    return _page(request, unit, status, **more)


def _page(request: HttpRequest, unit: Unit, status: int, **more: Any) -> HttpResponse:
    now = describe(unit, [one.name for one in unit.names.all()])
    context = {
        "trail": [*trail(), _units()],
        "unit": unit,
        "form": UnitForm(unit, initial=_initial(now)),
        "close_form": CloseForm(unit),
        "goes": None if unit.closed else goes(unit),
        "merged": unit.merged.all(),
        "posts": [_seat(one, access.access(request).day) for one in posts_in([unit.pk])],
        "mark": mark(now),
        **more,
    }
    return render(request, "administration/unit.html", context, status=status)


def _initial(now: Described) -> dict[str, Any]:
    said = {name: getattr(now, name) for name in ("name", "short_name", "kind", "parent", "rank")}
    return {**said, "names": "、".join(now.names), "seen": mark(now)}


@needs("manage_units")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a unit: its names mean the successor, which leads, helps and answers in its place."""
    unit, who = access.unit(request, pk), access.access(request)
    form = CloseForm(unit, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, unit, 422 if form.errors else 200, close_form=form)
    given = form.cleaned_data
    if problems := close_unit(unit, given["successor"], who.day, who.acting(), given["reason"]):
        return _page(request, unit, 422, close_form=form, problems=problems)
    messages.success(request, say(f"已并入{given['successor']}", f"Merged into {given['successor']}"))
    return redirect("administration:unit", pk=pk)


def _units() -> tuple[str, str]:
    return say("单位", "Units"), reverse("administration:units")


@needs("manage_units")
@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    """Who holds which post since when, and who held it before; as a file with ``as=``."""
    day, vacant = access.access(request).day, bool(request.GET.get("vacant"))
    units = all_units().values_list("pk", flat=True)
    rows = [row for one in posts_in(units).order_by("unit__rank", "unit_id", "pk") if (row := _seat(one, day))]
    rows = [row for row in rows if not vacant or row["holder"]["tone"] == "warning"]
    if kind := request.GET.get("as"):
        cells = [(row["unit"]["text"], row["title"], row["code"], row["holder"]["text"], row["since"], row["before"])
                 for row in rows]  # fmt: skip
        return sheet(say("岗位", "posts"), [one.heading for one in _POSTS], cells, kind)
    query = "vacant=1&" if vacant else ""
    exports = [Export(name, f"?{query}as={kind}") for name, kind in (("Excel", "xlsx"), ("CSV", "csv"))]
    none = say("没有。岗位由单位负责人在单位页交接。", "None. Heads hand posts over on the page of their unit.")
    table = Table("posts", say("岗位", "Posts"), _POSTS, rows, exports=exports, empty=none)
    return render(request, "administration/posts.html", {"trail": trail(), "table": table, "vacant": vacant})


def _seat(one: Post, day: date) -> dict[str, Any]:
    held = list(one.holders.all())
    now = next((row for row in held if row.since <= day and (row.until is None or day <= row.until)), None)
    before = [f"{row.person.name} {row.since}–{row.until}" for row in held if row.until is not None and row.until < day]
    return {
        "unit": {"text": one.unit.name, "address": reverse("administration:unit", kwargs={"pk": one.unit_id})},
        "title": one.title,
        "code": one.code,
        "holder": {"text": now.person.name, "tone": "plain"}
        if now
        else {"text": say("空缺", "vacant"), "tone": "warning"},
        "since": now.since if now else None,
        "before": "；".join(before) or "—",
    }
