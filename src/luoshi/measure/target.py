"""What an indicator is to reach, by when, and from where: a figure of the plan made ready to be measured."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from typing import Literal

from luoshi.days import Months
from luoshi.plan import Figure, Item, Plan

Nature = Literal["flow", "stock", "rate", "yearly", "change", "rank", "yesno"]
Better = Literal["up", "down"]

_ABOUT = Decimal("0.5")  # 左右 gives way by half a step of the last digit written (by experience; no source found)


@dataclass(frozen=True, slots=True)
class Target:
    """``value`` is the weakest end of what the words promise, in ``unit``; ``period`` is the time it is promised for.

    ``nature`` says what its readings do: ``flow`` adds up over the period, ``stock`` is a state at the end, ``rate`` a
    growth over the year before, ``yearly`` an average growth a year over several, ``change`` an addition to the base,
    ``rank``, or ``yesno``. ``floor`` marks a line to be held at all times (底线). ``base`` is the value before the
    period, where known.
    """

    id: str
    name: str
    value: Decimal
    unit: str
    nature: Nature
    better: Better
    period: Months
    floor: bool = False
    multiple: bool = False
    names: tuple[str, ...] = ()
    words: str = ""
    item: str | None = None
    comparator: str = "eq"
    base: Decimal | None = None

    @property
    def due(self) -> date:
        """The last day of the time it is promised for."""
        return self.period.end

    def met(self, value: Decimal) -> bool:
        """Whether ``value`` is good enough."""
        return value >= self.value if self.better == "up" else value <= self.value


def targets(plan: Plan) -> tuple[Target, ...]:
    """Every figure of ``plan`` that is promised and can be measured, in the order of the text.

    A figure without a year of its own is promised for the year of the report.
    """
    items = {figure: item for item in plan.items for figure in item.figures}
    sure = [(figure, items.get(figure.id)) for figure in plan.figures if figure.tense == "plan"]
    made = (_target(figure, item, plan) for figure, item in sure)
    return tuple(target for target in made if target is not None)


def _target(figure: Figure, item: Item | None, plan: Plan) -> Target | None:
    when = _period(figure, item, plan)
    # A ratio such as 1:2.5 has no one value to reach.
    if when is None or not _plain(figure.value) or (figure.indicator is None and item is None):
        return None
    about = figure.indicator
    name = (about.name or about.text) if about else item.title if item else ""
    names = (figure.id, *((about.name or "", about.text, about.code or "") if about else ()), item.id if item else "")
    row = _row(name) or (_row(about.text) if about else None)
    better = _better(figure, row)
    return Target(
        figure.id,
        name,
        _weakest(figure, better),
        figure.unit,
        _nature(figure, row, when),
        better,
        when,
        floor=bool(item and item.kind == "hold"),
        multiple=figure.measure == "multiple",
        names=tuple(filter(None, dict.fromkeys(names))),
        words=figure.text,
        item=item.id if item else None,
        comparator=figure.comparator,
    )


def _period(figure: Figure, item: Item | None, plan: Plan) -> Months | None:
    said = figure.period
    if said is not None and said.begin and said.until:
        return Months.between(said.begin, said.until)
    due = item.deadline.date if item else None
    term = plan.document.term
    if due is not None:
        begin = term[0] if term and term[0] <= due else date(due.year, 1, 1)
        return Months.between(begin, due)
    if term:
        return Months.between(*term)
    return Months.whole_year(plan.document.year) if plan.document.year else None


def _nature(figure: Figure, row: dict[str, str] | None, when: Months) -> Nature:
    if figure.measure in ("rank", "change"):
        return "rank" if figure.measure == "rank" else "change"
    if figure.measure == "growth":
        return "rate" if when.count <= 12 else "yearly"
    if figure.measure in ("ratio", "multiple") or figure.unit in ("%", "‰", "微克/立方米"):
        return "stock"
    if row is not None:
        return "stock" if row["nature"] == "stock" else "flow"
    # 到 2025 年达到 500 亿元 is a yearly value at the end of the way, unless the words say that years add up.
    return "stock" if when.count > 12 else "flow"


def _better(figure: Figure, row: dict[str, str] | None) -> Better:
    if figure.measure in ("growth", "change") and figure.direction:
        return figure.direction
    if figure.measure == "rank" or figure.comparator in ("le", "lt"):
        return "down"
    return "down" if row is not None and row["better"] == "down" else "up"


def _plain(value: str) -> bool:
    try:
        return Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _weakest(figure: Figure, better: Better) -> Decimal:
    """The end of the promise that is easiest to reach: 5%—6% is 5%, 7%左右 is 6.5%. A fall is a negative growth."""
    ends = [Decimal(figure.value), Decimal(figure.value2 or figure.value)]
    if figure.comparator == "approx":
        step = _ABOUT.scaleb(int(min(0, int(ends[0].as_tuple().exponent))))
        ends += [ends[0] - step, ends[0] + step]
    if figure.direction == "down" and figure.measure in ("growth", "change"):
        ends = [-end for end in ends]
    return min(ends) if better == "up" else max(ends)


def _row(name: str) -> dict[str, str] | None:
    return next((row for row in _natures() if row["word"] in name), None)


@cache
def _natures() -> Sequence[dict[str, str]]:
    text = resources.files("luoshi.measure").joinpath("natures.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
