"""T: targets nobody can hold a report to: no number, base or deadline, unknown, below what was reached, softened."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from luoshi.amounts import split
from luoshi.check.catalogue import bounds, pattern
from luoshi.check.draft import Draft
from luoshi.check.finding import Found, Place
from luoshi.check.intervals import decimal
from luoshi.check.numbers.dating import flow, name, same_words, starts, year
from luoshi.plan import Commitment, Figure
from luoshi.source import fold

_LOOK_BACK = 160  # characters before a target in which its year may have been told
_SOFTER = {"ge": 0, "gt": 0, "eq": 1, "range": 2, "approx": 2}
_WORDS = {0: "有下限", 1: "一个定数", 2: "左右或区间"}


def without_number(draft: Draft) -> Iterator[Found]:
    """T01: something that is measured is to grow, and nothing says by how much or compared with what."""
    for one in draft.plan.commitments:
        short = len(one.text) <= bounds()["targets"]["longest"]
        if draft.role(one) != "targets" or not short or one.figures or pattern("targets", "relation").search(one.text):
            continue
        if pattern("targets", "shape").search(fold(one.text)):
            yield Found("T01", draft.at(one), (), {"words": one.text})


def without_base(draft: Draft) -> Iterator[Found]:
    """T02: a growth target of an indicator whose amount the report tells nowhere."""
    seen: set[str] = set()
    for one in promised(draft):
        code = _code(one)
        if one.measure not in ("growth", "multiple") or code not in bounds()["targets"]["base_codes"] or code in seen:
            continue
        seen.add(code)
        told = [two for two in draft.by_code[code] if two.measure == "level" and two.tense == "done"]
        if not told:
            yield Found("T02", draft.phrase(one), (), {"name": _name(one), "value": _told(one)})


def without_deadline(draft: Draft) -> Iterator[Found]:
    """T03: a number to be reached, in a report of several years, by no stated year."""
    for one in draft.plan.commitments:
        if one.kind != "target" or not one.figures or draft.role(one) not in ("plan", "targets", "livelihood"):
            continue
        told = [draft.figure[name] for name in one.figures if name in draft.figure]
        if not any(two.tense == "plan" and _code(two) for two in told):
            continue
        open_end = one.deadline.basis == "none" or (draft.years > 1 and one.deadline.basis in ("term", "section"))
        dated = pattern("targets", "dated").search(draft.folded[_under_heading(draft, one) : one.end])
        named = pattern("targets", "dated_part").search(draft.heading(one.start))
        if open_end and not dated and not named and not any(two.period for two in told):
            yield Found("T03", draft.at(one), (), {"words": one.text, "years": draft.years})


def _under_heading(draft: Draft, one: Commitment) -> int:
    """Where the words before a commitment begin in which its year may have been told: not in the heading."""
    section = draft.section(one)
    heading = draft.folded.find("\n", section.start, one.start) + 1 if section and section.title else 0
    return max(heading, one.start - _LOOK_BACK, 0)


def unknown(draft: Draft) -> Iterator[Found]:
    """T04: an indicator of the target paragraph that is not in the catalogue."""
    for one in promised(draft):
        if (
            draft.role(one) == "targets"
            and one.indicator
            and not one.indicator.code
            and one.measure in ("growth", "level")
        ):
            yield Found("T04", draft.phrase(one), (), {"name": one.indicator.text})


def below_reached(draft: Draft) -> Iterator[Found]:
    """T05: a target that is worse than what the report says was reached."""
    for side in ("up", "down"):
        for code in bounds()["targets"][side]:
            for one in promised(draft):
                if _code(one) != code or one.measure != "level" or (one.value2 or starts(draft, one)):
                    continue
                found = _reached(draft, one, side)
                if found:
                    yield found
                    break


def _reached(draft: Draft, one: Figure, side: str) -> Found | None:
    reached = [two for two in draft.by_code[_code(one)] if _last_year(draft, two) and same_words(two, one)]
    for two in reached[:1]:
        sentence = draft.sentence(two.start)
        many = pattern("targets", "cumulative").search(draft.folded[sentence.start : two.end])
        if many or flow(draft, one) != flow(draft, two):
            continue
        wanted, had = decimal(one.base_value), decimal(two.base_value)
        if (
            wanted is None
            or had is None
            or one.base_unit != two.base_unit
            or two.comparator not in ("eq", "approx", "gt")
        ):
            continue
        gap = had - wanted if side == "up" else wanted - had
        if gap > abs(had) * Decimal(bounds()["targets"]["least"]):
            values = {"name": _name(one), "value": one.text, "reached": two.text, "sum": f"{one.text} ↔ {two.text}"}
            return Found("T05", draft.phrase(one), (draft.phrase(two, "已达到 reached"),), values)
    return None


def _last_year(draft: Draft, one: Figure) -> bool:
    told = one.tense == "done" and one.measure == "level" and draft.year is not None
    return told and year(draft, one) == (draft.year or 0) - 1


def softened(draft: Draft) -> Iterator[Found]:
    """T06: last year's report set the same target higher, or more firmly."""
    before = draft.earlier
    if before is None or draft.years > 1 or before.years > 1:
        return
    for code in bounds()["targets"]["compared"]:
        now, then = _headline(draft, code), _headline(before, code)
        if now is None or then is None or (now.measure, now.direction) != (then.measure, then.direction):
            continue
        alike = same_words(now, then) and _basis(draft, now) == _basis(before, then)
        how = _how(now, then) if alike else ""
        if how:
            place = before.phrase(then, "去年的报告 last year's report")._replace(earlier=True)
            yield _softer(draft, now, then, how, place)


