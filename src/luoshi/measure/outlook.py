"""Where an indicator will be at its deadline: by the years before, or within a year by the years' shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from luoshi.measure.forecast import FARTHEST, FEWEST, forecast
from luoshi.measure.observed import Observed
from luoshi.measure.reading import Reading, Series
from luoshi.measure.series import shapes
from luoshi.measure.target import Target
from luoshi.problems import Problem, problem

_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Outlook:
    """``middle`` with its range at the deadline and the ``chance`` of meeting the target; None where not known.

    ``method`` is ``drift`` (80 % range, from ``points`` yearly values) or ``shape`` (the range that the same part of
    ``points`` earlier years would have led to; ``enough`` of them would have met the target).
    """

    method: str
    middle: Decimal
    low: Decimal
    high: Decimal
    points: int
    chance: Decimal | None = None
    enough: int | None = None


def outlook(
    target: Target, seen: Observed, yearly: Sequence[Reading], levels: Series | None
) -> tuple[Outlook | None, tuple[Problem, ...]]:
    """The outlook of ``target``, or why there is none."""
    if target.nature in ("rank", "yesno", "rate", "yearly", "change"):
        return None, ()
    last = seen.points[-1] if seen.points else None
    if last is not None and last.period.end >= target.due:
        return None, ()
    if target.nature == "flow" and last is not None and target.period.count == 12 and levels is not None:
        found = _by_shape(target, last.value, last.period.count, shapes(levels, target.period.year))
        if found is not None:
            return found, ()
    if target.nature == "flow" and target.period.count > 12:
        return None, ()
    return _by_drift(target, yearly)


def _by_drift(target: Target, yearly: Sequence[Reading]) -> tuple[Outlook | None, tuple[Problem, ...]]:
    if not yearly:
        return None, ()
    ahead = target.period.last[0] - yearly[-1].period.last[0]
    if len(yearly) < FEWEST:
        return None, (problem("M017", name=target.name, count=len(yearly), fewest=FEWEST),)
    if not 1 <= ahead <= FARTHEST:
        return None, (problem("M023", name=target.name, years=ahead, farthest=FARTHEST),) if ahead > 0 else ()
    made = forecast([float(one.value) for one in yearly], ahead)
    if made is None:
        return None, (problem("M024", name=target.name),)
    chance = made.chance(float(target.value), up=target.better == "up")
    middle, low, high = (_rounded(value) for value in (made.middle, made.low, made.high))
    return Outlook("drift", middle, low, high, made.points, Decimal(f"{chance:.3f}")), ()


def _by_shape(target: Target, value: Decimal, month: int, past: Sequence[dict[int, Decimal]]) -> Outlook | None:
    shares = [one[month] for one in past if one.get(month)]
    if not shares:
        return None
    ends = sorted(value / share for share in shares)
    mean = value / (sum(shares, Decimal(0)) / len(shares))
    enough = sum(target.met(end) for end in ends)
    return Outlook("shape", _rounded(mean), _rounded(ends[0]), _rounded(ends[-1]), len(ends), None, enough)


def _rounded(value: float | Decimal) -> Decimal:
    return Decimal(f"{value:.{_DIGITS}g}") + 0
