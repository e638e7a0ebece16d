"""Amounts: an exact decimal with a unit as written, and the same amount in the unit's base. Never a float."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from luoshi.amounts.algebra import conversion, product, total

# Longest first: a unit as written may begin with one of these (万亿元, 亿斤, 千亩).
SCALES = {
    "万亿": Decimal(10**12), "千亿": Decimal(10**11), "百亿": Decimal(10**10), "十亿": Decimal(10**9),
    "亿": Decimal(10**8), "千万": Decimal(10**7), "百万": Decimal(10**6), "十万": Decimal(10**5),
    "万": Decimal(10**4), "千": Decimal(1000), "百": Decimal(100),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of ``units.csv``: one ``name`` is ``factor`` × ``base``; ``dimension`` says what kind of thing it counts.

    Before a character of ``not_before`` the word is no unit but the beginning of another word (3部门, 5方面).
    """

    name: str
    base: str
    factor: Decimal
    dimension: str
    english: str
    not_before: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """``value`` in ``unit``; both as written.

    ``+ − × ÷`` and comparisons go by what the units mean (亿元 with 万元), raise :class:`luoshi.amounts.Incompatible`
    where they mean different things, and are exact up to the 28 digits of a decimal; ``==`` compares what is written.
    """

    value: Decimal
    unit: str

    def to(self, unit: str) -> Amount:
        """The same amount counted in ``unit``: 460 亿元 in 万元 is 4600000 万元."""
        above, below = conversion(self.unit, unit)
        return Amount(self.value * above / below, unit)

    def __add__(self, other: Amount) -> Amount:
        above, below, unit = total(self.unit, other.unit, minus=False)
        return Amount(self.value + other.value * above / below, unit)

    def __sub__(self, other: Amount) -> Amount:
        above, below, unit = total(self.unit, other.unit, minus=True)
        return Amount(self.value - other.value * above / below, unit)

    def __mul__(self, other: Amount) -> Amount:
        above, below, unit = product(self.unit, other.unit, 1)
        return Amount(self.value * other.value * above / below, unit)

    def __truediv__(self, other: Amount) -> Amount:
        above, below, unit = product(self.unit, other.unit, -1)
        return Amount(self.value * above / (other.value * below), unit)

    def __lt__(self, other: Amount) -> bool:
        above, below = conversion(self.unit, other.unit)
        return self.value * above < other.value * below

    def __le__(self, other: Amount) -> bool:
        above, below = conversion(self.unit, other.unit)
        return self.value * above <= other.value * below

    def in_base(self) -> Amount | None:
        """The same amount in the base unit (460 亿元 → 46000000000 元); None if the unit is not known."""
        known = split(self.unit)
        if known is None:
            return None
        scale, unit = known
        return Amount(self.value * scale * unit.factor, unit.base)


@cache
def units() -> dict[str, Unit]:
    """Every unit by its name."""
    text = resources.files("luoshi.amounts").joinpath("units.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {
        r["unit"]: Unit(r["unit"], r["base"], Decimal(r["factor"]), r["dimension"], r["english"], r["not_before"])
        for r in rows
    }


@cache
def split(unit: str) -> tuple[Decimal, Unit] | None:
    """A unit as written taken apart into its scale and the unit proper: 亿元 → (10^8, 元). None if it is not known."""
    known = units()
    if unit in known:
        return Decimal(1), known[unit]
    for scale, factor in SCALES.items():
        rest = unit.removeprefix(scale)
        if rest != unit and (not rest or rest in known):
            return factor, known.get(rest, Unit("", "", Decimal(1), "count", ""))
    return None
