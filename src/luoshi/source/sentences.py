"""Sentences, the short first ones that only announce their paragraph, and where paragraphs run together began."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

CLOSERS = "”’」』)"
STOP = re.compile(rf"\([^()\n]{{0,120}}\)|“[^“”\n]{{0,40}}”|[。!?…;]+[{CLOSERS}]*|\n")
LEAST_BODY = 8
_INNER = 10
_ALIKE = 3
_LONGER = 3
_NO_TITLE = re.compile(r"[0-9,;、“]")
_NUMERALS = "一二三四五六七八九十"
_COUNT = {name: at for at, name in enumerate((*_NUMERALS, *("十" + unit for unit in _NUMERALS[:9])), 1)}
_BEGUN = re.compile(
    rf"(?:^|(?<=[。!?;:”)]))\s?(?=(?P<chapter>[{_NUMERALS}]{{1,2}})、|\((?P<section>[{_NUMERALS}]{{1,2}})\)"
    r"|各位代表[!,:]|(?P<glossary>[※【\[]?名词[解注]释[※】\]]?:?))"
)


class Sentence(NamedTuple):
    """A stretch up to 。！？ or ；; ``head`` is where the whole sentence (to the last 。) began.

    ``section`` is the index of the innermost heading, −1 above the first; ``paragraph`` the index of the paragraph.
    """

    start: int
    end: int
    section: int
    head: int
    paragraph: int


def sentences(text: str, paragraphs: Sequence[tuple[int, int]], sections: Sequence[int]) -> Iterator[Sentence]:
    """The sentences of ``paragraphs`` in order; ``sections[n]`` is the index of the heading above paragraph ``n``."""
    for index, (start, end) in enumerate(paragraphs):
        head = at = start
        for m in STOP.finditer(text, start, end):
            first, last = text[m.start()], text[m.end() - 2 : m.end()]
            if first in "\n(" or (first == "“" and last[0] not in "。!?"):
                continue
            if m.end() > at:
                yield Sentence(at, m.end(), sections[index], head, index)
            at = _skip_blank(text, m.end(), end)
            if first != ";":
                head = at
        if at < end:
            yield Sentence(at, end, sections[index], head, index)


def begun(text: str, title: re.Pattern[str]) -> Iterator[int]:
    """Where paragraphs began in a ``text`` without line ends: behind a sentence at 一、 二、 三、 in sequence, at (一)
    (二) below them, at 各位代表 and 名词解释; and behind the ``title`` of a chapter that runs on into its text."""
    chapter = section = 0
    for m in _BEGUN.finditer(text):
        count = _COUNT.get(m["chapter"] or m["section"] or "", 0)
        if m["chapter"]:
            if count != chapter + 1 and (chapter, count) != (0, 2):
                continue
            chapter, section = count, 0
        elif m["section"]:
            if count not in (1, section + 1) and (section, count) != (0, 2):
                continue
            section = count
        yield m.end()
        if m["chapter"] and (named := title.match(text, m.end("chapter") + 1)):
            yield named.end()
        elif m["glossary"]:
            yield m.end("glossary")


def _skip_blank(text: str, at: int, end: int) -> int:
    while at < end and text[at] in " \n":
        at += 1
    return at


def lead_titles(
    text: str,
    paragraphs: Sequence[tuple[int, int]],
    told: Sequence[Sentence],
    bodies: Container[int],
    *,
    sizes: tuple[int, int],
    deeds: tuple[str, ...] = (),
) -> Iterator[tuple[int, int]]:
    """Short first sentences that only announce their paragraph; one that begins with a word of ``deeds`` never does.

    With ``sizes`` (short, long): one of up to ``short`` characters always does, one of up to ``long`` where its section
    has another like it; the first one after a heading (``bodies`` are the places) never does.
    """
    short, long = sizes
    firsts: dict[int, Sentence] = {}
    for one in told:
        firsts.setdefault(one.paragraph, one)
    candidates: list[tuple[Sentence, bool]] = []
    count: dict[int, int] = {}
    for index, one in firsts.items():
        start, end = paragraphs[index]
        size = one.end - one.start
        if start in bodies or size > long + 1 or end - one.end < LEAST_BODY:
            continue
        if text[one.end - 1] not in "。:" or any(c.isdigit() for c in text[one.start : one.end]):
            continue
        if text.startswith(deeds, one.start, one.end):
            continue
        sure = size <= short + 1 and "," not in text[one.start : one.end]
        candidates.append((one, sure))
        count[one.section] = count.get(one.section, 0) + 1
    for one, sure in candidates:
        if sure or count[one.section] > 1:
            yield one.start, one.end


def inner_titles(text: str, told: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Short sentences of a paragraph that announce what follows: three or more equally long, each before a long one.

    One alone may be a task like any other; three of one length, each with its text behind it, are headings run in.
    """
    alike: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for one, after in pairwise(told):
        size = one.end - one.start
        if size > _INNER or after.paragraph != one.paragraph or after.end - after.start < _LONGER * size:
            continue
        if text[one.end - 1] == "。" and not _NO_TITLE.search(text, one.start, one.end):
            alike.setdefault((one.paragraph, size), []).append((one.start, one.end))
    for found in alike.values():
        if len(found) >= _ALIKE:
            yield from found
