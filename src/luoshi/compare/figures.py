"""A plan's figures as comparing needs them: whose number it is, of which years, on what basis, in which company."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cached_property

from luoshi.compare.editions import Edition
from luoshi.compare.model import Number
from luoshi.compare.words import pattern, table
from luoshi.plan import Figure

_CLAUSE_START = re.compile(r"[，,；;。！？!?\n：:（(、]")
_STOP = re.compile("[；;。！？!?\\n]")
_NEAR = 24
_WORD = 5
_JOINTS = re.compile(r"[、和与及，,]?")


@dataclass(frozen=True)
class Reading:
    """A figure of one edition; ``code`` is settled by its words and company, ``years`` are the first and the last.

    ``start`` marks a number that one comes from (从26.7%提高到), ``several`` one that stands where the report speaks of
    several years at once.
    """

    figure: Figure
    edition: Edition
    code: str | None
    name: str
    years: tuple[int, int] | None
    average: bool
    partial: bool
    basis: str | None
    role: str
    since: bool = False
    added: bool | None = None
    work: bool = False
    to: bool = False
    start: bool = False
    several: bool = False

    @cached_property
    def value(self) -> Decimal | None:
        """The value, down being negative; None where it is no decimal (a fraction, a ratio)."""
        number = decimal(self.figure.value)
        if number is None:
            return None
        falls = self.figure.direction == "down" and self.figure.measure in ("growth", "change")
        return -number if falls else number

    @property
    def sums_years(self) -> bool:
        """Whether the number is what several years came to, not what there was at their end (城镇化率达到62%)."""
        if not self.several:
            return False
        if self.figure.measure in ("growth", "change", "multiple") or self.added:
            return True
        share = self.figure.unit == "%" or self.figure.measure != "level"
        return not share and (self.added is None or bool(pattern("span", "total").search(self.clause)))

    @cached_property
    def clause(self) -> str:
        """The clause before the number; empty where the text is not at hand."""
        at = self.figure.start
        return _clause(self.edition.text[max(0, at - 2 * _NEAR) : at])

    def in_base(self) -> Decimal | None:
        """The value in the base unit, down being negative; in its own unit where that is not known."""
        return None if self.value is None else self.value * self.unit[1]

    @cached_property
    def unit(self) -> tuple[str, Decimal]:
        """The base unit, and how many of them the figure's own unit is; its own where nothing else is known."""
        one = self.figure
        base, value = decimal(one.base_value), decimal(one.value)
        if base is None or not value or one.base_unit is None:
            return one.unit, Decimal(1)
        other = table("indicator")["units"].get(one.base_unit)
        scale = abs(base / value)
        return (other[0], scale * Decimal(other[1])) if other else (one.base_unit, scale)

    def number(self) -> Number:
        """The figure as a comparison shows it."""
        one = self.figure
        return Number(
            text=one.text,
            value=one.value,
            value2=one.value2,
            unit=one.unit,
            comparator=one.comparator,
            measure=one.measure,
            direction=one.direction,
            hedge=one.hedge,
            basis=self.basis,
            indicator=self.name or None,
            code=self.code,
            period=one.period.text if one.period else None,
        )


