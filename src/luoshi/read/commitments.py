"""Commitments: the clauses in which the government undertakes something, each with its kind, strength and deadline."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.plan.model import Kind, Strength
from luoshi.read.clauses import Stretch, rules, stretches
from luoshi.read.judge import bare, judged, lexicon, plain, score
from luoshi.read.kinds import kind_of, stated_deadline, strength_of
from luoshi.read.parts import Part
from luoshi.source.outline import Outline

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Promise:
    """A clause ``text[start:end]`` with what it undertakes; ``part`` and ``sentence`` are indices."""

    start: int
    end: int
    kind: Kind
    strength: Strength
    deadline: Span | None
    part: int
    sentence: int
    rule: str


def commitments(text: str, outline: Outline, parts: tuple[Part, ...], numbers: Sequence[Span]) -> list[Promise]:
    """Every clause of the parts that look ahead, in text order; wishes too: kind ``slogan``, nobody's and never due.

    ``text`` is the folded view, ``numbers`` the spans of its figures in order.
    """
    found = list(stretches(text, outline, parts))
    scores = [score(text[one.core : one.end], one, parts[one.part].role) for one in found]
    starts = [start for start, _ in numbers]
    wishes = rules().wish
    made = []
    for one, meant in zip(found, judged(scores, found), strict=True):
        part = parts[one.part]
        sure = meant or (part.role in rules().firm and _evident(text, one, starts))
        made.append(_promise(text, one, part, starts, meant=sure and part.role not in wishes))
    return made


def _evident(text: str, one: Stretch, starts: Sequence[int]) -> bool:
    """Whether a clause is no wish whatever its words weigh: it counts, names a day, or says what is no wish."""
    made = rules()
    if one.other or made.statement.search(text, one.core, one.end) or one.end - one.core > made.longest:
        return False
    counted = bisect_left(starts, one.core) < bisect_left(starts, one.end)
    return (
        counted
        or stated_deadline(text, one.start, one.end) is not None
        or bool(made.sure.search(text, one.core, one.end))
    )


def _promise(text: str, one: Stretch, part: Part, starts: Sequence[int], *, meant: bool) -> Promise:
    if not meant:
        return Promise(one.start, one.end, "slogan", "own", None, one.part, one.sentence, "clause.wish")
    counted = bisect_left(starts, one.start) < bisect_left(starts, one.end)
    rest = bare(plain(text[one.core : one.end]), lexicon())[1]
    kind, rule = kind_of(rest, counted, part.role, part.title)
    strength = strength_of(text[one.start : one.end])
    span = stated_deadline(text, one.start, one.end)
    return Promise(one.start, one.end, kind, strength, span, one.part, one.sentence, f"clause.{rule}")
