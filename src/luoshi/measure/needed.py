"""What is still needed: the growth a year from here to the target, beside the growth there has been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from luoshi.measure.observed import Observed, average
from luoshi.measure.path import Path
from luoshi.measure.reading import Reading
from luoshi.measure.series import growth
from luoshi.measure.target import Target

_PAST = 5  # years that the best is taken from


@dataclass(frozen=True, slots=True)
class Needed:
    """``kind`` says what is compared: ``growth`` in % a year, ``step`` a year or ``month`` in the target's unit.

    ``amount`` is needed from now on for ``left`` years or months; ``so_far`` is the mean until now, ``best`` the best
    of ``among`` years (None where there are none).
    """

    kind: str
    amount: Decimal
    left: int
    so_far: Decimal | None
    best: Decimal | None = None
    among: int = 0


def needed(target: Target, path: Path, seen: Observed, yearly: Sequence[Reading]) -> Needed | None:
    """What is still needed, None where the target is met, its time is over, or nothing has been read.

    Growth is never asked of rates, of series that touch nought, or across a break: there the step a year is said.
    """
    if not seen.points or target.nature in ("rank", "yesno", "rate", "yearly"):
        return None
    last = seen.points[-1]
    months = (target.period.last[0] - last.period.last[0]) * 12 + target.period.last[1] - last.period.last[1]
    if months <= 0 or target.met(last.value) or target.floor or path.kind == "ceiling":
        return None
    if target.period.count <= 12 and path.level:
        return None
    if target.period.count <= 12 or target.nature in ("flow", "change"):
        begun = target.period.count - months
        so_far = (last.value - path.base) / begun if begun > 0 else None
        return Needed("month", (target.value - last.value) / months, months, so_far)
    return _by_year(target, yearly)


def _by_year(target: Target, yearly: Sequence[Reading]) -> Needed | None:
    if not yearly:
        return None
    now = yearly[-1]
    left = target.period.last[0] - now.period.last[0]
    past = list(pairwise(yearly))[-_PAST:]
    rates = [growth(after.value, before.value) for before, after in past]
    rate = None if target.unit in ("%", "‰") else average(target.value, now.value, left)
    if rate is None or any(one is None for one in rates):
        steps = [after.value - before.value for before, after in past]
        mean = sum(steps, Decimal(0)) / len(steps) if steps else None
        return Needed("step", (target.value - now.value) / left, left, mean, _best(target, steps), len(steps))
    known = [one for one in rates if one is not None]
    mean = average(now.value, past[0][0].value, len(past)) if past else None
    return Needed("growth", rate, left, mean, _best(target, known), len(known))


def _best(target: Target, past: Sequence[Decimal]) -> Decimal | None:
    if not past:
        return None
    return max(past) if target.better == "up" else min(past)
