"""The marked text as HTML: every word escaped, one link a promise, marks within it that never overlap.

Written without templates: a long report has ten thousand marks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from luoshi.plan import Commitment, Figure, Plan
from luoshi.publish.labels import label
from luoshi.web.reader.cards import Card
from luoshi.web.reader.marking import Line, Piece, Stretch
from luoshi.web.shell.language import say
from luoshi.web.shell.lights import lamp

_HEADINGS = {0: "p", 2: "h3", 3: "h4"}


class Pen:
    """Draws lines; ``links`` says where a figure leads, by its id, and ``titles`` what an item is called."""

    def __init__(self, plan: Plan, links: Mapping[str, str], *, unread: bool = False) -> None:
        self._titles = {item.id: item.title for item in plan.items}
        self._corrected = _corrected(plan)
        self._links = links
        self._unread = unread

    def draw(self, lines: Iterable[Line]) -> SafeString:
        """All of ``lines``."""
        return mark_safe("\n".join(map(self._line, lines)))

    def _line(self, line: Line) -> str:
        name = _HEADINGS[line.level]
        place = f' id="s-{escape(line.id)}"' if line.id else ""
        own = f'{place} class="part part-{line.level}"' if line.level else f'{place} class="words"'
        return f"<{name}{own}>{''.join(map(self._stretch, line.stretches))}</{name}>"

    def _stretch(self, one: Stretch) -> str:
        if not one.item:
            loose = f' class="loose loose-{escape(one.kind)}"' if one.promise else ""
            words = "".join(map(self._piece, one.pieces))
            return f"<span{loose}>{words}</span>" if loose else words
        marks = f"promise promise-{escape(one.kind)}{' corrected' if one.promise in self._corrected else ''}"
        title = f' title="{escape(label("kind", one.kind, _lang()))}：{escape(self._titles[one.item])}"'
        rest = "" if one.first else ' tabindex="-1"'
        words = "".join(self._piece(piece, linked=True) for piece in one.pieces)
        return (
            f'<a class="{marks}" href="#i-{escape(one.item)}" data-item="{escape(one.item)}"{title}{rest}>{words}</a>'
        )

    def _piece(self, one: Piece, linked: bool = False) -> str:
        words = escape(one.text)
        if one.hit:
            first = f' id="hit-{one.hit}"' if f"hit-{one.hit}" in one.anchors else ""
            words = f"<mark{first}>{words}</mark>"
        if one.figure:
            words = self._figure(one.figure, words, linked)
        elif one.unread and self._unread and one.text.strip():
            why = escape(label("unread", one.unread, _lang()))
            words = f'<span class="unread" title="{say("没有读：", "not read: ")}{why}">{words}</span>'
        places = (name for name in one.anchors if not name.startswith("hit-"))
        return "".join(f'<span id="{escape(name)}" class="place"></span>' for name in places) + words

    def _figure(self, name: str, words: str, linked: bool) -> str:
        marks = f'class="figure{" corrected" if name in self._corrected else ""}"'
        if not linked and name in self._links:
            return f'<a {marks} href="{escape(self._links[name])}">{words}</a>'
        return f"<b {marks}>{words}</b>"


def draw_cards(found: Iterable[Card], report: int | None) -> SafeString:
    """The cards beside the text; with the number of the ``report`` also the way to correct each."""
    base = f"{reverse('reader:show', kwargs={'pk': report})}items/" if report is not None else ""
    return mark_safe("\n".join(_card(one, base) for one in found))


def _card(one: Card, base: str) -> str:
    name, anchor = escape(one.item.id), escape(one.anchor)
    rows = {
        "title": f'<a href="#{anchor}" data-words="{anchor}">{escape(one.item.title)}</a>',
        "facts": " ".join(_facts(one)),
        "units": " ".join(_units(one)),
        "do": "".join(f'<a href="{escape(to)}" data-way="{way}">{word}</a>' for way, to, word in _ways(one, base)),
    }
    told = "".join(f'<p class="item-{part}">{said}</p>' for part, said in rows.items() if said)
    return f'<li class="item" id="i-{name}" data-card="{name}">{told}</li>'


def _facts(one: Card) -> Iterator[str]:
    if one.matter is not None:
        yield _light(one.matter.light, one.matter.hollow, say("zh", "en"))
    yield _tag(one.kind, "ink")
    if one.corrected:
        yield _tag(say("改过", "corrected"), "good")
    if one.due["day"]:
        known = "：".join(filter(None, (one.due["basis"], one.due["words"])))
        yield f'<span title="{escape(known)}">{say("期限", "due")} <time>{one.due["day"].isoformat()}</time></span>'


def _units(one: Card) -> Iterator[str]:
    if one.basis is None:
        yield _tag(say("没有牵头单位", "no lead unit"), "bad")
        return
    yield f"{escape(one.lead)} {_tag(one.basis['text'], one.basis['tone'])}"
    if one.helping:
        yield f'<span class="muted">{say("配合", "helping")} {escape(one.helping)}</span>'


def _ways(one: Card, base: str) -> Iterator[tuple[str, str, str]]:
    if one.address:
        yield "item", one.address, say("看任务", "The item")
    if base:
        yield "correct", f"{base}{one.item.id}/", say("更正", "Correct")


def _tag(text: str, tone: str) -> str:
    return f'<span class="tag tag-{tone}">{escape(text)}</span>'


@lru_cache(maxsize=64)
def _light(colour: str, hollow: bool, language: str) -> str:
    """A light as the shell draws it; ``language`` tells apart what is kept."""
    del language
    return render_to_string("shell/parts/light.html", {"lamp": lamp(colour, hollow=hollow)})


def _corrected(plan: Plan) -> Collection[str]:
    """The ids of figures and promises that a person put right or added."""
    found: list[Figure | Commitment] = [*plan.figures, *plan.commitments]
    return {one.id for one in found if (one.model_extra or {}).get("corrected")}


def _lang() -> Any:
    return say("zh", "en")
