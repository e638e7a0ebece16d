"""Sizes that cannot be: per head against total, a value out of range, 亿 and 万 mixed up, a part above its whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, product

from luoshi.amounts import split
from luoshi.check.catalogue import bounds, pattern
from luoshi.check.draft import Draft
from luoshi.check.finding import Found
from luoshi.check.intervals import Interval, decimal, in_base, short
from luoshi.check.numbers.dating import alone, year
from luoshi.plan import Figure


def per_head(draft: Draft) -> Iterator[Found]:
    """N01: total ÷ per head = people, for the same year."""
    rule = bounds()["per_head"]
    for head in levels(draft, rule["head"]):
        when = year(draft, head)
        totals = [one for one in levels(draft, rule["total"]) if when and year(draft, one) == when]
        people = [one for code in rule["people"] for one in levels(draft, code) if year(draft, one) == when]
        people = [one for one in people if not pattern("per_head", "part_of").search(draft.phrase(one).text)]
        disputes = [found for one, many in product(totals, people) if (found := _dispute(draft, head, one, many))]
        if disputes and len(disputes) == len(totals) * len(people):
            yield disputes[0]


def _dispute(draft: Draft, head: Figure, total: Figure, people: Figure) -> Found | None:
    each, whole, many = in_base(head), in_base(total), in_base(people)
    counted = whole.over(each) if each and whole else None
    if counted is None or many is None:
        return None
    slack = Decimal(bounds()["slack"]["people"])
    if counted.wider(counted.low * slack, counted.high * slack).meets(many):
        return None
    shown = f"{counted.scaled(Decimal('0.0001'))}万人"
    values = {
        "head": head.text, "total": total.text, "people": people.text, "computed": shown,
        "sum": f"{total.text} ÷ {head.text} = {shown}",
    }  # fmt: skip
    return Found(
        "N01", draft.phrase(head), (draft.phrase(total, "总量 total"), draft.phrase(people, "人口 people")), values
    )


def levels(draft: Draft, code: str) -> list[Figure]:
    """The amounts of an indicator that stand for the whole place, of a definite size."""
    return [one for one in draft.by_code.get(code, ()) if one.measure == "level" and in_base(one) and alone(draft, one)]


def out_of_range(draft: Draft) -> Iterator[Found]:
    """N07: a value that this indicator never has."""
    for code, (base, least, most) in bounds()["range"].items():
        for one in draft.by_code.get(code, ()):
            known, size = split(one.unit), _size(one)
            if one.measure not in ("level", "growth") or known is None or size is None or known[1].base != base:
                continue
            if one.measure == "growth" and not code.endswith("growth"):
                continue
            if not Decimal(least) <= size <= Decimal(most):
                values = {"value": one.text, "name": _name(one), "range": f"{least}—{most}{base}", "sum": ""}
                yield Found("N07", draft.phrase(one), (), values)


def slips(draft: Draft) -> Iterator[Found]:
    """N12: the same indicator ten thousand times as large elsewhere in the report."""
    rule = bounds()["slip"]
    least, most = (Decimal(rule["factor"]) * Decimal(rule[end]) for end in ("least", "most"))
    for code in bounds()["head"]["codes"]:
        figures = [one for one in draft.by_code.get(code, ()) if one.measure == "level" and _size(one)]
        if len({(split(one.unit) or (0, None))[1] for one in figures}) > 1:
            continue
        for one, other in combinations(figures, 2):
            small, large = sorted((one, other), key=lambda figure: _size(figure) or 0)
            times = (_size(large) or Decimal(0)) / (_size(small) or Decimal(1))
            if least <= times <= most and alone(draft, one) and alone(draft, other):
                yield _slip(draft, small, large, times)


def _slip(draft: Draft, small: Figure, large: Figure, times: Decimal) -> Found:
    values = {
        "name": _name(large), "small": small.text, "large": large.text, "times": short(times),
        "sum": f"{large.text} ÷ {small.text} = {short(times)}",
    }  # fmt: skip
    return Found("N12", draft.phrase(large), (draft.phrase(small, "另一处 elsewhere"),), values)


def part_above_whole(draft: Draft) -> Iterator[Found]:
    """N13: a part that is more than its whole, told of the same year in one sentence."""
    for part_code, whole_code in bounds()["slip"]["wholes"]:
        wholes = [(year(draft, one), one) for one in levels(draft, whole_code)]
        for part in levels(draft, part_code):
            when, size = year(draft, part), in_base(part)
            here = draft.sentence(part.start)
            same = [one for at, one in wholes if at and at == when and base(one) == base(part)]
            same = [one for one in same if draft.sentence(one.start) == here]
            if same and size and all(_above(size, in_base(one)) for one in same):
                values = {
                    "part": part.text, "whole": same[0].text, "part_name": _name(part), "whole_name": _name(same[0]),
                    "sum": f"{part.text} > {same[0].text}",
                }  # fmt: skip
                yield Found("N13", draft.phrase(part), (draft.phrase(same[0], "总体 whole"),), values)


def base(one: Figure) -> str | None:
    """The base unit a figure is counted in."""
    known = split(one.unit)
    return known[1].base if known else None


def _above(part: Interval, whole: Interval | None) -> bool:
    return whole is not None and part.low > whole.high


def _size(one: Figure) -> Decimal | None:
    value, known = decimal(one.value), split(one.unit)
    return value * known[0] * known[1].factor if value is not None and known else None


def _name(one: Figure) -> str:
    return (one.indicator.name or one.indicator.text) if one.indicator else ""


RULES = (per_head, out_of_range, slips, part_above_whole)
