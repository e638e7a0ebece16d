"""Counts and their shares: to a tenth of a percent, and together always exactly 100.0 %."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

_TENTHS = 1000


def shares(counts: Sequence[int]) -> tuple[Decimal, ...]:
    """The share of each of ``counts`` in percent, to a tenth; they add up to 100.0 by the largest remainder.

    Of equal remainders the earlier gets the tenth that is left over. Where nothing was counted every share is 0.0.
    """
    whole = sum(counts)
    if not whole:
        return tuple(Decimal("0.0") for _ in counts)
    parts = [divmod(count * _TENTHS, whole) for count in counts]
    left = _TENTHS - sum(floor for floor, _ in parts)
    order = sorted(range(len(counts)), key=lambda at: -parts[at][1])
    more = set(order[:left])
    return tuple((Decimal(floor + (at in more)) / 10).quantize(Decimal("0.1")) for at, (floor, _) in enumerate(parts))
