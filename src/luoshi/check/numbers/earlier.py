"""This year's growth against last year's report: amount now ÷ amount then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from luoshi.amounts import split
from luoshi.check.catalogue import bounds, pattern
from luoshi.check.draft import Draft
from luoshi.check.finding import Found
from luoshi.check.intervals import Interval, in_base, written
from luoshi.check.numbers.dating import priced, same_words, starts, year
from luoshi.check.numbers.sizes import levels
from luoshi.plan import Figure

_AGAINST = re.compile(r"同比|[比较](?:上年|去年|前年|年初|上年同期|去年同期)")


def growth(draft: Draft) -> Iterator[Found]:
    """N11: the amount told last year, grown at the rate told now, is the amount told now."""
    before = draft.earlier
    if before is None or draft.year is None or before.year != draft.year - 1:
        return
    for code in draft.by_code:
        for one in reported(draft, code):
            then = [old for old in reported(before, code) if same_words(old, one) and same_kind(old, one)]
            rate = _rate(draft, one)
            found = _compare(draft, before, one, rate, then) if rate and then else None
            if found:
                yield found
                break


def reported(draft: Draft, code: str) -> list[Figure]:
    """The amounts of an indicator that the report tells for the year before it."""
    assert draft.year
    return [one for one in levels(draft, code) if one.tense == "done" and year(draft, one) == draft.year - 1]


def _rate(draft: Draft, one: Figure) -> Figure | None:
    """The growth told right behind the amount: 483.5亿元，增长5.1%; 88.6%，提高2个百分点."""
    if _ends_path(draft, one):
        return None
    for two in draft.figures_in(one.end, draft.part(one.start).end)[: bounds()["change"]["near"]]:
        if two.measure not in ("growth", "change") or not two.direction or two.comparator != "eq":
            continue
        link = _AGAINST.sub("", draft.folded[one.end : two.start])
        if pattern("change", "unlike").search(link) or pattern("years", "adjusted").search(link):
            return None
        if _same_subject(one, two) or pattern("years", "link").match(link):
            return two
    return None


def _same_subject(one: Figure, other: Figure) -> bool:
    """Whether the plan has both figures measure what the same words name."""
    return one.indicator is not None and one.indicator == other.indicator


def _ends_path(draft: Draft, one: Figure) -> bool:
    """Whether it is the end of 由 A 增加到 B: what follows is then told of A, not of last year."""
    before = draft.figures_in(draft.part(one.start).start, one.start)[-1:]
    return any(starts(draft, two) and "," not in draft.folded[two.end : one.start] for two in before)


def _compare(draft: Draft, before: Draft, now: Figure, rate: Figure, then: list[Figure]) -> Found | None:
    told = written(rate)
    answers = [(old, *answer) for old in then if (answer := _answer(now, old, rate))]
    if told is None or not answers:
        return None
    told = told if rate.direction == "up" else Interval(-told.high, -told.low)
    if any(_wide(now, rate, size).meets(told) for _, size, _ in answers):
        return None
    old, size, sum_ = answers[0]
    values = {
        "now": now.text, "then": old.text, "told": rate.text, "computed": f"{size}{rate.unit}", "sum": sum_,
        "year": (draft.year or 0) - 1,
    }  # fmt: skip
    place = before.phrase(old, "去年的报告 last year's report")._replace(earlier=True)
    return Found("N11", draft.at(rate), (draft.phrase(now, "今年 now"), place), values)


def _answer(now: Figure, then: Figure, rate: Figure) -> tuple[Interval, str] | None:
    """What the two amounts make of it, in the unit of what is told, and the arithmetic."""
    old, new, known = in_base(then), in_base(now), split(rate.unit)
    if old is None or new is None or known is None:
        return None
    if rate.measure == "growth":
        ratio = new.over(old)
        size = ratio.shifted(-1).scaled(100) if ratio else None
        return (size, f"{now.text} ÷ {then.text} - 1 = {size}%") if size else None
    here = split(now.unit)
    if (
        here is None
        or here[1].dimension != known[1].dimension
        or (here[1].base != known[1].base and here[1].base != "%")
    ):
        return None
    size = (new - old).scaled(1 / (known[0] * known[1].factor))
    return size, f"{now.text} - {then.text} = {size}{rate.unit}"


def _wide(now: Figure, rate: Figure, size: Interval) -> Interval:
    slack = Decimal(bounds()["slack"]["rate"])
    if rate.measure == "growth" and priced(now):
        prices = bounds()["prices"]
        return size.wider(slack + Decimal(prices["above"]), slack + Decimal(prices["below"]))
    return size.wider(slack, slack) if rate.measure == "growth" else size


def same_kind(one: Figure, other: Figure) -> bool:
    """Whether two amounts are counted in the same base unit."""
    known, unknown = split(one.unit), split(other.unit)
    return known is not None and unknown is not None and known[1].base == unknown[1].base


RULES = (growth,)
