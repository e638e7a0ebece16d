"""Start, end and growth: ``由 320 亿元增加到 460 亿元，年均增长 7.5%``; 翻一番 against the two ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from luoshi.amounts import numeral, split
from luoshi.check.catalogue import bounds, pattern
from luoshi.check.draft import Draft
from luoshi.check.finding import Found
from luoshi.check.intervals import Interval, in_base, short, written
from luoshi.check.numbers.dating import priced, starts
from luoshi.plan import Figure


class Path(NamedTuple):
    """From ``first`` to ``last``, and a figure that tells how much that is; ``link`` are the words between."""

    first: Figure
    last: Figure
    told: Figure
    link: str
    ratio: Interval


def paths(draft: Draft) -> Iterator[Path]:
    """Every pair of ends in one part of a sentence, with each figure that is told of it."""
    for part in draft.parts():
        figures = draft.figures_in(*part)
        for at, (first, last) in enumerate(pairwise(figures)):
            ends = _ends(draft, first, last)
            if ends is None:
                continue
            start, end = ends
            ratio = end.over(start)
            for told in figures[at + 2 : at + 5]:
                link = draft.folded[last.end : told.start]
                if ratio and _linked(draft, link, told):
                    yield Path(first, last, told, link, ratio)


def _ends(draft: Draft, first: Figure, last: Figure) -> tuple[Interval, Interval] | None:
    """What the two ends can be, where the words make them the ends of one path."""
    known, other = split(first.unit), split(last.unit)
    if (first.measure, last.measure) != ("level", "level") or known is None or other is None:
        return None
    between = draft.folded[first.end : last.start]
    if known[1].base != other[1].base or not starts(draft, first) or not pattern("years", "to").match(between):
        return None
    start, end = in_base(first), in_base(last)
    return (start, end) if start and end and start.low > 0 else None


def _linked(draft: Draft, link: str, told: Figure) -> bool:
    words = re.sub(bounds()["years"]["aside"], "", link)
    tail = draft.after(told.end, 8)
    return (
        told.direction is not None
        and pattern("years", "link").match(words) is not None
        and not pattern("years", "other_base").search(link)
        and not pattern("years", "adjusted").search(link)
        and not tail.startswith(("的", "左右的"))
    )


def average(draft: Draft) -> Iterator[Found]:
    """N02: the yearly rate leads from the first value to the last."""
    for path in paths(draft):
        told = written(path.told)
        if path.told.measure != "growth" or told is None or not pattern("years", "average").search(path.link):
            continue
        if path.told.direction == "down":
            told = Interval(-told.high, -told.low)
        spans = list(years(draft, path))
        rates = {n: path.ratio.root(n).shifted(-1).scaled(100) for n in spans}
        if rates and not any(_allowed(path, rate).meets(told) for rate in rates.values()):
            n, rate = next(iter(rates.items()))
            yield _found(draft, "N02", path, f"({_quotient(path)})^(1/{n}) - 1 = {rate}%", n=n, computed=f"{rate}%")


def total(draft: Draft) -> Iterator[Found]:
    """N03: growth, difference or multiple against the two ends."""
    for path in paths(draft):
        if pattern("years", "average").search(path.link) or path.told.unit == "番":
            continue
        answer = _answer(draft, path)
        if answer is not None:
            sum_, computed = answer
            yield _found(draft, "N03", path, sum_, computed=computed)


def _answer(draft: Draft, path: Path) -> tuple[str, str] | None:
    """The arithmetic and its result, where the figure told does not agree with it."""
    check = _TOTALS.get(path.told.measure)
    return check(draft, path) if check else None


def _growth(draft: Draft, path: Path) -> tuple[str, str] | None:
    told = written(path.told)
    rate = path.ratio.shifted(-1).scaled(100)
    if told is None:
        return None
    wanted = told if path.told.direction == "up" else Interval(-told.high, -told.low)
    spans = list(years(draft, path))
    yearly = [path.ratio.root(n).shifted(-1).scaled(100) for n in spans]
    whole = _allowed(path, rate, max(spans, default=1))
    if _share(path.first) or whole.meets(wanted) or any(_allowed(path, one).meets(wanted) for one in yearly):
        return None
    return f"{_quotient(path)} - 1 = {rate}%", f"{rate}%"


def _change(_draft: Draft, path: Path) -> tuple[str, str] | None:
    start, end, told = in_base(path.first), in_base(path.last), in_base(path.told)
    if start is None or end is None or told is None:
        return None
    units = {(split(one.unit) or (0, None))[1] for one in (path.first, path.told)}
    bases = {unit.dimension for unit in units if unit}
    if len(bases) != 1 or (not _share(path.first) and not _same_base(path)):
        return None
    change = end - start if path.told.direction == "up" else start - end
    if change.meets(told.wider(*[abs(told.high) * Decimal(bounds()["slack"]["share"])] * 2)):
        return None
    known = split(path.told.unit)
    assert known
    shown = change.scaled(1 / (known[0] * known[1].factor))
    sign = "-" if path.told.direction == "up" else "→"
    return f"{path.last.text} {sign} {path.first.text} = {shown}{path.told.unit}", f"{shown}{path.told.unit}"


def _multiple(_draft: Draft, path: Path) -> tuple[str, str] | None:
    told = written(path.told)
    if told is None or path.told.direction == "down":
        return None
    wider = told.wider(*[told.high * Decimal(bounds()["slack"]["share"])] * 2)
    if path.ratio.meets(wider) or path.ratio.shifted(-1).meets(wider):
        return None
    return f"{_quotient(path)} = {path.ratio}", f"{path.ratio} 倍"


_TOTALS: dict[str, Callable[[Draft, Path], tuple[str, str] | None]] = {
    "growth": _growth, "change": _change, "multiple": _multiple,
}  # fmt: skip


def doubled(draft: Draft) -> Iterator[Found]:
    """N10: 翻一番 is twice, 翻两番 four times."""
    for path in paths(draft):
        told = written(path.told)
        if path.told.unit != "番" and "番" not in path.told.text:
            continue
        wanted = _folds(path.told)
        if told is None or wanted is None:
            continue
        slack = 1 + Decimal(bounds()["doubled"]["slack"])
        more = pattern("doubled", "open").search(path.told.text + draft.after(path.told.end, 3))
        if path.ratio.high * slack < wanted or (not more and path.ratio.low > wanted * slack * 2):
            times = f"{path.ratio}"
            yield _found(draft, "N10", path, f"{_quotient(path)} = {times}", times=times, wanted=f"{short(wanted)}")


def _folds(told: Figure) -> Decimal | None:
    """How many times 翻一番, 翻两番 is; the plan's value is 2 and 4."""
    value = Decimal(told.value)
    return value if told.unit != "番" else Decimal(2) ** value


