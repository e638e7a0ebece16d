"""The desk and its queues: see what waits, act on one at its own page or on many at once; slips that are due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luoshi.store.columns import body_of
from luoshi.store.finding import Wanted, find
from luoshi.store.moving import move_matter
from luoshi.store.rules import rules_in_force
from luoshi.store.writing import Unavailable
from luoshi.supervise import Event, next_slip, workflow
from luoshi.supervise.slips import pending
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.matter import words
from luoshi.web.public.recall import recalls
from luoshi.web.shell.language import say
from luoshi.web.shell.sheets import sheet
from luoshi.web.shell.tables import Export, Table, sort_of
from luoshi.web.supervision import waiting
from luoshi.web.supervision.forms import DeskFilter
from luoshi.web.supervision.wording import Queue, queues

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luoshi.store.models import Matter

_PAGE, _MOST, _TOLD = 50, 400, 8
_SLIP_STATES = workflow().moves["issue_slip"].origins


def tabs() -> list[tuple[str, str]]:
    """The parts of supervision."""
    pairs = (("案头", "Desk", "index"), ("督查单", "Slips", "slips"), ("检查计划", "Inspections", "inspections"),
             ("查出的问题", "Findings", "findings"), ("回头看", "Look-back", "lookback"), ("文书", "Papers", "papers"),
             ("通报", "Notice", "notice"))  # fmt: skip
    return [(say(zh, en), reverse(f"supervision:{name}")) for zh, en, name in pairs]


@needs("supervise")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The desk: the first queue in which something waits."""
    who = access.access(request)
    sizes = waiting.sizes(access.matters(who), who.day)
    first = next((name for name, size in sizes.items() if size), next(iter(sizes)))
    return _queue(request, queues()[first], sizes)


@needs("supervise")
@require_GET
def queue(request: HttpRequest, queue: str) -> HttpResponse:
    """One queue of the desk."""
    who = access.access(request)
    return _queue(request, _known(queue), waiting.sizes(access.matters(who), who.day))


def _known(name: str) -> Queue:
    if name not in queues():
        raise Http404
    return queues()[name]


def _queue(request: HttpRequest, chosen: Queue, sizes: dict[str, int]) -> HttpResponse:
    who = access.access(request)
    form = DeskFilter(access.units(who), request.GET)
    found, sort = _found(request, chosen, form)
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    exports = [_export(request, chosen, kind) for kind in ("xlsx", "csv")]
    none = say("这一列没有事项在等", "Nothing waits in this queue")
    bulk = "" if not chosen.bulk else "together"
    listed = Table(id="queue", caption=chosen.title, columns=waiting.COLUMNS, rows=waiting.rows(page), sort=sort,
                   page=page, exports=exports, chosen=bulk, empty=none)  # fmt: skip
    context = {
        "tabs": tabs(),
        "here": reverse("supervision:index"),
        "recalls": recalls(request),
        "queues": [(one, sizes[one.name], reverse("supervision:queue", args=[one.name])) for one in queues().values()],
        "chosen": chosen,
        "form": form,
        "table": listed,
        "bulk_word": words.move_word(chosen.bulk) if chosen.bulk else "",
        "one_word": words.move_word(chosen.one) if chosen.one else "",
        "back": request.get_full_path(),
    }
    return render(request, "supervision/desk.html", context)


def _found(request: HttpRequest, chosen: Queue, form: DeskFilter) -> tuple[QuerySet[Matter], str]:
    who, given = access.access(request), form.given()
    sort = sort_of(given.get("sort", ""), waiting.COLUMNS, "due")
    unit = int(given["unit"]) if given.get("unit") else None
    wanted = Wanted(unit=unit, words=given.get("q", ""), order=sort)
    return find(waiting.waiting(access.matters(who), chosen, who.day), wanted), sort


