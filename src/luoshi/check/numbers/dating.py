"""Which year a figure is for, as far as its words and its place in the report say."""

from __future__ import annotations

import re

from luoshi.check.catalogue import bounds, pattern
from luoshi.check.draft import Draft
from luoshi.plan import Figure

_PLACE = re.compile(r"^(?:我?[国省市区县州]|全[国省市区县州]|本[省市区县])")


def year(draft: Draft, one: Figure) -> int | None:
    """The one year that ``one`` is for; None where it is part of a year, several years, or the start of a path.

    A figure without words of time is for the year before the report's where it is told as done, else for the report's.
    """
    if starts(draft, one) or one.tense == "other":
        return None
    period = one.period
    if period and period.begin and period.until:
        whole = period.begin.year == period.until.year and period.precision in ("year", "years")
        return period.begin.year if whole else None
    if period or draft.year is None:
        return None
    if one.tense == "plan":
        return draft.year if draft.years == 1 else None
    return draft.year - 1 if draft.role(one) in ("review", "opening") else None


def starts(draft: Draft, one: Figure) -> bool:
    """Whether it is the first of ``由 A 增加到 B``, or what something is compared with."""
    return pattern("years", "from").search(draft.before(one.start)) is not None


def alone(draft: Draft, one: Figure, *, sentence: bool = False) -> bool:
    """Whether no word of its clause makes it a part of the whole, another place's, or of another basis.

    ``sentence``: nor any word of the sentence before it, where a place or a sector may have been named.

    The words of the indicator itself do not count: whoever compares two figures sees to it that they are the same.
    """
    named = one.indicator
    start, end = (named.start, named.end) if named and named.end <= one.start else (one.start, one.start)
    between = draft.folded[end : one.start]
    before = draft.folded[draft.sentence(start).start : start] if sentence else draft.before(start, 12)
    clause = before if sentence else re.split(r"[,、;:。]", before)[-1]
    behind = re.split(r"[,、;。(]", draft.after(one.end, 6))[0]
    words = "|".join((clause, between, behind))
    return len(between) < 24 and not pattern("head", "part_of").search(words)


def same_words(one: Figure, other: Figure) -> bool:
    """Whether two figures name what they measure by the same words, 全市 and the like left out.

    A few indicators have names that mean the same (进出口总额, 进出口总值): for these the code is enough.
    """
    if not one.indicator or not other.indicator:
        return False
    known = one.indicator.code == other.indicator.code and one.indicator.code in bounds()["head"]["same"]
    return known or name(one) == name(other)


def name(one: Figure) -> str:
    """The words that name what is measured, without the place."""
    return _PLACE.sub("", one.indicator.text) if one.indicator else ""


def priced(code: str | None) -> bool:
    """Whether its amounts are told at current prices and its growth at constant ones."""
    return code in bounds()["prices"]["codes"]
