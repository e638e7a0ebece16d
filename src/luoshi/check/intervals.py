"""Intervals of exact decimals: what a figure can be, given how it was written and rounded.

``460亿元`` is anything from 455 to 465: noughts at the end of a round amount are taken for rounding, as long as two
digits are left (``20亿元`` is 19.5 to 20.5). ``460.0亿元`` is 459.95 to 460.05, ``10%`` is 9.5 to 10.5,
``163件`` is 163. 左右 is the band of ``bounds.toml``.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from luoshi.amounts import plain, split
from luoshi.check.catalogue import bounds
from luoshi.plan import Figure

_COUNTED = ("count", "share", "multiple", "rank")
_KNOWN = 2  # digits of a round number that are taken for known
_SHOWN = 4  # digits of a computed number that are shown


class Interval(NamedTuple):
    """Everything from ``low`` to ``high``, both included."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Interval) -> Interval:  # type: ignore[override]
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def over(self, other: Interval) -> Interval | None:
        """The quotient of two intervals of positive numbers; None where ``other`` reaches nought."""
        if other.low <= 0 or self.low < 0:
            return None
        return Interval(self.low / other.high, self.high / other.low)

    def scaled(self, factor: Decimal | int) -> Interval:
        """Every number times a positive ``factor``."""
        return Interval(self.low * factor, self.high * factor)

    def shifted(self, by: Decimal | int) -> Interval:
        """Every number plus ``by``."""
        return Interval(self.low + by, self.high + by)

    def root(self, years: int) -> Interval:
        """The ``years``-th root of an interval of positive numbers."""
        power = Decimal(1) / Decimal(years)
        return Interval(self.low**power, self.high**power)

    def wider(self, below: Decimal | int, above: Decimal | int) -> Interval:
        """The interval with ``below`` and ``above`` added at its ends."""
        return Interval(self.low - below, self.high + above)

    def meets(self, other: Interval) -> bool:
        """Whether the two have a number in common."""
        return self.low <= other.high and other.low <= self.high

    def __str__(self) -> str:
        low, high = short(self.low), short(self.high)
        return low if low == high else f"{low}—{high}"


def short(value: Decimal) -> str:
    """``value`` with four digits that count, without exponent."""
    if not value:
        return "0"
    places = max(_SHOWN - 1 - value.adjusted(), 0)
    return plain(value.quantize(Decimal(1).scaleb(-min(places, 8))))


def decimal(text: str | None) -> Decimal | None:
    """The number in the decimal text of a figure; None for ratios and fractions."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def written(figure: Figure) -> Interval | None:
    """What the figure can be, in its own unit. None where words leave an end open (以上, 突破) or it is no decimal."""
    value, other = decimal(figure.value), decimal(figure.value2)
    if value is None:
        return None
    half = rounding(figure.value, figure.unit)
    if figure.comparator == "range" and other is not None:
        return Interval(min(value, other) - half, max(value, other) + half)
    if figure.comparator == "approx":
        band = max(abs(value) * Decimal(bounds()["rounding"]["about"]), half)
        return Interval(value - band, value + band)
    return Interval(value - half, value + half) if figure.comparator == "eq" else None


def in_base(figure: Figure) -> Interval | None:
    """What the figure can be, in the base unit of its unit (元, 人, %)."""
    found, known = written(figure), split(figure.unit)
    if found is None or known is None:
        return None
    scale, unit = known
    return found.scaled(scale * unit.factor)


def rounding(value: str, unit: str) -> Decimal:
    """Half of the last place that ``value`` was written to; nought for things that are counted one by one."""
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    known = split(unit)
    scale, dimension = (known[0], known[1].dimension) if known else (Decimal(1), "count")
    if exponent == 0 and scale == 1 and dimension not in ("share", "money", "multiple"):
        return Decimal(0)
    if exponent == 0 and dimension not in _COUNTED:
        exponent = _last_place(number)
    return Decimal(5).scaleb(exponent - 1)


def _last_place(number: Decimal) -> int:
    """How many noughts at the end of a whole number are taken for rounding: never so many that one digit is left."""
    digits = str(abs(int(number)))
    noughts = len(digits) - len(digits.rstrip("0"))
    return max(min(noughts, len(digits) - _KNOWN), 0)
