"""What qualifies a promise: its condition, how firmly it is said, whose it is, how often it comes round.

Found by the words of ``lexicon/qualifiers.toml``, each kept with its place; nothing here changes what is promised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, cast

from luoshi.plan.model import Every, QualifierKind, Strength
from luoshi.read.words import table

# Qualifiers stand near the head of a clause; a clause may be as long as a line.
_LOOK = 120
_BACK = 4


class Qualified(NamedTuple):
    """Words ``text[start:end]`` that qualify a promise; ``every`` only for what comes round."""

    kind: QualifierKind
    start: int
    end: int
    every: Every | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    hint: re.Pattern[str]
    hints: dict[str, QualifierKind]
    by_kind: dict[QualifierKind, re.Pattern[str]]
    opening: re.Pattern[str]
    recurrence: re.Pattern[str]
    not_after: re.Pattern[str]
    not_before: re.Pattern[str]


@cache
def _words() -> _Words:
    raw = table("qualifiers")
    hints: dict[str, QualifierKind] = {word: kind for kind, words in raw["hint"].items() for word in words}
    kinds: tuple[QualifierKind, ...] = ("condition", "hedge", "firm", "seek", "assist")
    again = raw["recurrence"]
    return _Words(
        # Plain words side by side: the engine skips to their first characters, which it does not for a trie in groups.
        hint=re.compile("|".join(sorted(hints, key=len, reverse=True))),
        hints=hints,
        by_kind={kind: re.compile(raw[kind]["match"]) for kind in kinds},
        opening=re.compile(raw["condition"]["opening"]),
        recurrence=re.compile(again["match"]),
        not_after=re.compile(again["not_after"]),
        not_before=re.compile(again["not_before"]),
    )


def qualifiers(text: str, start: int, end: int, sentence: int, strength: Strength) -> Sequence[Qualified]:
    """The qualifiers of the promise ``text[start:end]`` of the folded text, in text order.

    ``sentence`` is where its sentence begins: a condition there holds for every clause up to the semicolon.
    """
    words, stop = _words(), min(end, start + _LOOK)
    first = words.opening.match(text, sentence, start) if sentence < start else None
    said = words.hint.findall(text, start, stop)
    if not (first or said or strength != "own"):
        return ()
    hinted = {words.hints[word] for word in said}
    if strength != "own":
        hinted.add(strength)
    found = [Qualified("condition", *first.span())] if first else []
    found += _inside(words, text, (start, stop), hinted, strength)
    found.sort(key=lambda one: one.start)
    return found


def _inside(
    words: _Words, text: str, where: tuple[int, int], hinted: Set[QualifierKind], strength: Strength
) -> Iterator[Qualified]:
    """The first of every kind that is hinted at; a word inside a condition belongs to it."""
    start, stop = where
    inside = (-1, -1)
    for kind, pattern in words.by_kind.items():
        if kind not in hinted:
            continue
        match = pattern.search(text, start, stop)
        if match is None or inside[0] <= match.start() < inside[1]:
            continue
        if kind == "condition":
            inside = match.span()
        # What the words of strength say is said once: 争取 is no hedge where it seeks.
        if not (kind == "hedge" and strength == "seek" and words.by_kind["seek"].match(match[0])):
            yield Qualified(kind, *match.span())
    for match in words.recurrence.finditer(text, start, stop) if "recurrence" in hinted else ():
        before, at = max(start, match.start() - _BACK), match.start()
        if not words.not_after.search(text, before, at) and not words.not_before.match(text, match.end(), stop):
            yield Qualified("recurrence", *match.span(), cast("Every", match.lastgroup))
            return
