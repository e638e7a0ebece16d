"""The pages that show: the reports there are, and the reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from luoshi.plan import Plan
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.reader.asking import Narrow
from luoshi.web.reader.cards import Card, cards, chosen
from luoshi.web.reader.covering import CLASSES, class_word, covering
from luoshi.web.reader.drawing import draw_cards
from luoshi.web.reader.drawn import Look, chart_of, narrowed, whole
from luoshi.web.reader.known import plan_of
from luoshi.web.shell.language import say
from luoshi.web.shell.sheets import sheet

if TYPE_CHECKING:
    from luoshi.store.models import Report

# What keys do (static/reader/reader.js).
KEYS = (
    ("j", "下一个事项，正文跟着走", "the next item, the text follows"),
    ("k", "上一个事项", "the item before"),
    ("g", "从事项到正文，从正文到事项", "from the item to its words, and back"),
    ("o", "打开这个事项的任务", "open the item's page"),
    ("/", "在正文里找", "find in the text"),
    ("n  p", "下一处、上一处找到的", "the next place found, the one before"),
    ("e", "更正这个事项", "correct the item"),
    ("u", "确认单位", "confirm units"),
    ("?", "打开这张表；Esc 关上", "this table; Esc closes it"),
)
_CORRECTING = ("e", "u")


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
    look = Look(report.pk, who.may("correct"), bool(form.asked("unread")), say("zh", "en"))
    words, every = form.asked("q"), len(beside) == len(found)
    page = whole(report, look) if every and not words else narrowed(report, look, words, _names(beside))
    context = {
        "report": report,
        "form": form,
        "cards": beside,
        "beside": draw_cards(beside, report.pk if who.may("correct") else None),
        "every": len(found),
        "text": page.text,
        "hits": page.hits,
        "outline": page.outline,
        "lights": Counter(card.matter.light for card in beside if card.matter),
        "proposed": sum(card.proposed for card in found),
        "unowned": sum(not card.lead for card in found),
        "may_correct": who.may("correct"),
        "may_export": who.may("export"),
        "map": chart_of(report),
        "keyboard": [one for one in KEYS if who.may("correct") or one[0] not in _CORRECTING],
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
    found = covering(plan_of(report), report.body.text)
    heads = (say("章节", "Section"), say("字数", "Characters"), *map(class_word, CLASSES))
    rows = [(part.title, part.characters, *(part.counts.get(name, 0) for name in CLASSES)) for part in found.parts]
    return sheet(say("覆盖图", "coverage"), heads, rows, kind)


def cards_of(request: HttpRequest, report: Report, plan: Plan) -> list[Card]:
    """The cards of ``report``, with those of its matters that the person may see."""
    return cards(plan, access.matters(access.access(request)).filter(report=report))


def trail() -> list[tuple[str, str]]:
    """The way to the pages of a report."""
    return [(say("读报告", "Reader"), reverse("reader:index"))]


def _names(found: Iterable[Card]) -> set[str]:
    return {card.item.id for card in found}