def decimal(text: str | None) -> Decimal | None:
    """Decimal text as a number; None for a fraction or a ratio."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def readings(edition: Edition) -> list[Reading]:
    """Every figure of the edition, in text order."""
    ordered = sorted(edition.plan.figures, key=lambda one: one.start)
    found: list[Reading] = []
    for one in ordered:
        found.append(_following(_reading(one, edition), found[-1] if found else None))
    return [member for group in _companies(found) for member in _settled(group)]


def _following(one: Reading, before: Reading | None) -> Reading:
    """A figure named only by its basis (同口径增长2.5%) is of what the figure before it counts."""
    if before is None or one.code or one.basis is None or not pattern("basis", "words").match(one.name):
        return one
    return replace(one, code=before.code, name=before.name)


def _reading(figure: Figure, edition: Edition) -> Reading:
    words = figure.period.text if figure.period else ""
    before = edition.text[max(0, figure.start - _NEAR) : figure.start]
    far = edition.text[max(0, figure.start - 2 * _NEAR) : figure.start]
    span = years_of(figure)
    average = bool(pattern("span", "average").search(words) or pattern("span", "average").search(_clause(before)))
    return Reading(
        figure=figure,
        edition=edition,
        code=code_of(figure),
        name=figure.indicator.text if figure.indicator else "",
        years=span,
        average=average,
        partial=bool(figure.period and figure.period.precision in ("day", "month", "quarter", "half")),
        basis=_basis(before),
        role=edition.role(figure.section),
        since=figure.measure != "level" and bool(pattern("span", "since").search(_STOP.split(far)[-1])),
        added=_added(figure, far),
        to=bool(pattern("indicator", "to").search(_clause(before)[-_WORD:])),
        work=bool(pattern("indicator", "work").search(_clause(before))),
        start=bool(re.search(table("naming")["from"], before)),
        several=bool(span and span[0] < span[1]) if figure.period else edition.several(figure.start),
    )


def _added(figure: Figure, before: str) -> bool | None:
    """Whether the number counts what was added (新增20家) or all there is (达到112家); None where nothing says."""
    named = figure.indicator
    if named and pattern("indicator", "new").search(f"{named.text}{named.name or ''}"):
        return True
    if figure.measure != "level" or figure.unit == "%":
        return None
    clause = re.split("[，,；;。！？!?\\n]", before)[-1]
    last = {
        kind: max((m.end() for m in pattern("indicator", kind).finditer(clause)), default=-1)
        for kind in ("added", "stock")
    }
    return None if last["added"] == last["stock"] else last["added"] > last["stock"]


def _clause(before: str) -> str:
    """What of ``before`` belongs to the clause that goes on behind it."""
    return _CLAUSE_START.split(before)[-1]


def code_of(figure: Figure) -> str | None:
    """The catalogue's code, unless the words say what its name does not (人均, 单位)."""
    one = figure.indicator
    if one is None:
        return None
    if one.code is None:
        words = table("indicator")
        known: dict[str, str] = words["also"] | (words["growth"] if figure.measure == "growth" else {})
        return known.get(one.text)
    both = pattern("pairs", "words").search(one.text)
    for word, wide, narrow in table("indicator")["narrower"]:
        if one.code == wide and word in one.text and word not in (one.name or "") and not both:
            return str(narrow)
    odd = [word for word in table("indicator")["breaks"] if word in one.text and word not in (one.name or "")]
    return None if odd and one.code.count(".") == 0 else one.code


def years_of(figure: Figure) -> tuple[int, int] | None:
    """The first and the last year of the figure's period; None where it has none."""
    period = figure.period
    if period is None or period.until is None:
        return None
    return (period.begin or period.until).year, period.until.year


def _basis(before: str) -> str | None:
    found = pattern("basis", "words").search(_clause(before))
    return found[0] if found else None


def _companies(found: Sequence[Reading]) -> Iterator[list[Reading]]:
    """Figures that stand side by side (5.8%和6.8%) together, the others alone."""
    group: list[Reading] = []
    for one in found:
        if group and not _beside(group[-1], one):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _beside(one: Reading, other: Reading) -> bool:
    gap = other.figure.start - one.figure.end
    same = (one.figure.measure, one.figure.unit) == (other.figure.measure, other.figure.unit)
    if not same or gap not in (0, 1):
        return False
    return (
        gap == 0
        or not one.edition.text
        or bool(_JOINTS.fullmatch(one.edition.text[one.figure.end : other.figure.start]))
    )


def _settled(group: list[Reading]) -> Iterator[Reading]:
    """The members of a company under the indicator that is theirs; a pair 城乡 is 城镇 and 农村.

    A member whose indicator stands before another number (零售额64.4亿元；城乡居民收入分别增长5.8%和6.8%) was read over
    that number's head: it takes the indicator of the company.
    """
    leader = max(group, key=_named_at)
    parts: dict[str, list[str]] = table("pairs")["codes"]
    both = len(group) == 2 and leader.code in parts and bool(pattern("pairs", "words").search(leader.name))
    for nth, one in enumerate(group):
        settled = one if one is leader or not _over_another(one) else replace(one, code=leader.code, name=leader.name)
        if both and settled.code == leader.code:
            settled = replace(settled, code=parts[leader.code or ""][nth])
        yield settled


def _named_at(one: Reading) -> int:
    named = one.figure.indicator
    return named.start if named and named.end <= one.figure.start else -1


def _over_another(one: Reading) -> bool:
    """Whether another number of another kind stands between the indicator and the figure."""
    named = one.figure.indicator
    if named is None or named.end > one.figure.start:
        return False
    between = (
        other for other in one.edition.plan.figures if named.end <= other.start and other.end <= one.figure.start - 1
    )
    return any(other.measure != one.figure.measure or other.unit != one.figure.unit for other in between)
