"""Numbers that follow from others: a rise and its rate, a share of a whole, good days of a year, town to country."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from luoshi.amounts import split
from luoshi.check.catalogue import bounds, pattern
from luoshi.check.draft import Draft
from luoshi.check.finding import Found
from luoshi.check.intervals import Interval, in_base, written
from luoshi.check.numbers.dating import name, starts, year
from luoshi.check.numbers.sizes import levels
from luoshi.plan import Figure


def rise_and_rate(draft: Draft) -> Iterator[Found]:
    """N14: ``120 亿元，增加 20 亿元，增长 20%``: the rise over what was there before is the rate."""
    for part in draft.parts():
        figures = draft.figures_in(*part)
        for level, one, two in zip(figures, figures[1:], figures[2:], strict=False):
            change, rate = (one, two) if one.measure == "change" else (two, one)
            kinds = (level.measure, change.measure, rate.measure)
            if kinds == ("level", "change", "growth") and not starts(draft, level) and _linked(draft, level, one, two):
                yield from _rise(draft, level, change, rate)


def _linked(draft: Draft, *figures: Figure) -> bool:
    """Whether nothing but words of change stands between the figures, and all are told of the same year."""
    for one, two in pairwise(figures):
        link = draft.folded[one.end : two.start]
        for words in bounds()["change"]["against"]:
            link = link.replace(words, "")
        if not pattern("years", "link").match(link) or pattern("years", "adjusted").search(link):
            return False
        if pattern("years", "average").search(link):
            return False
    return not pattern("years", "years_before").search(draft.before(figures[0].start, 20))


def _rise(draft: Draft, level: Figure, change: Figure, rate: Figure) -> Iterator[Found]:
    whole, rise, told = in_base(level), in_base(change), written(rate)
    if whole is None or rise is None or told is None or {change.direction, rate.direction} not in ({"up"}, {"down"}):
        return
    if (split(level.unit) or (0, None))[1] != (split(change.unit) or (1, None))[1]:
        return
    ratio = rise.over(whole - rise if rate.direction == "up" else whole + rise)
    slack = Decimal(bounds()["slack"]["rate"])
    if ratio and not ratio.scaled(100).wider(slack, slack).meets(told):
        sign = "-" if rate.direction == "up" else "+"
        shown = f"{ratio.scaled(100)}%"
        sum_ = f"{change.text} ÷ ({level.text} {sign} {change.text}) = {shown}"
        related = (draft.at(level, "总量 amount"), draft.at(change, "增减量 change"))
        yield Found("N14", draft.at(rate), related, {"told": rate.text, "computed": shown, "sum": sum_})


def share_of_whole(draft: Draft) -> Iterator[Found]:
    """N15: ``税收 12 亿元，占一般公共预算收入的 70%`` against the whole that the report tells."""
    for one in draft.figures:
        told = written(one) if one.unit in ("%", "％") and one.measure == "level" else None
        code = _whole_code(draft, one) if told else None
        before = draft.figures_in(draft.part(one.start).start, one.start)[-1:]
        if not told or not code or not before or year(draft, before[0]) is None:
            continue
        part = before[0]
        wholes = [two for two in levels(draft, code) if year(draft, two) == year(draft, part)]
        answers = [(two, size) for two in wholes if (size := _share(part, two))]
        if answers and len(draft.folded[part.end : one.start]) < 24 and not any(s.meets(told) for _, s in answers):
            whole, size = answers[0]
            sum_ = f"{part.text} ÷ {whole.text} = {size}%"
            related = (draft.phrase(part, "部分 part"), draft.phrase(whole, "总体 whole"))
            yield Found("N15", draft.at(one), related, {"told": one.text, "computed": f"{size}%", "sum": sum_})


def _whole_code(draft: Draft, one: Figure) -> str | None:
    """The code of the whole that ``占……的`` names just before the figure."""
    found = pattern("whole", "named").search(draft.before(one.start, 24))
    return next((code for code, words in bounds()["whole"]["codes"].items() if found and found["whole"] in words), None)


def _share(part: Figure, whole: Figure) -> Interval | None:
    one, two = in_base(part), in_base(whole)
    same = (split(part.unit) or (0, None))[1] == (split(whole.unit) or (1, None))[1]
    ratio = one.over(two) if one and two and same and part.measure == "level" else None
    slack = Decimal(bounds()["slack"]["rate"])
    return ratio.scaled(100).wider(slack, slack) if ratio else None


def days(draft: Draft) -> Iterator[Found]:
    """N16: good days ÷ days of the year = their share."""
    for one in draft.by_code.get("air.good_days", ()):
        near = draft.figures_in(one.end, draft.part(one.start).end)[:1]
        for share in near:
            told, counted = written(share), written(one)
            link = draft.folded[one.end : share.start]
            if told is None or counted is None or not pattern("days", "link").match(link) or share.measure != "level":
                continue
            if (
                one.measure != "level"
                or share.unit not in ("%", "％")
                or pattern("days", "part").search(draft.before(one.start))
            ):
                continue
            size = Interval(counted.low / 366 * 100, counted.high / 365 * 100)
            slack = Decimal(bounds()["slack"]["days"])
            if not size.wider(slack, slack).meets(told):
                sum_ = f"{one.text} ÷ 365 = {Interval(counted.low, counted.high).scaled(Decimal(100) / 365)}%"
                values = {"told": share.text, "days": one.text, "computed": sum_.rpartition(" = ")[2], "sum": sum_}
                yield Found("N16", draft.at(share), (draft.phrase(one, "天数 days"),), values)


def town_to_country(draft: Draft) -> Iterator[Found]:
    """N17: income in town ÷ income in the country = the ratio told."""
    town, country = (_incomes(draft, words) for words in ("town", "country"))
    for one in draft.figures:
        told, when = _told(one), year(draft, one)
        if told is None or not when or not pattern("incomes", "ratio").search(name(one)) or starts(draft, one):
            continue
        pairs = [(a, b) for a in town for b in country if year(draft, a) == when == year(draft, b)]
        answers = [(a, b, size) for a, b in pairs if (size := _quotient(a, b))]
        if not answers or any(size.meets(told) for _, _, size in answers):
            continue
        first, second, size = answers[0]
        values = {"told": one.text, "computed": str(size), "sum": f"{first.text} ÷ {second.text} = {size}"}
        related = (draft.phrase(first, "城镇 town"), draft.phrase(second, "农村 country"))
        yield Found("N17", draft.phrase(one), related, values)


def _incomes(draft: Draft, words: str) -> list[Figure]:
    """The incomes of one kind of people that stand for the whole place."""
    return [
        one
        for code in bounds()["incomes"]["codes"]
        for one in levels(draft, code)
        if one.tense == "done" and pattern("incomes", words).search(name(one))
    ]


def _told(one: Figure) -> Interval | None:
    """What ``1.75:1`` can be; None where the figure is no such ratio."""
    first = one.value.replace("∶", ":").replace("：", ":").removesuffix(":1")
    try:
        value = Decimal(first)
    except ArithmeticError:
        return None
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    half = Decimal(5).scaleb(exponent - 1)
    ratio = one.measure == "ratio" or not one.unit
    return Interval(value - half, value + half) if ratio and one.comparator == "eq" else None


def _quotient(one: Figure, other: Figure) -> Interval | None:
    first, second = in_base(one), in_base(other)
    return first.over(second) if first and second else None


RULES = (rise_and_rate, share_of_whole, days, town_to_country)