def years(draft: Draft, path: Path) -> Iterator[int]:
    """How many years the path may take: what its words say, or every number near enough to what they hint at."""
    start = _year(draft.before(path.first.start, 24).rsplit(",", 1)[-1]) or _year_shared(draft, path)
    end = _year(draft.folded[path.first.end : path.last.start])
    period = path.last.period
    if start is None and period and period.begin and period.until and period.until.year > period.begin.year + 1:
        start, end = period.begin.year, period.until.year
        yield from (end - start, end - start + 1)
        return
    if start is not None:
        done = end or (draft.year - 1 if draft.year else None)
        if done and done > start:
            yield done - start
            if end is None:
                yield done - start + 1
        return
    hinted = pattern("years", "span_words").search(
        draft.folded[draft.sentence(path.first.start).start : path.told.start]
    )
    middle = int(numeral(hinted["n"])) if hinted else 5
    slack = bounds()["slack"]["years_unknown"]
    yield from range(max(middle - slack, 1), middle + slack + 1)


def _year(words: str) -> int | None:
    """The last year that is written in ``words``."""
    found = re.findall(bounds()["years"]["years_written"], words)
    return int(found[-1]) if found else None


def _year_shared(draft: Draft, path: Path) -> int | None:
    """The first year of an earlier path of the sentence: 从2015年的……；……从4.37亿元增长到……."""
    words = draft.folded[draft.sentence(path.first.start).start : path.first.start]
    found = re.search(bounds()["years"]["shared"], words)
    return int(found[1]) if found else None


def _allowed(path: Path, rate: Interval, years_: int = 1) -> Interval:
    """``rate`` of ``years_`` years with slack, and with prices where amounts and growth are told at different ones."""
    slack = Decimal(bounds()["slack"]["rate"])
    wide = rate.wider(slack, slack)
    if priced(path.last) or priced(path.first):
        prices = bounds()["prices"]
        return wide.wider(Decimal(prices["above"]) * years_, Decimal(prices["below"]) * years_)
    return wide


def _share(one: Figure) -> bool:
    known = split(one.unit)
    return known is not None and known[1].dimension == "share"


def _same_base(path: Path) -> bool:
    known, other = split(path.first.unit), split(path.told.unit)
    return known is not None and other is not None and known[1].base == other[1].base


def _quotient(path: Path) -> str:
    return f"{path.last.text} ÷ {path.first.text}"


def _found(draft: Draft, code: str, path: Path, sum_: str, **values: object) -> Found:
    related = (draft.at(path.first, "起点 start"), draft.at(path.last, "终点 end"))
    filled = {"first": path.first.text, "last": path.last.text, "told": path.told.text, "sum": sum_, **values}
    return Found(code, draft.at(path.told), related, filled)


RULES = (average, total, doubled)
