"""Units: all of them at a glance, and one with its items, its posts and what is asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luoshi.store.moving import move_matter
from luoshi.store.people import hand_over, roles_of
from luoshi.store.posts import post_for_supervision
from luoshi.store.rules import rules_in_force
from luoshi.supervise import Event
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.matter import words
from luoshi.web.shell import language
from luoshi.web.shell.sheets import sheet
from luoshi.web.shell.tables import Export, Table, sort_of
from luoshi.web.units import unit as of
from luoshi.web.units.handing import HandOverForm

if TYPE_CHECKING:
    from luoshi.store.models import Post, Unit

_PAGE = 25
_FIGURES = ("red", "yellow", "stale", "green", "blue")


@needs("units")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every unit that the person may look at; the own one at once where it is the only one."""
    who = access.access(request)
    found = list(access.units(who))
    if len(found) == 1:
        return HttpResponseRedirect(reverse("units:show", args=[found[0].pk]))
    exports = [
        Export(name, reverse("units:index_file", args=[kind])) for name, kind in (("Excel", "xlsx"), ("CSV", "csv"))
    ]
    title = language.say("单位", "Units")
    none = language.say("还没有单位，由系统管理员添加", "No units yet: the administrator adds them")
    table = Table("units", title, of.UNITS, of.unit_rows(who, found), exports=exports, empty=none)
    return render(request, "units/index.html", {"table": table})


@needs("export")
@require_GET
def index_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The table of units as a file."""
    who = access.access(request)
    rows = of.unit_rows(who, list(access.units(who)))
    heads = [column.heading for column in of.UNITS]
    return sheet(
        f"{who.day}-{language.say('单位', 'units')}",
        heads,
        [[row["name"], *(row[column.key] for column in of.UNITS[1:])] for row in rows],
        kind,
    )


@needs("units")
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit."""
    return render(request, "units/show.html", _shown(request, access.unit(request, pk)))


def _shown(request: HttpRequest, unit: Unit) -> dict[str, Any]:
    who, rules = access.access(request), rules_in_force()
    found = of.led(who, unit)
    rows = of.bodies(found)
    return {
        "unit": unit,
        "lights": of.lights(found),
        "words": {colour: words.said("light", colour) for colour in _FIGURES},
        "sign": of.to_sign(rows),
        "may_sign": who.may("report") and unit.pk in who.units,
        "asks": of.asks(rows),
        "loads": of.loads(rows, who.day, rules),
        "seats": list(of.seats(unit, who.day)),
        "may_hand_over": who.may("hand_over") and unit.pk in who.units,
        "table": _table(request, unit, found),
    }


def _table(request: HttpRequest, unit: Unit, found: Any) -> Table:
    sort = sort_of(request.GET.get("sort", ""), of.COLUMNS, "due")
    page = Paginator(found.order_by(*of.ORDERS[sort]), _PAGE).get_page(request.GET.get("page"))
    made = [
        (name, reverse("units:items_file", args=[unit.pk, kind])) for name, kind in (("Excel", "xlsx"), ("CSV", "csv"))
    ]
    title = language.say("牵头的在办事项", "Open items that it leads")
    none = language.say("没有在办的事项", "No open items")
    rows = of.rows_of(list(page.object_list))
    return Table("items", title, of.COLUMNS, rows, sort, page, [Export(*one) for one in made], empty=none)


@needs("export")
@require_GET
def items_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The open items of a unit as a file."""
    who, unit = access.access(request), access.unit(request, pk)
    heads = [language.say(*one) for one in (("编号", "No."), ("事项", "Item"), ("状态", "State"), ("完成时限", "Due"),
             ("灯号", "Light"), ("自报%", "Reported %"), ("核实%", "Verified %"))]  # fmt: skip
    rows = [(one.number, one.title, words.state_word(one.state), one.due, words.said("light", one.light), one.reported,
             one.verified) for one in of.led(who, unit).order_by("due", "pk")]  # fmt: skip
    return sheet(f"{who.day}-{unit.name}", heads, rows, kind)


@needs("report")
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign for several items at once; each is a move of its own, and one refusal does not hide the others."""
    unit, who = access.unit(request, pk), access.access(request)
    done, refused = 0, []
    for chosen in request.POST.getlist("chosen"):
        number, _, revision = chosen.partition(":")
        if not (number.isdigit() and revision.isdigit()):
            continue
        row = access.matter(request, int(number))
        by = who.acting(row)
        event = Event(move="sign", by=by.actor(), expected=int(revision))
        moved = move_matter(row.pk, event, who.day, by, key=f"page:{row.pk}:{revision}:sign:{who.person.pk}")
        done += not moved.problems
        refused += [(row.title, one.message) for one in moved.problems]
    if done:
        messages.success(request, language.say(f"已签收 {done} 件", f"Signed for {done} items"))
    for title, message in refused:
        messages.error(request, f"{title}：{message}")
    if not done and not refused:
        messages.warning(request, language.say("没有选中事项", "No item was chosen"))
    return HttpResponseRedirect(reverse("units:show", args=[unit.pk]))


@needs("hand_over")
def pass_on(request: HttpRequest, pk: int, post: int) -> HttpResponse:
    """Hand a post over: first the sheet of what passes, then the confirmation. The duties stay with the post."""
    row, who = access.post(request, pk, post), access.access(request)
    given = request.POST if request.method == "POST" else request.GET if "person" in request.GET else None
    form = HandOverForm(row, who.day, given)
    context: dict[str, Any] = {"post": row, "form": form, "unit": row.unit}
    if given is not None and form.is_valid():
        context |= _sheet(who, row, form)
        if request.method == "POST" and not context["refusal"]:
            return _passed(request, row, form)
    return render(
        request, "units/hand_over.html", context, status=422 if form.errors and request.method == "POST" else 200
    )


def _sheet(who: access.Access, row: Post, form: HandOverForm) -> dict[str, Any]:
    """What passes to the successor, and whether the successor may then do it."""
    person, day = form.successor, form.cleaned_data["day"]
    matters = access.matters(who).filter(state__in=of.open_states())
    theirs = matters.filter(leader=row.code) if row.duty == "leader" else of.led(who, row.unit)
    post = post_for_supervision(row, row.unit.name)
    passed, titles, refusal = of.passes(post, person.name, of.bodies(theirs), day)
    late, slips, asked = set(passed.overdue), set(passed.slips), set(passed.requests)
    items = [{"pk": one, "title": titles[one], "late": one in late, "slip": one in slips, "asked": one in asked}
             for one in passed.matters]  # fmt: skip
    able = any(grant.unit_id == row.unit_id for grant in roles_of(person, day))
    return {"sheet": passed, "items": items, "refusal": refusal, "able": able}


def _passed(request: HttpRequest, row: Post, form: HandOverForm) -> HttpResponse:
    problems = hand_over(row, form.successor, form.cleaned_data["day"], access.access(request).acting())
    for one in problems:
        messages.error(request, f"{one.message}{one.advice}")
    if not problems:
        told = language.say(f"{row.title} 已交给 {form.successor.name}", f"{row.title} passes to {form.successor.name}")
        messages.success(request, told)
    return HttpResponseRedirect(reverse("units:show", args=[row.unit_id]) + "#posts")
