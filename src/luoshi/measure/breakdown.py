"""A target cut into years, quarters and months that add up to it exactly; and parts that were set, checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from itertools import pairwise

from luoshi.days import Months, Parts
from luoshi.measure.path import Path
from luoshi.problems import Problem, problem


@dataclass(frozen=True, slots=True)
class Part:
    """What falls to ``period``, and what should have been reached at its end, both in the target's unit."""

    period: Months
    amount: Decimal
    reached: Decimal


def broken_down(path: Path, by: Parts, *, digits: int | None = None) -> tuple[Part, ...]:
    """The way of ``path`` by years, quarters or months, rounded to ``digits`` places so that the parts add up exactly.

    What rounding leaves over goes to the parts that lost most (largest remainder), so no part is off by a whole step.
    ``digits`` is one more than the target is written with by default. Nothing is asked for on a path that is level.
    """
    if path.level or path.kind in ("rank", "yesno"):
        return ()
    whole = path.target.period
    exponent = int(path.target.value.as_tuple().exponent)
    step = Decimal(1).scaleb(-digits if digits is not None else min(0, exponent) - 1)
    periods = whole.parts(by)
    ends = [path.expected(one) for one in periods]
    marks = [path.base, *(path.base if end is None else end for end in ends)]
    amounts = _rounded([after - before for before, after in pairwise(marks)], step)
    parts, reached = [], path.base
    for period, amount in zip(periods, amounts, strict=True):
        reached += amount
        parts.append(Part(period, amount, reached))
    return tuple(parts)


def _rounded(exact: Sequence[Decimal], step: Decimal) -> list[Decimal]:
    """``exact`` in whole steps with the same sum, itself brought to the nearest step."""
    down = [(value / step).to_integral_value(ROUND_FLOOR) for value in exact]
    missing = int((sum(exact, Decimal(0)) / step).to_integral_value()) - int(sum(down, Decimal(0)))
    losses = sorted(range(len(exact)), key=lambda at: down[at] - exact[at] / step)
    more = set(losses[:missing])
    return [(value + (at in more)) * step for at, value in enumerate(down)]


def added_up(name: str, whole: Decimal, parts: Sequence[Decimal], *, least: bool = True) -> tuple[Problem, ...]:
    """Whether parts that were handed down add up to ``whole``; with ``least`` more than the whole is fine (加码)."""
    total = sum(parts, Decimal(0))
    if total == whole or (least and total > whole):
        return ()
    return (problem("M025", name=name, whole=whole, total=total),)
