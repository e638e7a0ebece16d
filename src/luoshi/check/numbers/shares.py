"""Shares: none above a hundred, three sectors add to it; a share moves by points, an amount by per cent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from luoshi.check.catalogue import bounds, pattern
from luoshi.check.draft import Draft
from luoshi.check.finding import Found
from luoshi.check.intervals import Interval, decimal, rounding, written
from luoshi.plan import Figure

_FULL = Decimal(100)


def beyond(draft: Draft) -> Iterator[Found]:
    """N05: a rate or a share above 100 %."""
    for one in draft.figures:
        value = decimal(one.value)
        if one.measure != "level" or one.unit not in ("%", "％") or value is None or value <= _FULL:
            continue
        name = one.indicator.text if one.indicator else ""
        near = draft.before(one.start, 16)
        if pattern("share", "names").search(name) and not pattern("share", "instead").search(name + near):
            values = {"name": name, "value": one.text, "sum": f"{one.text} > 100%"}
            yield Found("N05", draft.phrase(one), (), values)


def sectors(draft: Draft) -> Iterator[Found]:
    """N06: the three numbers of 三次产业结构 add to 100."""
    rule = bounds()["ratio"]
    for one in draft.figures:
        parts = re.findall(r"\d+(?:\.\d+)?", draft.folded[one.start : one.end])
        near = draft.before(one.start) + (one.indicator.text if one.indicator else "")
        if one.measure != "ratio" or len(parts) != 3 or not pattern("ratio", "names").search(near):
            continue
        sum_ = sum((Decimal(part) for part in parts), Decimal(0))
        half = sum((rounding(part, "%") for part in parts), Decimal(0))
        near_full = Decimal(rule["least"]) < sum_ < Decimal(rule["most"])
        if near_full and not Interval(sum_ - half, sum_ + half).meets(Interval(_FULL, _FULL)):
            values = {"value": one.text, "total": str(sum_), "sum": f"{' + '.join(parts)} = {sum_}"}
            yield Found("N06", draft.at(one), (), values)


def points(draft: Draft) -> Iterator[Found]:
    """N09: 城镇化率提高 1.2% where percentage points are meant; 总额增长 3 个百分点 where per cent is."""
    for one in draft.figures:
        before = draft.before(one.start)
        name = one.indicator.text if one.indicator else ""
        if one.measure == "growth" and one.unit in ("%", "％") and _share_moves(one, name, before):
            values = {"name": name, "value": one.text, "meant": re.sub("[%％]", "个百分点", one.text), "sum": ""}
            yield Found("N09", draft.phrase(one), (), values)
        elif one.measure == "change" and "百分点" in one.unit and _amount_moves(one, draft, before):
            values = {"name": name, "value": one.text, "meant": re.sub("个?百分点", "%", one.text), "sum": ""}
            yield Found("N09", draft.phrase(one), (), values)


def _share_moves(one: Figure, name: str, before: str) -> bool:
    """Whether the words are ``<a share> 提高 N%``, the share the last thing named before the verb."""
    verb = pattern("points", "verb").search(before)
    if verb is None or written(one) is None or (decimal(one.value) or 0) > 30:
        return False
    said = re.sub(
        r"(?:(?:比|较)(?:上年|去年|年初|前年|\d|同期|全)|同比|年均|又|再|也|均|各|分别|环比|实现|预计|全年)[^,]{0,8}$",
        "",
        before[: verb.start()],
    )
    return bool(pattern("points", "names").search(name) and said.endswith(name[-4:]))


def _amount_moves(one: Figure, draft: Draft, before: str) -> bool:
    code = one.indicator.code if one.indicator else None
    verb = pattern("points", "amount_verb").search(before)
    if code not in bounds()["points"]["amounts"] or verb is None or one.indicator is None:
        return False
    between = draft.folded[one.indicator.end : one.start]
    words = draft.before(one.indicator.start, 8) + one.indicator.text + between
    return len(between) < 12 and not pattern("points", "rate_words").search(words)


RULES = (beyond, sectors, points)
