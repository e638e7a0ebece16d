"""One indicator, one year, two values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from luoshi.amounts import split
from luoshi.check.catalogue import bounds, pattern
from luoshi.check.draft import Draft
from luoshi.check.finding import Found
from luoshi.check.intervals import Interval, in_base
from luoshi.check.numbers.dating import alone, flow, name, year
from luoshi.plan import Figure

Key = tuple[str, str, str, str, int]


def twice(draft: Draft) -> Iterator[Found]:
    """N08: the same indicator has two values for the same year."""
    for figures in grouped(draft).values():
        first = figures[0]
        for other in figures[1:]:
            one, two = in_base(first), in_base(other)
            apart = draft.sentence(first.start) != draft.sentence(other.start)
            if one and two and apart and not one.meets(two):
                yield _found(draft, first, other)
                break


def again(draft: Draft) -> Iterator[Found]:
    """N18: the same words in one part of the report, for the same period, lead to two different numbers."""
    rule = bounds()["again"]
    found: dict[tuple[str, str, str, str], Figure] = {}
    for one in draft.figures:
        words = lead(draft, one)
        if (
            len(words) < rule["least"]
            or one.tense != "plan"
            or one.measure != "level"
            or one.comparator not in ("eq", "ge")
        ):
            continue
        period = one.period.text if one.period else ""
        key = (words, one.unit, period, draft.outermost(one.section))
        first = found.setdefault(key, one)
        apart = draft.sentence(first.start) != draft.sentence(one.start)
        if apart and first.value != one.value and _differ(first, one):
            yield _again(draft, words, first, one)


def lead(draft: Draft, one: Figure) -> str:
    """The words of a clause that lead up to its number, without what only opens it; empty where they say too little."""
    rule = bounds()["again"]
    clause = re.split(r"[,、;:。()“”]", draft.before(one.start, rule["most"]))[-1]
    words = re.sub(rule["strip"], "", clause)
    plain = pattern("again", "begins").match(words) and not pattern("again", "never").search(words)
    return words if plain and not re.search(r"\d", words) else ""


def _differ(one: Figure, other: Figure) -> bool:
    first, second = in_base(one), in_base(other)
    if one.comparator != "eq" or other.comparator != "eq":
        return True
    return bool(first and second and not first.meets(second))


def _again(draft: Draft, words: str, first: Figure, other: Figure) -> Found:
    start = [one.start - len(words) for one in (other, first)]
    values = {"words": words, "first": first.text, "other": other.text, "sum": f"{first.text} ≠ {other.text}"}
    before = draft.place(start[1], first.end, "前面 before")
    return Found("N18", draft.place(start[0], other.end), (before,), values)


def grouped(draft: Draft) -> dict[Key, list[Figure]]:
    """Figures that should all say the same, in text order: same words, measure, tense, unit of measurement and year."""
    found: dict[Key, list[Figure]] = defaultdict(list)
    for code in bounds()["head"]["codes"]:
        for one in draft.by_code.get(code, ()):
            when, known = year(draft, one), split(one.unit)
            if when is None or known is None or not one.indicator or one.comparator != "eq":
                continue
            if one.measure in ("level", "growth") and alone(draft, one, sentence=True):
                found[
                    name(one) + flow(draft, one), one.measure + (one.direction or ""), one.tense, known[1].base, when
                ].append(one)
    return found


def _found(draft: Draft, first: Figure, other: Figure) -> Found:
    assert first.indicator
    one, two = in_base(first), in_base(other)
    values = {
        "name": first.indicator.name or first.indicator.text, "first": first.text, "other": other.text,
        "sum": f"{_said(first, one)} ∩ {_said(other, two)} = ∅",
    }  # fmt: skip
    return Found("N08", draft.phrase(other), (draft.phrase(first, "前面 before"),), values)


def _said(one: Figure, size: Interval | None) -> str:
    known = split(one.unit)
    assert size
    assert known
    return f"{one.text} = [{size.scaled(1 / (known[0] * known[1].factor))}]"


RULES = (twice, again)
