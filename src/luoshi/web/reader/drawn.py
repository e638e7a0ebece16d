"""What of a report's page is the same until it is corrected: its text with marks, its contents, its coverage map.

Drawn once for as long as the texts that it comes from stay the same; what somebody narrows or looks for is drawn anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.safestring import SafeString

from luoshi.plan import Plan
from luoshi.publish.labels import label
from luoshi.web.reader.covering import CLASSES, class_word, covering
from luoshi.web.reader.drawing import Pen
from luoshi.web.reader.known import plan_of, plan_of_texts
from luoshi.web.reader.marking import Line, Marked, marked
from luoshi.web.shell.language import say

if TYPE_CHECKING:
    from luoshi.store.models import Report

_KEPT = 8  # texts a process: a long one takes a quarter of a megabyte


@dataclass(frozen=True, slots=True)
class Drawn:
    """The text as HTML, its headings, and how many places were found for the words looked for."""

    text: SafeString
    outline: tuple[Line, ...]
    hits: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """How a text is to be drawn: of which report, whether figures lead to their correction, whether gaps are marked."""

    report: int
    corrects: bool
    unread: bool
    language: str


def whole(report: Report, look: Look) -> Drawn:
    """The whole text, nothing looked for and nothing narrowed."""
    body = report.body
    return _whole(body.plan, body.corrections, body.text, look)


def narrowed(report: Report, look: Look, words: str, shown: set[str]) -> Drawn:
    """The text with ``words`` marked, and of the promises those of the items ``shown``."""
    plan = plan_of(report)
    return _draw(marked(report.body.text, plan, words=words, shown=shown), plan, look)


def chart_of(report: Report) -> Mapping[str, Any]:
    """The coverage map as the page draws it and tells it."""
    body = report.body
    return _chart(body.plan, body.corrections, body.text, say("zh", "en"))


@lru_cache(maxsize=_KEPT)
def _whole(plan: str, corrections: str, text: str, look: Look) -> Drawn:
    known = plan_of_texts(plan, corrections, text)
    return _draw(marked(text, known, shown={one.id for one in known.items}), known, look)


def _draw(page: Marked, plan: Plan, look: Look) -> Drawn:
    base = reverse("reader:show", kwargs={"pk": look.report})
    links = {one.id: f"{base}figures/{one.id}/" for one in plan.figures} if look.corrects else {}
    drawn = Pen(plan, links, unread=look.unread).draw(page.lines)
    return Drawn(drawn, tuple(line for line in page.lines if line.level), page.hits)


@lru_cache(maxsize=_KEPT)
def _chart(plan: str, corrections: str, text: str, language: str) -> Mapping[str, Any]:
    lang: Any = language
    count = len(text)
    found = covering(plan_of_texts(plan, corrections, text), text)
    seen = [name for name in CLASSES if found.counts.get(name)]
    return {
        "bars": found.bars,
        "stretches": found.stretches,
        "classes": [
            (name, class_word(name), found.counts[name], 100 * found.counts[name] / max(1, count), _WAYS.get(name, ""))
            for name in seen
        ],
        "parts": [(part, [part.counts.get(name, 0) for name in seen]) for part in found.parts],
        "unread": [(label("unread", why, lang), number) for why, number in found.unread.items()],
    }


_WAYS = {"nobody": "?unit=-", "unread": "?unread=1"}  # where the reader narrows to what a word of the map counts
