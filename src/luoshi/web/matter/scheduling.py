"""The schedule of one item (倒排): every step now and as first planned, how many days short, what may overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from luoshi.publish.gantt import gantt
from luoshi.store.columns import body_of
from luoshi.store.rules import rules_in_force
from luoshi.supervise import Matter as Body
from luoshi.supervise import possible, workflow
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.matter import origin, page, timing, words
from luoshi.web.shell.language import say
from luoshi.web.shell.sheets import sheet

if TYPE_CHECKING:
    from luoshi.store.models import Matter

_CHANGES = ("set_procedure", "set_nodes", "request_change")  # the moves that change a schedule


def _inside(request: HttpRequest, pk: int) -> tuple[Matter, Body]:
    """The item for whoever belongs to the offices and units; deputies are refused."""
    row = access.matter(request, pk)
    if access.access(request).sees not in ("all", "own"):
        access.refuse(request, "report")
    return row, body_of(row)


def _procedure(request: HttpRequest, row: Matter, body: Body) -> origin.Procedure | None:
    return origin.procedure(origin.origin(row.report, body), body, access.access(request).day)


@needs("matters")
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Every step with its slack in words, the first plan beside it, and the moves that change it."""
    row, body = _inside(request, pk)
    who = access.access(request)
    may = {move.name for move in possible(body, who.acting(row).actor(), rules_in_force())}
    register = page.address("register:index")
    trail = [(say("任务台账", "Register"), register)] if register else []
    context = {
        "row": row,
        "body": body,
        "procedure": _procedure(request, row, body),
        "why": _why(body),
        "offers": [{"name": name, "word": words.move_word(name)} for name in _CHANGES if name in may],
        "trail": [*trail, (row.title, reverse("matter:show", args=[pk]))],
        "may_export": who.may("export"),
    }
    return render(request, "matter/schedule.html", context)


def _why(body: Body) -> str:
    """Why nothing is scheduled, and what to do."""
    if not workflow().states[body.state].open:
        return say("已经了结的事项不再排期。", "An item that has ended is not scheduled.")
    if body.due is None:
        return say("还没有完成时限；审定立项时定下时限，就能倒排。", "It has no deadline yet; approving it sets one.")
    return say("没有合适的办理程序；可以在下面“定办理程序”里选一个。", "No procedure fits: choose one.")


@needs("matters")
@require_GET
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The steps as SVG, a row a step, the first plan below each."""
    row, body = _inside(request, pk)
    made = _procedure(request, row, body)
    if made is None:
        raise Http404
    return HttpResponse(gantt(made.timed.now, "step", made.timed.steps), content_type="image/svg+xml")


@needs("export")
@require_GET
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The steps as a file."""
    row, body = _inside(request, pk)
    made = _procedure(request, row, body)
    heads = [say(*one) for one in (("步骤", "Step"), ("单位", "Unit"), ("办到哪里", "State"), ("富余", "Slack"),
             ("决定工期", "Critical"), ("计划开始", "Start"), ("计划完成", "Finish"), ("最迟开始", "Latest start"),
             ("最迟完成", "Latest finish"), ("原计划开始", "First start"), ("原计划完成", "First finish"),
             ("天数依据", "Source"))]  # fmt: skip
    rows = [(step.name, step.unit, timing.STATES[step.state](), slack, "✓" if step.critical else "",
             step.planned.start, step.planned.finish, step.latest and step.latest.start,
             step.latest and step.latest.finish, first and first.start, first and first.finish,
             step.limit or step.source) for step, first, slack, _ in (made.rows if made else ())]  # fmt: skip
    return sheet(f"{row.item}-{say('排期', 'schedule')}", heads, rows, kind)