def _export(request: HttpRequest, chosen: Queue, kind: str) -> Export:
    address = reverse("supervision:export", args=[chosen.name, kind])
    return Export({"xlsx": "Excel", "csv": "CSV"}[kind], f"{address}?{request.GET.urlencode()}")


@needs("supervise")
@require_GET
def export(request: HttpRequest, queue: str, kind: str) -> HttpResponse:
    """The rows of a queue, filtered as they are seen, as a file."""
    chosen = _known(queue)
    found, _ = _found(request, chosen, DeskFilter(access.units(access.access(request)), request.GET))
    return sheet(chosen.title, [say(*pair) for pair in waiting.HEADS], waiting.cells(found), kind)


@needs("supervise")
@require_POST
def together(request: HttpRequest, queue: str) -> HttpResponse:
    """Make the move of a queue on every item chosen; each stands or falls alone, and what fell is told."""
    chosen = _known(queue)
    if not chosen.bulk:
        raise Http404
    if not request.POST.getlist("chosen"):
        messages.warning(request, say("先选中要办的事项", "Choose some items first"))
    else:
        move_all(request, chosen.bulk)
    return HttpResponseRedirect(reverse("supervision:queue", args=[queue]))


def move_all(request: HttpRequest, move: str) -> None:
    """Make ``move`` on all that is chosen (``pk-revision``), and tell how many went and why others did not."""
    who, done, told = access.access(request), 0, []
    mine = {row.pk: row for row in access.matters(who).filter(pk__in=_picked(request)).select_related("body")}
    for pk, revision in _picked(request).items():
        if pk not in mine:
            raise Http404
        by = who.acting(mine[pk])
        event = Event(move=move, by=by.actor(), expected=revision)
        try:
            problems = move_matter(pk, event, who.day, by).problems
        except Unavailable as error:
            problems = error.problems
        done += not problems
        told += [f"{mine[pk].title}：{''.join(one.message for one in problems)}"] if problems else []
    word = words.move_word(move)
    if done:
        messages.success(request, say(f"{word}：已办 {done} 项", f"{word}: {done} done"))
    for text in told[:_TOLD]:
        messages.warning(request, text)
    if len(told) > _TOLD:
        messages.warning(request, say(f"另有 {len(told) - _TOLD} 项没有办成", f"{len(told) - _TOLD} more not done"))


def _picked(request: HttpRequest) -> dict[int, int]:
    """Every chosen item with the revision that was seen."""
    try:
        pairs = [one.split("-") for one in request.POST.getlist("chosen")[:_MOST]]
        return {int(pk): int(revision) for pk, revision in pairs}
    except ValueError as error:
        raise Http404 from error


@needs("supervise")
@require_GET
def slips(request: HttpRequest) -> HttpResponse:
    """The slips that should be issued today by the profile in force, and those that wait for their answer."""
    who, rules = access.access(request), rules_in_force()
    found = access.matters(who).filter(state__in=_SLIP_STATES, light__in=waiting.BEHIND) | access.matters(who).filter(
        state="escalated"
    )
    due, out = [], []
    for row in found.select_related("body").order_by("due")[:_MOST]:
        body = body_of(row)
        issued, colour = pending(body), next_slip(body, who.day, rules.slips, rules.profile)
        shown = {"row": row, "light": waiting.lit(row)}
        if colour:
            due.append({**shown, "colour": colour, "word": _colour(rules, colour)})
        if issued:
            out.append({**shown, "slip": issued, "word": _colour(rules, issued.colour), "colour": issued.colour,
                        "days": (issued.answer_by - who.day).days})  # fmt: skip
    context = {"tabs": tabs(), "here": reverse("supervision:slips"), "due": due, "out": out, "scheme": rules.slips,
               "most": _MOST, "back": reverse("supervision:slips")}  # fmt: skip
    return render(request, "supervision/slips.html", context)


def _colour(rules: Any, colour: str) -> str:
    row = rules.slips.colours.get(colour)
    return say(row["zh"], row.get("en", row["zh"])) if row else colour
