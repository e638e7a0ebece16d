"""Unit algebra on decimals: which units go into which, and what a product or quotient is counted in.

A unit as written (``万元/亩``) is a factor and a *kind*: base units with their powers. Everything about a unit is
worked out once and kept, so that an operation costs a look-up and one or two decimal operations.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from luoshi.amounts.amount import Unit

Kind = tuple[tuple[str, int], ...]

PERCENT, POINT, TIMES = "%", "百分点", "倍"
_PURE: Kind = ()
_NO_PRODUCT = {POINT: "百分点只用于比较两个百分数，不能乘除", "番": "翻番是乘方，不是乘法，请先换成倍数"}
_KEPT = 4096  # pairs of units; a county uses a few hundred


class Incompatible(ValueError):
    """Two units that do not go together; the message says why, in Chinese."""


class Measured(NamedTuple):
    """A unit as written: one of it is ``factor`` × the base units of ``kind``."""

    factor: Fraction
    kind: Kind


@lru_cache(_KEPT)
def measured(unit: str) -> Measured:
    """The factor and the kind of ``unit``: 亿元 is 10^8 of 元, 万元/亩 is 15 of 元 a 平方米. Raises Incompatible."""
    from luoshi.amounts.amount import split  # noqa: PLC0415 — the two files need each other

    if unit == "":
        return Measured(Fraction(1), _PURE)
    above, slash, below = unit.partition("/")
    known = split(unit)
    if not slash or (known and "/" not in known[1].base):
        return _simple(unit, known)
    over = _simple(above, split(above)) if above else Measured(Fraction(1), _PURE)
    under = _simple(below, split(below))
    return Measured(over.factor / under.factor, _merge(over.kind, under.kind, -1))


def _simple(unit: str, known: tuple[Decimal, Unit] | None) -> Measured:
    if known is None:
        raise Incompatible(f"不认识单位“{unit}”")
    scale, proper = known
    base, factor = proper.base, Fraction(scale) * Fraction(proper.factor)
    into, more = _relations().get(base, (base, Fraction(1)))
    return Measured(factor * more, ((into, 1),) if into else _PURE)


@cache
def _relations() -> dict[str, tuple[str, Fraction]]:
    """Base units that are multiples of each other: by name, what they go into and how often."""
    text = resources.files("luoshi.amounts").joinpath("relations.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["base"]: (row["into"], Fraction(int(row["numerator"]), int(row["denominator"]))) for row in rows}


def _merge(one: Kind, other: Kind, sign: int) -> Kind:
    powers = dict(one)
    for base, power in other:
        powers[base] = powers.get(base, 0) + sign * power
    return tuple(sorted((base, power) for base, power in powers.items() if power))


@lru_cache(_KEPT)
def conversion(unit: str, into: str) -> tuple[Decimal, Decimal]:
    """What an amount in ``unit`` is multiplied with and divided by to be in ``into``. Raises Incompatible.

    Two numbers, so that a third (亩 → 平方米) stays exact until the last step. A pure number may become % or 倍.
    """
    one, other = measured(unit), measured(into)
    ratio = one.factor / other.factor
    if _share(one.kind) and _share(other.kind):
        ratio = one.factor * _worth(one.kind) / (other.factor * _worth(other.kind))
    elif one.kind != other.kind:
        raise Incompatible(f"“{unit}”和“{into}”不是一类量，不能换算")
    return Decimal(ratio.numerator), Decimal(ratio.denominator)


def _share(kind: Kind) -> bool:
    """Whether the kind is a bare ratio in some dress: a pure number, %, 倍."""
    return kind in (_PURE, ((PERCENT, 1),), ((TIMES, 1),))


def _worth(kind: Kind) -> Fraction:
    return Fraction(1, 100) if kind == ((PERCENT, 1),) else Fraction(1)


@lru_cache(_KEPT)
def total(one: str, other: str, *, minus: bool) -> tuple[Decimal, Decimal, str]:
    """How ``other`` is converted before it is added to (or taken from) ``one``, and the unit of the result.

    % ± 个百分点 is %; % − % is 个百分点, which is no %. Raises Incompatible.
    """
    kinds = measured(one).kind, measured(other).kind
    percent, point = ((PERCENT, 1),), ((POINT, 1),)
    if kinds == (percent, point):
        rate = measured(other).factor / measured(one).factor
        return Decimal(rate.numerator), Decimal(rate.denominator), one
    if kinds[0] != kinds[1]:
        raise Incompatible(f"“{one}”和“{other}”不是一类量，不能相加减")
    above, below = conversion(other, one)
    if minus and kinds == (percent, percent):
        if one != PERCENT:
            raise Incompatible(f"“{one}”之差请先换成百分数")
        return above, below, POINT
    return above, below, one


@lru_cache(_KEPT)
def product(one: str, other: str, sign: int) -> tuple[Decimal, Decimal, str]:
    """What the product (``sign`` 1) or quotient (−1) of the bare values is multiplied with and divided by; its unit."""
    left, right = measured(one), measured(other)
    for kind in (left.kind, right.kind):
        for base, _ in kind:
            if base in _NO_PRODUCT:
                raise Incompatible(_NO_PRODUCT[base])
    if sign == 1 and _share(right.kind) and not _share(left.kind):
        return (*_split(right.factor * _worth(right.kind)), one)
    if sign == 1 and _share(left.kind) and not _share(right.kind):
        return (*_split(left.factor * _worth(left.kind)), other)
    kind = _merge(_bare(left.kind), _bare(right.kind), sign)
    factor = left.factor * _worth(left.kind) * (right.factor * _worth(right.kind)) ** sign
    return (*_split(factor), _named(kind))


def _split(factor: Fraction) -> tuple[Decimal, Decimal]:
    return Decimal(factor.numerator), Decimal(factor.denominator)


def _bare(kind: Kind) -> Kind:
    return _PURE if _share(kind) else kind


def _named(kind: Kind) -> str:
    """The kind in words that :func:`measured` reads: 元/平方米. Raises Incompatible where no such word is in use."""
    over = [base for base, power in kind for _ in range(power)]
    under = [base for base, power in kind for _ in range(-power)]
    if len(over) > 1 or len(under) > 1:
        raise Incompatible(f"没有“{'·'.join(over) or '1'}/{'·'.join(under) or '1'}”这样的单位")
    return "".join(over) + "".join(f"/{base}" for base in under)