def _softer(draft: Draft, now: Figure, then: Figure, how: str, place: Place) -> Found:
    new, old = _told(now), _told(then)
    values = {"name": _name(now), "now": new, "then": old, "how": how, "sum": f"{old} → {new}"}
    return Found("T06", draft.phrase(now), (place,), values)


def _basis(draft: Draft, one: Figure) -> bool:
    """Whether a target is told on another basis than the usual: 可比增长, 同口径."""
    return pattern("years", "adjusted").search(fold(draft.phrase(one).text)) is not None


def _headline(draft: Draft, code: str) -> Figure | None:
    """The one target of an indicator in the target paragraph of a report."""
    found = [one for one in promised(draft) if _code(one) == code and draft.role(one) == "targets"]
    return found[0] if len(found) == 1 else None


def _how(now: Figure, then: Figure) -> str:
    """In what the target is softer; empty if it is not."""
    new, old = decimal(now.base_value), decimal(then.base_value)
    if new is None or old is None or now.base_unit != then.base_unit:
        return ""
    worse_up = _code(now) in bounds()["targets"]["down"] or _code(now) in ("cpi",)
    if new != old:
        return (
            "数变低了" if (new < old) != worse_up and not worse_up else ("数放宽了" if worse_up and new > old else "")
        )
    if now.comparator in _SOFTER and then.comparator in _SOFTER and not worse_up:
        first, second = _SOFTER[then.comparator], _SOFTER[now.comparator]
        if second > first:
            return f"由{_WORDS[first]}改成{_WORDS[second]}"
    return "加上了“力争”一类的词" if _hedged(now) and not _hedged(then) else ""


def _hedged(one: Figure) -> bool:
    return bool(one.hedge) and any(word in (one.hedge or "") for word in bounds()["targets"]["soft"])


def without_bound(draft: Draft) -> Iterator[Found]:
    """T07: a number that is to be a floor or a ceiling, and nothing says which."""
    for one in promised(draft):
        code = _code(one)
        bounded = code in bounds()["targets"]["bounded"] and one.measure in ("level", "growth")
        if bounded and one.comparator in ("eq", "approx") and draft.role(one) in ("targets", "plan"):
            known = split(one.unit)
            if known and (known[1].dimension == "share" or code in ("air.pm25", "farmland")):
                yield Found("T07", draft.phrase(one), (), {"name": _name(one), "value": _told(one)})


def _told(one: Figure) -> str:
    """A number as the report says it, with 左右 where it says so."""
    return f"{one.text}左右" if one.comparator == "approx" else one.text


def promised(draft: Draft) -> list[Figure]:
    """The figures that are to be reached, outside of what is told of the past."""
    return [
        one for one in draft.figures if one.tense == "plan" and draft.role(one) not in ("review", "glossary", "box")
    ]


def _code(one: Figure) -> str:
    return (one.indicator.code if one.indicator else None) or ""


def _name(one: Figure) -> str:
    return (one.indicator.name if one.indicator else None) or name(one)


RULES = (without_number, without_base, without_deadline, unknown, below_reached, softened, without_bound)
