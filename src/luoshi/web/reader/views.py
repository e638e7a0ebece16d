"""The pages that show: the reports there are, and the reader."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from luoshi.plan import Plan
from luoshi.publish.labels import label
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.reader.asking import Narrow
from luoshi.web.reader.cards import Card, cards, chosen
from luoshi.web.reader.covering import CLASSES, Covering, class_word, covering
from luoshi.web.reader.drawing import Pen, draw_cards
from luoshi.web.reader.known import plan_of
from luoshi.web.reader.marking import marked
from luoshi.web.shell.language import say
from luoshi.web.shell.sheets import sheet

if TYPE_CHECKING:
    from luoshi.store.models import Report


@needs("matters")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The reports that were brought in."""
    who = access.access(request)
    found = list(access.reports(who))
    return render(request, "reader/index.html", {"reports": found, "may_bring_in": who.may("bring_in")})


@needs("matters")
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The report: its text at left, its items at right."""
    report = access.report(request, pk)
    who, plan = access.access(request), plan_of(report)
    found = cards_of(request, report, plan)
    form = Narrow(found, request.GET)
    beside = chosen(found, form.asked("unit"), form.asked("light"), form.asked("kind"))
    page = marked(report.body.text, plan, words=form.asked("q"), shown={card.item.id for card in beside})
    pen = Pen(plan, _links(report, plan) if who.may("correct") else {}, unread=bool(form.asked("unread")))
    context = {
        "report": report,
        "form": form,
        "cards": beside,
        "beside": draw_cards(beside, report.pk if who.may("correct") else None),
        "every": len(found),
        "text": pen.draw(page.lines),
        "hits": page.hits,
        "outline": [line for line in page.lines if line.level],
        "lights": Counter(card.matter.light for card in beside if card.matter),
        "proposed": sum(card.proposed for card in found),
        "unowned": sum(not card.lead for card in found),
        "may_correct": who.may("correct"),
        "may_export": who.may("export"),
        "map": _map(plan, len(report.body.text)),
        "trail": trail(),
    }
    return render(request, "reader/show.html", context)


@needs("export")
@require_GET
def items(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The items as a table to take away, narrowed as the page was."""
    report = access.report(request, pk)
    found = cards_of(request, report, plan_of(report))
    form = Narrow(found, request.GET)
    beside = chosen(found, form.asked("unit"), form.asked("light"), form.asked("kind"))
    heads = (say("事项", "Item"), say("种类", "Kind"), say("牵头单位", "Lead"), say("依据", "Basis"),
             say("配合单位", "Helping"), say("期限", "Due"), say("原文", "Words"))  # fmt: skip
    rows = [
        (card.item.title, card.kind, card.lead, (card.basis or {}).get("text"), card.helping, card.due["day"],
         card.due["words"])
        for card in beside
    ]  # fmt: skip
    return sheet(say("事项", "items"), heads, rows, kind)


@needs("export")
@require_GET
def coverage(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The coverage map as a table to take away."""
    report = access.report(request, pk)
    found = covering(plan_of(report), len(report.body.text))
    heads = (say("章节", "Section"), say("字数", "Characters"), *map(class_word, CLASSES))
    rows = [(part.title, part.characters, *(part.counts.get(name, 0) for name in CLASSES)) for part in found.parts]
    return sheet(say("覆盖图", "coverage"), heads, rows, kind)


def cards_of(request: HttpRequest, report: Report, plan: Plan) -> list[Card]:
    """The cards of ``report``, with those of its matters that the person may see."""
    return cards(plan, access.matters(access.access(request)).filter(report=report))


def trail() -> list[tuple[str, str]]:
    """The way to the pages of a report."""
    return [(say("读报告", "Reader"), reverse("reader:index"))]


def _links(report: Report, plan: Plan) -> dict[str, str]:
    base = reverse("reader:show", kwargs={"pk": report.pk})
    return {one.id: f"{base}figures/{one.id}/" for one in plan.figures}


def _map(plan: Plan, characters: int) -> dict[str, Any]:
    """The coverage map as the page draws it and tells it."""
    found: Covering = covering(plan, characters)
    lang: Any = say("zh", "en")
    seen = [name for name in CLASSES if found.counts.get(name)]
    return {
        "bars": found.bars,
        "classes": [
            (name, class_word(name), found.counts[name], 100 * found.counts[name] / max(1, characters)) for name in seen
        ],
        "parts": [(part, [part.counts.get(name, 0) for name in seen]) for part in found.parts],
        "unread": [(label("unread", why, lang), count) for why, count in found.unread.items()],
    }
