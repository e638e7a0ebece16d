"""Commitments: the clauses in which the government undertakes something, each with its kind, strength and deadline."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from luoshi.plan.model import Kind, Strength
from luoshi.read.clauses import Rules, Stretch, rules, stretches
from luoshi.read.judge import Weights, margins, score, undertaken
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


def commitments(
    text: str,
    outline: Outline,
    parts: tuple[Part, ...],
    numbers: Sequence[Span],
    outside: Iterable[int] = (),
    *,
    made: Weights | None = None,
) -> list[Promise]:
    """Every clause of the parts that look ahead, in text order; wishes too: kind ``slogan``, nobody's and never due.

    ``text`` is the folded view, ``numbers`` the spans of its figures in order, ``outside`` where sentences begin that
    are not the report's own words, ``made`` other weights than those of ``weights.csv``.
    """
    found = list(stretches(text, outline, parts, outside))
    roles, wishes = [part.role for part in parts], rules().wish
    scores = [
        0.0 if (role := roles[one.part]) in wishes else score(text[one.core : one.end], one, role, made)
        for one in found
    ]
    starts = [start for start, _ in numbers]
    return [
        _promise(text, one, parts[one.part], margin, _counts(one, starts))
        for one, margin in zip(found, margins(scores, found), strict=True)
    ]


def _counts(one: Stretch, starts: Sequence[int]) -> bool:
    """Whether a figure begins in the clause."""
    at = bisect_left(starts, one.core)
    return at < len(starts) and starts[at] < one.end


def _promise(text: str, one: Stretch, part: Part, margin: float, counted: bool) -> Promise:
    """The clause as a promise where its words weigh enough, or where what it says is no wish whatever they weigh.

    What announces a list (it ends in a colon) promises nothing; its members do.
    """
    made = rules()
    if part.role not in made.wish and one.stop != ":":
        due = stated_deadline(text, one.start, one.end)
        told = margin > 0 or counted or due is not None or bool(made.sure.search(text, one.core, one.end))
        if told or margin > made.near:
            kind, rule = kind_of(undertaken(text[one.core : one.end]), counted, part.role, part.title)
            if margin > 0 or (part.role in made.firm and (told or rule in made.kinds) and _may(text, one, made)):
                strength = strength_of(text[one.start : one.end])
                return Promise(one.start, one.end, kind, strength, due, one.part, one.sentence, f"clause.{rule}")
    return Promise(one.start, one.end, "slogan", "own", None, one.part, one.sentence, "clause.wish")


def _may(text: str, one: Stretch, made: Rules) -> bool:
    """Whether nothing speaks against a promise: no other's words, no statement, no long account."""
    if one.other or one.end - one.core > made.longest:
        return False
    return not made.statement.search(text, one.core, one.end)
