"""The door: plan and document in, pictures out, or the problems that kept them from being drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pypdfium2

from luoshi.plan.model import Plan
from luoshi.problems import Problem, problem
from luoshi.publish import fonts
from luoshi.publish.onepage.board import leaves
from luoshi.publish.onepage.drawing import Drawing, Format, Kind, Unshown, Width
from luoshi.publish.onepage.retelling import headline, retell
from luoshi.publish.onepage.selection import select
from luoshi.publish.onepage.truth import check, printed, strays
from luoshi.publish.onepage.wording import words
from luoshi.source import Document


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures by format (``svg`` ``png`` ``pdf``), the same in words, and what is wrong.

    ``files`` is empty where a problem is an error: a picture that could mislead is not handed out.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    text: str = ""
    problems: tuple[Problem, ...] = ()


def onepage(
    plan: Plan,
    document: Document,
    *,
    formats: Sequence[Format] = ("svg", "png", "pdf"),
    theme: str = "calm",
    width: Width = "phone",
) -> Pictures:
    """The one picture 一图读懂 of ``plan``, read from ``document``; the same plan always gives the same bytes.

    ``theme`` is one of ``themes()``, ``width`` one of ``widths()``. Every number in it is a number of the plan with the
    same unit, checked before and after drawing; a character without a glyph is shown as 〓 and reported.
    """
    board = select(plan, document)
    if board.empty:
        return Pictures(problems=(problem("W023"),))
    untrue = check(board, plan, document)
    if untrue:
        return Pictures(problems=tuple(untrue))
    look = Look(tuple(formats), theme, width)
    told = Told("promise", board, words()["labels"], tuple(leaves(board)), headline(board), retell(board))
    return handed_out(told, look, [document.text])


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is to look, and in which formats."""

    formats: tuple[Format, ...] = ("svg", "png", "pdf")
    theme: str = "calm"
    width: Width = "phone"


@dataclass(frozen=True, slots=True)
class Told:
    """A picture before it is drawn: its tree, the labels, the leaves of the tree, its title, and the same in words."""

    kind: Kind
    board: object
    labels: Mapping[str, str]
    shown: tuple[Any, ...]
    title: str
    text: str


def handed_out(told: Told, look: Look, texts: Sequence[str]) -> Pictures:
    """The pictures, or the problems that keep them back; a character without a glyph is looked for in ``texts``."""
    drawing, absent = _drawn(told, look)
    stray = strays(_text_of(drawing.pdf), told.shown, _footers(drawing, told.title))
    if stray:
        return Pictures(problems=tuple(stray))
    files = {name: data for form in dict.fromkeys(look.formats) for name, data in drawing.as_files(form).items()}
    described = {
        name: _described(data, told.title, told.text) if name.endswith("svg") else data for name, data in files.items()
    }
    return Pictures(described, told.text, tuple(_absent(char, texts) for char in absent))


def _drawn(told: Told, look: Look) -> tuple[Drawing, tuple[str, ...]]:
    """The drawing, and the characters that the fonts cannot show: those of the list, and any the guard still finds."""
    absent = fonts.missing("".join(map(printed, told.shown)))
    about: dict[str, Any] = {"title": told.title, "theme": look.theme, "width": look.width}
    try:
        return Drawing(told.kind, told.board, told.labels, absent=absent, **about), absent
    except Unshown as error:
        absent += error.characters
        return Drawing(told.kind, told.board, told.labels, absent=absent, **about), absent


def _footers(drawing: Drawing, title: str) -> str:
    """What stands at the foot of every sheet where there are several."""
    pages = range(1, drawing.pages + 1) if drawing.pages > 1 else ()
    return "\n".join(f"{title} {page} / {drawing.pages}" for page in pages)


def _absent(char: str, texts: Sequence[str]) -> Problem:
    at = next((found for text in texts if (found := text.find(char)) >= 0), -1)
    point = " ".join(f"U+{ord(one):04X}" for one in char)
    place = {"start": at, "end": at + len(char)} if at >= 0 else {}
    return problem("W022", char=char, point=point, **place)


def _text_of(pdf: bytes) -> str:
    """The text of the drawn picture, taken from its bytes."""
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(str(page.get_textpage().get_text_range()) for page in opened)
    finally:
        opened.close()


def _described(svg: bytes, title: str, text: str) -> bytes:
    """The SVG as one image with a title and a description, which a screen reader says in place of outlines."""
    mark = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    opening, rest = svg.split(b">", 1)
    about = (
        f' role="img" lang="zh-CN" aria-labelledby="title-{mark}" aria-describedby="about-{mark}">'
        f'<title id="title-{mark}">{escape(title)}</title><desc id="about-{mark}">{escape(text)}</desc>'
    )
    return opening + about.encode("utf-8", "replace") + rest
