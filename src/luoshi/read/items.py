"""From commitments to items: one matter, one item (一事一项), as a supervisor puts them in the register.

Every target stands by itself; what else one sentence promises is one matter, unless it names another day: what is due
in June and what is due in December are two. Slogans make no item.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from luoshi.plan.model import Commitment, Deadline, Figure, Item, Kind
from luoshi.read.clauses import rules
from luoshi.read.judge import bare, lexicon, verb_of
from luoshi.source import fold

LONGEST_TITLE = 40
_STRONGEST: tuple[Kind, ...] = ("target", "project", "recognition", "hold", "action")
_NOISE = re.compile(r"\[\d{1,3}\]|[ \n]")
_CLAUSE = re.compile(r"[,;:]")
_WHOLE = re.compile(r"\([^()]*\)|“[^“”]*”|《[^《》]*》")
_EDGES = ",;:。、 "
_LEAST_TITLE = 6


def items(commitments: Sequence[Commitment], figures: Sequence[Figure], sentences: Sequence[int]) -> tuple[Item, ...]:
    """The items of a report, numbered in text order; ``sentences[k]`` is the index of the sentence of commitment k."""
    order = {figure.id: at for at, figure in enumerate(figures)}
    matters: list[list[Commitment]] = []
    shared: dict[int, list[Commitment]] = {}
    for one, sentence in zip(commitments, sentences, strict=True):
        if one.kind == "slogan":
            continue
        matter = shared.get(sentence)
        if one.kind != "target" and matter and not _due_apart(matter, one):
            matter.append(one)
            continue
        matters.append([one])
        if one.kind != "target":
            shared[sentence] = matters[-1]
    matters.sort(key=lambda matter: matter[0].start)
    return tuple(_item(f"i{at}", matter, order) for at, matter in enumerate(matters, 1))


def _due_apart(matter: Sequence[Commitment], one: Commitment) -> bool:
    """Whether ``one`` states a day of its own, other than one that the matter states."""
    stated = {before.deadline.date for before in matter if before.deadline.basis == "stated"}
    return one.deadline.basis == "stated" and bool(stated) and one.deadline.date not in stated


def _item(name: str, matter: list[Commitment], order: dict[str, int]) -> Item:
    strongest = min(matter, key=lambda one: _STRONGEST.index(one.kind))
    figures = {figure for one in matter for figure in one.figures}
    return Item(
        id=name,
        title=title(strongest),
        commitments=tuple(one.id for one in matter),
        figures=tuple(sorted(figures, key=lambda figure: order.get(figure, len(order)))),
        section=strongest.section,
        kind=strongest.kind,
        deadline=_deadline([one.deadline for one in matter]),
    )


def _deadline(found: list[Deadline]) -> Deadline:
    """The earliest that is stated, else the earliest that was inferred; a date goes before words that give none."""
    if len(found) == 1:
        return found[0]
    return min(found, key=lambda one: (one.basis != "stated", one.date is None, one.date or date.max))


def title(one: Commitment) -> str:
    """A short name of the matter, at most 40 characters: verb and object without what introduces them."""
    words = _NOISE.sub("", one.text) or one.text
    folded = fold(words)
    start = _past_edges(folded, _act(folded, _quoted(folded)))
    limit = _NOISE.sub("", fold(one.deadline.text)) if one.deadline.text else ""
    if limit and folded.startswith(limit, start):
        start = _past_edges(folded, start + len(limit))
    found = lexicon()
    adverbs, rest = bare(folded[start:], found)
    if adverbs and verb_of(rest, found)[1] == "?":
        rest = adverbs[-1] + rest
    if len(rest) > 3:
        start = len(folded) - len(rest)
    return _short(words[start:], folded[start:]) or words[:LONGEST_TITLE]


def _past_edges(folded: str, at: int) -> int:
    while at < len(folded) and folded[at] in _EDGES:
        at += 1
    return at


def _quoted(folded: str) -> list[tuple[int, int]]:
    """Quotes, brackets and titles of documents, which are never cut."""
    return [m.span() for m in _WHOLE.finditer(folded)]


def _inside(at: int, quoted: list[tuple[int, int]]) -> bool:
    return any(start < at < end for start, end in quoted)


def _act(folded: str, quoted: list[tuple[int, int]]) -> int:
    """Where the clause begins that acts: the first between two marks that does not only introduce."""
    made, at = rules(), 0
    for m in _CLAUSE.finditer(folded):
        if _inside(m.start(), quoted):
            continue
        piece = folded[at : m.start()]
        if len(piece) >= made.least and not made.lead.match(piece) and not made.tail.search(piece):
            return at
        at = m.end()
    return at if len(folded) - at >= made.least else 0


def _short(words: str, folded: str) -> str:
    """``words``, or their beginning up to a mark outside quotes, with 等 where a list was cut."""
    quoted = _quoted(folded)
    marks = (m.start() for m in _CLAUSE.finditer(folded) if m.start() > _LEAST_TITLE and not _inside(m.start(), quoted))
    end = next(marks, len(folded.rstrip(_EDGES)))
    if end <= LONGEST_TITLE:
        return words[:end]
    cuts = [at for at in range(_LEAST_TITLE, LONGEST_TITLE - 1) if folded[at] == "、" and not _inside(at, quoted)]
    return words[: cuts[-1]] + "等" if cuts else words[: LONGEST_TITLE - 1] + "…"
