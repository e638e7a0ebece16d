"""Which year a figure is for, as far as its words and its place in the report say."""

from __future__ import annotations

import re

from luoshi.check.catalogue import bounds, pattern
from luoshi.check.draft import Draft
from luoshi.plan import Figure

_PLACE = re.compile(r"^(?:我[国省市区县州]|全[国省市区县州]|本[省市区县])")


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
    return draft.year - 1 if draft.role(one) in ("review", "opening") and not _many(draft, one) else None


def _many(draft: Draft, one: Figure) -> bool:
    """Whether its part of the report, its sentence or the first of its paragraph tells of several years.

    What is compared with the year before is for one year, wherever it stands.
    """
    if pattern("years", "yearly").search(draft.after(one.end, 8)):
        return False
    first = draft.sentence(draft.folded.rfind("\n", 0, one.start) + 1)
    here = draft.folded[draft.sentence(one.start).start : one.start]
    words = "|".join((*draft.headings(one.section), first.of(draft.folded)[: one.start - first.start], here))
    return pattern("years", "many").search(words) is not None


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
    if named and named.code in bounds()["head"]["among"]:
        clause = clause.replace("其中", "")
    behind = re.split(r"[,、;。(]", draft.after(one.end, 6))[0]
    words = "|".join((clause, between, behind))
    named_here = clause + (named.text if named else "")
    whole = len(between) < 24 and not pattern("head", "part_of").search(words) and not _elsewhere(draft, named_here)
    return whole and not _in_area(draft, start) and not _listed(draft, one)


def _in_area(draft: Draft, at: int) -> bool:
    """Whether this sentence or the one before it begins with a zone: what follows is most likely the zone's."""
    start = draft.sentence(max(draft.sentence(at).start - 1, 0)).start
    return pattern("head", "area").search(draft.folded[start:at]) is not None


def _listed(draft: Draft, one: Figure) -> bool:
    """Whether it is one of several amounts of one head (城乡居民收入分别为 A 和 B): it is then not the head's alone."""
    if one.indicator is None:
        return False
    part = draft.figures_in(*draft.part(one.start))
    beside = [two for two in part if two.measure == one.measure and two.indicator and two.tense == one.tense]
    return any(two.id != one.id and two.indicator and two.indicator.start == one.indicator.start for two in beside)


def _elsewhere(draft: Draft, words: str) -> bool:
    """Whether a place is named that is not the report's own."""
    own = draft.plan.document.place or ""
    named = pattern("head", "elsewhere").findall(words)
    return any(not own or not own.endswith(place[-3:]) for place in named)


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


def flow(draft: Draft, one: Figure) -> str:
    """Whether 新增, 培育 and the like stand before it in its clause: it is then an addition, else a stock.

    The clause is a whole list of 、: 新增甲类40家、乙类10家.
    """
    clause = re.split(r"[,;。:]", draft.before(one.start, 80))[-1]
    return "新增" if pattern("targets", "flow").search(clause) else ""


def priced(one: Figure) -> bool:
    """Whether its amounts are told at current prices and its growth at constant ones."""
    code = one.indicator.code if one.indicator else None
    return code in bounds()["prices"]["codes"] or pattern("prices", "names").search(name(one)) is not None
