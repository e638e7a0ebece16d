"""From commitments to items: one matter, one item (一事一项), as a supervisor puts them in the register.

Every target stands by itself; what else one sentence promises is one matter, unless it names another day: what is due
in June and what is due in December are two. Slogans make no item.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

from luoshi.plan.model import Commitment, Deadline, Duty, Figure, Item, Kind
from luoshi.read.clauses import rules
from luoshi.read.judge import bare, lexicon, verb_of
from luoshi.read.words import table
from luoshi.source import fold

LONGEST_TITLE = 40
_STRONGEST: tuple[Kind, ...] = ("target", "project", "recognition", "hold", "action")
_NOISE = re.compile(r"[\[［【]\d{1,3}[\]］】]|[ \n]")
_CLAUSE = re.compile(r"[,;:]")
_LIST = re.compile("、")
_DIGIT = re.compile(r"\d")
_WHOLE = re.compile(r"\([^()]*\)|“[^“”]*”|《[^《》]*》")
_EDGES = ",;:。、 "
_LEAST_TITLE = 6


Charge = Callable[[Sequence[Commitment], str | None], tuple[Duty | None, tuple[Duty, ...]]]


def items(
    commitments: Sequence[Commitment], figures: Sequence[Figure], sentences: Sequence[int], charge: Charge | None = None
) -> tuple[Item, ...]:
    """The items of a report, numbered in text order; ``sentences[k]`` is the index of the sentence of commitment k.

    ``charge`` says who leads and who helps with the commitments of one matter in a section.
    """
    known = {figure.id: figure for figure in figures}
    matters: list[list[Commitment]] = []
    shared: dict[int, list[Commitment]] = {}
    before: dict[str, Commitment] = {}
    last: tuple[int, Commitment] | None = None
    for one, sentence in zip(commitments, sentences, strict=True):
        if one.kind == "slogan":
            continue
        if last and last[0] == sentence:
            before[one.id] = last[1]
        last = (sentence, one)
        matter = shared.get(sentence)
        if one.kind != "target" and matter and not _due_apart(matter, one):
            matter.append(one)
            continue
        matters.append([one])
        if one.kind != "target":
            shared[sentence] = matters[-1]
    matters.sort(key=lambda matter: matter[0].start)
    return tuple(_item(f"i{at}", matter, known, before, charge) for at, matter in enumerate(matters, 1))


def _due_apart(matter: Sequence[Commitment], one: Commitment) -> bool:
    """Whether ``one`` states a day of its own, other than one that the matter states."""
    if one.deadline.basis != "stated":
        return False
    stated = {before.deadline.date for before in matter if before.deadline.basis == "stated"}
    return bool(stated) and one.deadline.date not in stated


def _item(
    name: str, matter: list[Commitment], known: dict[str, Figure], before: dict[str, Commitment], charge: Charge | None
) -> Item:
    strongest = min(matter, key=lambda one: _STRONGEST.index(one.kind)) if len(matter) > 1 else matter[0]
    figures = {figure for one in matter for figure in one.figures if figure in known}
    lead, help_ = charge(matter, strongest.section) if charge else (None, ())
    return Item(
        id=name,
        title=_whole(_named(title(strongest), strongest, known), before.get(strongest.id)),
        commitments=tuple(one.id for one in matter),
        figures=tuple(sorted(figures, key=lambda figure: known[figure].start) if len(figures) > 1 else figures),
        section=strongest.section,
        kind=strongest.kind,
        deadline=_deadline([one.deadline for one in matter]),
        lead=lead,
        help=help_,
    )


def _whole(words: str, before: Commitment | None) -> str:
    """A title with that of the clause before in front, where it has no subject of its own (总投资3亿元)."""
    if before is None or _DIGIT.search(before.text) or not _bare().match(fold(words)):
        return words  # a number of the clause before is another matter's
    whole = f"{title(before)}，{words}"
    return whole if len(whole) <= LONGEST_TITLE else words


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(table("items")["bare"]["match"])


def _named(words: str, one: Commitment, known: dict[str, Figure]) -> str:
    """A title with the indicator in front where the clause leaves it to the one before (，2026年达到19.5亿元)."""
    first = known.get(one.figures[0]) if one.kind == "target" and one.figures else None
    if first is None or first.indicator is None or first.indicator.end > one.start:
        return words
    whole = _NOISE.sub("", first.indicator.text) + words
    return whole if len(whole) <= LONGEST_TITLE else words


def _deadline(found: list[Deadline]) -> Deadline:
    """The earliest that is stated, else the earliest that was inferred; a date goes before words that give none."""
    if len(found) == 1:
        return found[0]
    return min(found, key=lambda one: (one.basis != "stated", one.date is None, one.date or date.max))


def title(one: Commitment) -> str:
    """A short name of the matter, at most 40 characters: verb and object without what introduces them."""
    words = _NOISE.sub("", one.text) or one.text
    folded = fold(words)
    marks = _marks(folded, _CLAUSE)
    start = _past_edges(folded, _act(folded, marks) if marks else 0)
    limit = _NOISE.sub("", fold(one.deadline.text)) if one.deadline.text else ""
    if limit and folded.startswith(limit, start):
        start = _past_edges(folded, start + len(limit))
    found = lexicon()
    adverbs, rest = bare(folded[start:], found)
    if adverbs and verb_of(rest, found)[1] == "?":
        rest = adverbs[-1] + rest
    if len(rest) > 3:
        start = len(folded) - len(rest)
    end = next((mark for mark in marks if mark > start + _LEAST_TITLE), len(folded.rstrip(_EDGES)))
    return (words[start:end] if end - start <= LONGEST_TITLE else _cut(words, folded, start)) or words[:LONGEST_TITLE]


def _past_edges(folded: str, at: int) -> int:
    while at < len(folded) and folded[at] in _EDGES:
        at += 1
    return at


def _marks(folded: str, mark: re.Pattern[str]) -> list[int]:
    """Where ``mark`` stands outside quotes, brackets and titles of documents, which are never cut."""
    places = [m.start() for m in mark.finditer(folded)]
    if not places:
        return places
    quoted = [m.span() for m in _WHOLE.finditer(folded)]
    return [at for at in places if not any(start < at < end for start, end in quoted)]


def _act(folded: str, marks: list[int]) -> int:
    """Where the clause begins that acts: the first between two marks that does not only introduce."""
    made, at = rules(), 0
    for mark in marks:
        piece = folded[at:mark]
        if len(piece) >= made.least and not made.lead.match(piece) and not made.tail.found(piece):
            return at
        at = mark + 1
    return at if len(folded) - at >= made.least else 0


def _cut(words: str, folded: str, start: int) -> str:
    """The beginning of ``words[start:]``, up to the last 、 that leaves room for 等."""
    last = start + LONGEST_TITLE - 1
    cuts = [at for at in _marks(folded, _LIST) if start + _LEAST_TITLE <= at < last]
    return words[start : cuts[-1]] + "等" if cuts else words[start:last] + "…"
