"""Parts against their sum: ``建议 103 件、提案 60 件，共 163 件``; parts behind 其中 that are more than the whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from luoshi.amounts import split
from luoshi.check.catalogue import pattern
from luoshi.check.draft import Draft
from luoshi.check.finding import Found
from luoshi.check.intervals import Interval, in_base
from luoshi.plan import Figure
from luoshi.source import Span


def totals(draft: Draft) -> Iterator[Found]:
    """N04: what is listed adds to the total that follows; what follows 其中 is no more than the total before."""
    for part in draft.parts():
        figures = [one for one in draft.figures_in(*part) if one.measure == "level"]
        yield from _sums(draft, figures)
        yield from _among(draft, part, figures)


def _sums(draft: Draft, figures: list[Figure]) -> Iterator[Found]:
    for at, total in enumerate(figures):
        before = draft.before(total.start, 12)
        if not pattern("sum", "total").search(before):
            continue
        listed = _listed(draft, figures[:at], total)
        if len(listed) < 2 or pattern("sum", "yearly").search(draft.folded[listed[0].start : total.start]):
            continue
        sum_ = _add(listed)
        whole = in_base(total)
        if sum_ and whole and not sum_.meets(whole):
            yield _found(draft, listed, total, sum_, "≠")


def _listed(draft: Draft, before: list[Figure], total: Figure) -> list[Figure]:
    """The figures of one list that ends just before the total: same unit, nothing but one name between two of them."""
    listed: list[Figure] = []
    nearer = total
    for one in reversed(before):
        between = draft.folded[one.end : nearer.start]
        if one.unit != total.unit or one.comparator != "eq":
            break
        if nearer is total and len(between) > 12:
            break
        if nearer is not total and not pattern("sum", "join").match(between):
            break
        listed.insert(0, one)
        nearer = one
    return listed


def _among(draft: Draft, part: Span, figures: list[Figure]) -> Iterator[Found]:
    at = draft.folded.find("其中", part.start, part.end)
    before = [one for one in figures if one.end <= at]
    if at < 0 or not before:
        return
    total = before[-1]
    if pattern("sum", "yearly").search(draft.before(total.start, 16)):
        return
    listed: list[Figure] = []
    end = at + 2
    for one in (figure for figure in figures if figure.start > at):
        if one.unit != total.unit or not pattern("sum", "join").match(draft.folded[end : one.start]):
            break
        listed.append(one)
        end = one.end
    gap = draft.folded[total.end : at]
    sum_, whole = _add(listed), in_base(total)
    if listed and len(gap) <= 2 and sum_ and whole and sum_.low > whole.high:
        yield _found(draft, listed, total, sum_, ">")


def _add(listed: list[Figure]) -> Interval | None:
    sum_ = Interval(Decimal(0), Decimal(0))
    for one in listed:
        size = in_base(one)
        if size is None:
            return None
        sum_ = sum_ + size
    return sum_


def _found(draft: Draft, listed: list[Figure], total: Figure, sum_: Interval, sign: str) -> Found:
    known = split(total.unit)
    assert known
    shown = f"{sum_.scaled(1 / (known[0] * known[1].factor))}{total.unit}"
    words = f"{' + '.join(one.text for one in listed)} = {shown} {sign} {total.text}"
    related = tuple(draft.at(one, "分项 part") for one in listed)
    return Found("N04", draft.at(total), related, {"total": total.text, "computed": shown, "sum": words})


RULES = (totals,)
