"""Cuts sentences into clauses a supervisor could sign off one by one. The words are in ``lexicon/clauses.toml``.

A clause is what stands between two commas or semicolons, with what introduces it (以…为抓手，) in front of it and what
only details it (其中…) behind it. Quotes, brackets and titles of documents are never cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from luoshi.read.parts import Part, part_at
from luoshi.read.words import table
from luoshi.source.outline import Outline, Sentence

# The comma of 1,200亿元 is no end of a clause.
_BOUND = re.compile(
    r"\([^()\n]{0,120}\)|“[^“”\n]{0,60}”|《[^《》\n]{0,60}》|:(?!\d)"
    r"|[;。!?]|,(?!(?<=\d,)(?<!\d{4},)\d{3}(?!\d))|…+"
)
_WHOLE = frozenset("(“《")
_BLANK = " \n"
_MARK = re.compile(
    r"[①-⑳]|\(?\d{1,2}[.、)](?!\d)|[一二三四五六七八九十]{1,2}[是要、]|第[一二三四五六七八九十]+[,、]|—{1,2}"
)
_MARKS = frozenset("(第—一二三四五六七八九十0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_MEMBER = re.compile(r"[^ \n,;。](?:[^ ,;。\n]|\n\n(?=[^ \n]+(?:\n|$)))*")


class Stretch(NamedTuple):
    """A clause before it is judged: ``text[start:end]``; ``core`` is where it begins without its introduction.

    ``stop`` is the mark after it (empty at a line's end), ``place`` and ``left`` count the clauses before and after it
    in its sentence, ``opens`` says whether its sentence opens the paragraph, ``part`` and ``sentence`` are the indices
    of its section and sentence; ``other`` says that somebody else speaks or acts.
    """

    start: int
    end: int
    core: int
    stop: str
    place: int
    left: int
    opens: bool
    part: int
    other: bool
    sentence: int


class Place(NamedTuple):
    """Where a sentence stands: index of its section, its own index, whether it opens its paragraph."""

    part: int
    sentence: int
    opens: bool


class Ending(NamedTuple):
    """Words that a clause may end with, and the pattern that looks closer where the last character is one of theirs."""

    last: frozenset[str]
    match: re.Pattern[str]

    @classmethod
    def of(cls, words: list[str], before: str = "") -> Ending:
        """The ending by any of ``words`` (patterns that end in a literal character) behind what ``before`` allows."""
        return cls(frozenset(word[-1] for word in words), re.compile(f"{before}(?:{'|'.join(words)})$"))

    def found(self, words: str) -> bool:
        """Whether the clause ``words`` ends so."""
        return words[-1] in self.last and self.match.search(words) is not None


@dataclass(frozen=True, slots=True)
class Rules:
    """The words of ``clauses.toml``, compiled."""

    lead: re.Pattern[str]
    tail: Ending
    least: int
    trail: tuple[str, ...]
    reporting: tuple[Ending, ...]
    statement: re.Pattern[str]
    others: re.Pattern[str]
    ours: re.Pattern[str]
    roles: frozenset[str]
    wish: frozenset[str]
    firm: frozenset[str]
    sure: re.Pattern[str]
    longest: int
    kinds: frozenset[str]
    near: float


@cache
def rules() -> Rules:
    """The compiled rules of cutting, read once."""
    raw = table("clauses")
    lead, statement = raw["lead"], raw["statement"]
    return Rules(
        lead=re.compile(f"(?:{lead['before']})*(?:{'|'.join(lead['words'])})(?!{lead['acts']})"),
        tail=Ending.of(lead["tail"]),
        least=lead["least"],
        trail=tuple(raw["trail"]["words"]),
        reporting=tuple(Ending.of(row["words"], row["before"]) for row in raw["reporting"]),
        statement=re.compile(statement["match"]),
        others=re.compile(statement["others"]),
        ours=re.compile(statement["ours"]),
        roles=frozenset(raw["where"]["roles"]),
        wish=frozenset(raw["where"]["wish"]),
        firm=frozenset(raw["sure"]["roles"]),
        sure=re.compile(raw["sure"]["match"]),
        longest=raw["sure"]["longest"],
        kinds=frozenset(raw["sure"]["kinds"]),
        near=raw["sure"]["near"],
    )


def stretches(text: str, outline: Outline, parts: tuple[Part, ...], outside: Iterable[int] = ()) -> Iterator[Stretch]:
    """Every clause of the sections that look ahead, in text order; lead titles and headings are left out.

    ``outside`` is where sentences begin in which not the report speaks: a reporter, a delegate, a caption.
    """
    made = rules()
    titles = {start for start, _ in outline.titles}.union(outside)
    for at, sentence in enumerate(outline.sentences):
        part = part_at(parts, sentence.start)
        if part < 0 or parts[part].role not in made.roles or sentence.start in titles:
            continue
        opens = outline.paragraphs[sentence.paragraph][0] == sentence.start
        if parts[part].role == "box":
            yield from _members(text, sentence, part, at)
        else:
            yield from _cut(text, sentence, Place(part, at, opens), made)


def _members(text: str, sentence: Sentence, part: int, at: int) -> Iterator[Stretch]:
    """Members of a box stand side by side with nothing but a blank between them."""
    for m in _MEMBER.finditer(text, sentence.start, sentence.end):
        yield Stretch(*m.span(), m.start(), "", 0, 0, False, part, False, at)


def _cut(text: str, sentence: Sentence, where: Place, made: Rules) -> Iterator[Stretch]:
    kept: list[tuple[int, int, int, str, bool]] = []
    pending = -1
    other = bool(made.others.match(text, sentence.start, sentence.end))
    for start, end, stop in _pieces(text, sentence):
        words = text[start:end]
        if other and made.ours.match(words):
            other = False
        if pending < 0 and any(one.found(words) for one in made.reporting):
            continue
        if kept and pending < 0 and words != "其中" and words.startswith(made.trail):
            before = kept[-1]
            kept[-1] = (before[0], end, before[2], stop, before[4])
            continue
        first = start if pending < 0 else pending
        if stop == "," and (len(words) < made.least or made.lead.match(words) or made.tail.found(words)):
            pending = first
            continue
        pending = -1
        kept.append((first, end, start, stop, other))
    last = len(kept) - 1
    for at, (first, end, core, stop, others) in enumerate(kept):
        yield Stretch(first, end, core, stop, at, last - at, where.opens, where.part, others, where.sentence)


def _pieces(text: str, sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """The stretches between marks, without list marks and blanks around them, each with the mark that ends it."""
    at = sentence.start
    for m in _BOUND.finditer(text, sentence.start, sentence.end):
        mark = text[m.start()]
        if mark in _WHOLE:
            continue
        start, end = _trimmed(text, at, m.start())
        if start < end:
            yield start, end, mark
        at = m.end()
    start, end = _trimmed(text, at, sentence.end)
    if start < end:
        yield start, end, ""


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _BLANK:
        start += 1
    mark = _MARK.match(text, start, end) if start < end and text[start] in _MARKS else None
    if mark and mark.end() < end:
        start = mark.end()
        while start < end and text[start] in _BLANK:
            start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return start, end
