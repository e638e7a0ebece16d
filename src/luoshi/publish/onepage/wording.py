"""Words for the picture: the report's own, cleaned and cut, and the lists of ``words.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from luoshi.plan.model import Figure
from luoshi.publish.onepage.board import Label, Quote
from luoshi.source import Document, fold

ELLIPSIS = "…"
_NOTE_MARK = re.compile(r"[\[［〔]\d{1,3}[\]］〕]")
_PAGE_MARK = re.compile(r"\s*\n\s*[—–－-]+\s*\d{1,4}\s*[—–－-]+\s*\n\s*")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_LINE = 38  # a note's line, in Chinese characters
_STOPS = "。！？；!?;\n"
_BLANK = re.compile(r"\s+")
_GAP = re.compile(r"(?<=[A-Za-z0-9])(\s+)(?=[A-Za-z0-9])|\s+")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_HALF_MARK = re.compile(r"(?<=[㐀-鿿”’》）])[,;:?!()]|[,;:?!()](?=[㐀-鿿“‘《（])")
_LATIN = re.compile(r"[\dA-Za-z.,%]")
_LATIN_TAIL = re.compile(r"[\dA-Za-z.,%]+$")


@cache
def words() -> dict[str, Any]:
    """The lists of ``words.toml``."""
    text = resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def label(name: str) -> Label:
    """One of our own words."""
    return Label(words()["labels"][name])


def squeeze(text: str) -> str:
    """``text`` for comparing: half-width forms, no blanks, no marks of notes (``[12]``) or pages (``— 6 —``).

    Quotation marks are all straight: which of a pair a straight one is depends on how much of the text is at hand.
    """
    return _BLANK.sub("", fold(_unmarked(text))).translate(_STRAIGHT)


def _unmarked(text: str) -> str:
    """``text`` without what the page put into it: marks of notes, numbers of pages, characters nobody sees."""
    return _UNSEEN.sub("", _NOTE_MARK.sub("", _PAGE_MARK.sub("", text)))


def clean(text: str) -> str:
    """``text`` for printing: letters and digits half-width, marks between Chinese full-width, no blanks inside."""
    plain = _unmarked(text)
    half = "".join(fold(char) if char.isalnum() or char in "％．＋－" else char for char in plain)
    joined = _GAP.sub(lambda gap: " " if gap[1] else "", half)
    return _HALF_MARK.sub(lambda mark: _FULL[mark[0]], joined)


def spaced(title: str) -> str:
    """A heading for printing: like :func:`clean`, but a gap between its words stays (高度　坚持制造强区)."""
    return "　".join(filter(None, map(clean, re.split(r"(?<=[㐀-鿿])[ 　]+(?=[㐀-鿿])", title.strip()))))


def cut(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters; what is left out is shown by ``…`` and never splits a number."""
    if len(text) <= limit:
        return text
    if limit < 1:
        return ""
    kept = text[: limit - 1]
    if _LATIN.match(text[len(kept)]):
        kept = _LATIN_TAIL.sub("", kept)
    return kept.rstrip("，、；：,（“《 ") + ELLIPSIS


def breadth(text: str) -> float:
    """How wide ``text`` runs, in Chinese characters."""
    return sum(0.56 if char.isascii() else 1.0 for char in text)


def head(text: str, room: float) -> str:
    """The beginning of ``text`` within ``room`` Chinese characters' width."""
    shown = text
    while shown and breadth(shown) > room:
        shown = cut(text, len(shown) - 1)
    return shown


def tail(text: str, room: float) -> str:
    """The end of ``text`` within ``room`` Chinese characters' width."""
    return head(text[::-1], room)[::-1]


def sentence_start(document: Document, at: int) -> int:
    """Where the sentence around the offset begins."""
    return max(document.text.rfind(stop, 0, at) for stop in _STOPS) + 1


def sentence_end(document: Document, at: int) -> int:
    """Where the sentence around the offset ends, its mark not included."""
    ends = [found for found in (document.text.find(stop, at) for stop in _STOPS) if found >= 0]
    return min(ends, default=len(document.text))


def around(document: Document, start: int, end: int) -> tuple[str, int, int, tuple[tuple[int, int], ...]]:
    """The sentence of a stretch, or as much of it around the stretch as a line holds; its place; where the words are.

    Four members of a quote: text, start, end, and the stretch within the text.
    """
    text = document.text
    low, high = sentence_start(document, start), sentence_end(document, end)
    before, middle, after = clean(text[low:start]), head(clean(text[start:end]), _LINE), clean(text[end:high])
    room = _LINE - breadth(middle)
    left = tail(before, max(room * 3 / 5, room - breadth(after)))
    right = head(after, room - breadth(left)) if middle == clean(text[start:end]) else ""
    return left + middle + right, low, high, ((len(left), len(left) + len(middle)),)


def numbers_in(text: str, number: str | None) -> tuple[tuple[int, int], ...]:
    """Where ``number`` stands in ``text``, whole: not within a longer one."""
    if not number:
        return ()
    found = re.search(rf"(?<![\d.]){re.escape(clean(number))}", text)
    return (found.span(),) if found else ()


def quote(document: Document, start: int, end: int, limit: int = 400) -> Quote:
    """The document's words from ``start`` to ``end``."""
    return Quote(cut(clean(document.text[start:end]), limit), start, end)


def titled(text: str, document: Document, span: tuple[int, int], figures: list[Figure], limit: int) -> Quote:
    """A title that the plan gives to the stretch ``span``, with the numbers of ``figures`` marked."""
    whole, (start, end) = clean(text), span
    for mark in _PAGE_MARK.findall(document.text[start:end]):  # the title has it without the ends of lines
        whole = whole.replace(clean(_BLANK.sub("", mark)), "")
    shown = cut(whole, limit)
    strong = []
    for figure in figures:
        number = clean(figure.text)
        at = shown.find(number)
        if at >= 0 and at + len(number) <= len(shown.removesuffix(ELLIPSIS)):
            strong.append((at, at + len(number)))
    return Quote(shown, start, end, _apart(strong), loose=True)


def _apart(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """``spans`` in order, without those that begin inside an earlier one."""
    kept: list[tuple[int, int]] = []
    for span in sorted(set(spans)):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return tuple(kept)
