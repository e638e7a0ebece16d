"""The marked text as HTML: every word escaped, one link a promise, marks within it that never overlap.

Written without templates: a long report has ten thousand marks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from luoshi.plan import Commitment, Figure, Plan
from luoshi.publish.labels import label
from luoshi.web.reader.marking import Line, Piece, Stretch
from luoshi.web.shell.language import say

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
        own = f' id="s-{escape(line.id)}" class="part part-{line.level}"' if line.level else ' class="words"'
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
            words = f'<mark id="hit-{one.hit}">{words}</mark>'
        if one.figure:
            words = self._figure(one.figure, words, linked)
        elif one.unread and self._unread and one.text.strip():
            why = escape(label("unread", one.unread, _lang()))
            words = f'<span class="unread" title="{say("没有读：", "not read: ")}{why}">{words}</span>'
        return "".join(f'<span id="{escape(name)}" class="place"></span>' for name in one.anchors) + words

    def _figure(self, name: str, words: str, linked: bool) -> str:
        marks = f'class="figure{" corrected" if name in self._corrected else ""}"'
        if not linked and name in self._links:
            return f'<a {marks} href="{escape(self._links[name])}">{words}</a>'
        return f"<b {marks}>{words}</b>"


def _corrected(plan: Plan) -> Collection[str]:
    """The ids of figures and promises that a person put right or added."""
    found: list[Figure | Commitment] = [*plan.figures, *plan.commitments]
    return {one.id for one in found if (one.model_extra or {}).get("corrected")}


def _lang() -> Any:
    return say("zh", "en")
