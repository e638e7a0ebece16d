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
_JOINTS = re.compile(r"[、和与及，,]?")


@dataclass(frozen=True)
class Reading:
    """A figure of one edition; ``code`` is settled by its words and company, ``years`` are the first and the last."""

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

    @cached_property
    def value(self) -> Decimal | None:
        """The value, down being negative; None where it is no decimal (a fraction, a ratio)."""
        number = decimal(self.figure.value)
        if number is None:
            return None
        falls = self.figure.direction == "down" and self.figure.measure in ("growth", "change")
        return -number if falls else number

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
    if before is None or one.code or one.basis is None or not pattern("basis", "words").fullmatch(one.name):
        return one
    return replace(one, code=before.code, name=before.name)


def _reading(figure: Figure, edition: Edition) -> Reading:
    words = figure.period.text if figure.period else ""
    before = edition.text[max(0, figure.start - _NEAR) : figure.start]
    far = edition.text[max(0, figure.start - 2 * _NEAR) : figure.start]
    average = bool(pattern("span", "average").search(words) or pattern("span", "average").search(_clause(before)))
    return Reading(
        figure=figure,
        edition=edition,
        code=code_of(figure),
        name=figure.indicator.text if figure.indicator else "",
        years=years_of(figure),
        average=average,
        partial=bool(figure.period and figure.period.precision in ("day", "month", "quarter", "half")),
        basis=_basis(figure, before),
        role=edition.role(figure.section),
        since=figure.measure != "level" and bool(pattern("span", "since").search(_STOP.split(far)[-1])),
        added=_added(figure, far),
    )


def _added(figure: Figure, before: str) -> bool | None:
    """Whether the number counts what was added (新增20家) or all there is (达到112家); None where nothing says."""
    named = figure.indicator
    if named and pattern("indicator", "new").search(f"{named.text}{named.name or ''}"):
        return True
    if figure.measure != "level" or figure.unit == "%":
        return None
    clause = re.split("[，,；;。！？!?\\n]", before)[-1]
    last = {kind: max((m.end() for m in pattern("indicator", kind).finditer(clause)), default=-1) for kind in ("added", "stock")}
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
        known: dict[str, str] = table("indicator")["growth"]
        return known.get(one.text) if figure.measure == "growth" else None
    odd = [word for word in table("indicator")["breaks"] if word in one.text and word not in (one.name or "")]
    return None if odd and one.code.count(".") == 0 else one.code


def years_of(figure: Figure) -> tuple[int, int] | None:
    """The first and the last year of the figure's period; None where it has none."""
    period = figure.period
    if period is None or period.until is None:
        return None
    return (period.begin or period.until).year, period.until.year


def _basis(figure: Figure, before: str) -> str | None:
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
    return gap == 0 or not one.edition.text or bool(_JOINTS.fullmatch(one.edition.text[one.figure.end : other.figure.start]))


def _settled(group: list[Reading]) -> Iterator[Reading]:
    """The members of a company under one indicator: the one named last before it; a pair 城乡 is 城镇 and 农村."""
    if len(group) == 1:
        yield group[0]
        return
    named = [one for one in group if one.figure.indicator and one.figure.indicator.end <= group[0].figure.start]
    leader = max(named, key=lambda one: one.figure.indicator.start if one.figure.indicator else 0, default=group[0])
    parts = table("pairs")
    both = len(group) == 2 and pattern("pairs", "words").search(leader.name)
    for nth, one in enumerate(group):
        shared = named == group or leader.code is None or one.code in (None, leader.code) or both
        code = leader.code if shared else one.code
        if both and leader.code in parts:
            code = parts[leader.code][nth]
        yield replace(one, code=code, name=leader.name if shared else one.name)
