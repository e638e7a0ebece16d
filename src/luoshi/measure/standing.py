"""Where an indicator is against where it should be: shares of the way, the gap between them, their ratio."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from luoshi.days import Months
from luoshi.measure.observed import Point
from luoshi.measure.path import Path

_HUNDRED = Decimal(100)
_NOUGHT = Decimal(0)


@dataclass(frozen=True, slots=True)
class Standing:
    """At the end of ``at``: ``value`` against ``expected``, in the target's unit, and as % of the way.

    ``scheduled`` and ``done`` are % of the way from the start to the target; ``gap`` is scheduled − done in points,
    ``ratio`` done ÷ scheduled. All are None before anything is asked for.
    """

    at: Months
    value: Decimal
    expected: Decimal | None
    scheduled: Decimal | None
    done: Decimal | None

    @property
    def gap(self) -> Decimal | None:
        return None if self.scheduled is None or self.done is None else self.scheduled - self.done

    @property
    def ratio(self) -> Decimal | None:
        if not self.scheduled or self.done is None:
            return None
        return self.done / self.scheduled


def standing(path: Path, point: Point) -> Standing:
    """The standing of ``point`` on ``path``."""
    expected = path.expected(point.period)
    if path.kind in ("hold", "ceiling", "rank"):
        scheduled = None if expected is None else _HUNDRED
        return Standing(point.period, point.value, expected, scheduled, _kept(path, expected, point.value))
    share = path.share(point.period)
    way = path.target.value - path.base
    if not way:
        done = _HUNDRED if path.target.met(point.value) else _NOUGHT
    else:
        done = (point.value - path.base) / way * _HUNDRED
    if path.kind == "yesno":
        done = _HUNDRED if path.target.met(point.value) else _NOUGHT
    return Standing(point.period, point.value, expected, None if share is None else share * _HUNDRED, done)


def _kept(path: Path, line: Decimal | None, value: Decimal) -> Decimal | None:
    """How much of a line is kept, in %: 100 where it is, else the ratio to it; 0 where a ratio means nothing.

    A ratio, so that it is the same in every unit. Over a ceiling of 4 at 5 it is 80; under a floor of 4 at 3, 75.
    """
    if line is None:
        return None
    up = path.target.better == "up"
    if (value >= line) if up else (value <= line):
        return _HUNDRED
    over, under = (value, line) if up else (line, value)
    if line < 0:
        over, under = under, over
    return max(_NOUGHT, over / under * _HUNDRED) if under and (line > 0) == (value > 0) else _NOUGHT
