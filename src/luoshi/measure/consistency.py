"""Readings that disagree with each other: slips of the unit, jumps, running totals that fall, sums that do not add."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from statistics import median

from luoshi.measure.reading import Reading, Series
from luoshi.measure.series import cumulative
from luoshi.problems import Problem, problem

_SLIPS = tuple(Decimal(10) ** power for power in (1, 2, 3, 4, 8))
_NEAR = Decimal("0.2")  # a slip leaves the value within a fifth of where it was, once put right
_SLIP = 5  # a change of fewer times is no slip
_JUMP = 6  # times the median change
_LARGE = Decimal("0.3")  # of the value before; below that a jump is no jump, however steady the series was
_FEW = 4
_ROUNDING = Decimal("0.51")  # of the last digit written, for each part


def consistency(series: Series) -> tuple[Problem, ...]:
    """What looks wrong in ``series``; each finding names its row. Breaks that are marked are not reported."""
    found = [*_neighbours(series), *_falls(series), *_sums(series)]
    return tuple(dict.fromkeys(found))


def _comparable(series: Series) -> list[list[Reading]]:
    """Runs of readings that may be compared one after the other: same length, same months of the year or all states."""
    runs: dict[tuple[object, ...], list[Reading]] = {}
    for one in series.readings:
        key = ("point",) if one.scope == "point" else (one.scope, one.period.count, _season(one))
        runs.setdefault(key, []).append(one)
    return list(runs.values())


def _season(one: Reading) -> int:
    """Single months and quarters are compared with their neighbours, running totals with the same months only."""
    return one.period.month if one.scope == "cumulative" else 0


def _neighbours(series: Series) -> Iterator[Problem]:
    for run in _comparable(series):
        pairs = [(a, b) for a, b in pairwise(run) if a.value and b.value and not b.broken]
        usual = median([abs(b.value - a.value) for a, b in pairs]) if len(pairs) >= _FEW else None
        after_slip = False
        for before, after in pairs:
            slip = None if series.growth else _slip(before, after)
            if slip is not None and not after_slip:
                yield problem(
                    "M009", name=series.name, row=after.row, period=after.period, before=before.value,
                    after=after.value, times=slip,
                )  # fmt: skip
            elif slip is None and usual is not None and _jumps(before, after, usual):
                yield problem(
                    "M010", name=series.name, row=after.row, period=after.period, before=before.value,
                    after=after.value,
                )  # fmt: skip
            after_slip = slip is not None and not after_slip


def _slip(before: Reading, after: Reading) -> int | None:
    """The power of ten that ``after`` is off by, as where 万元 was written for 亿元; None if it is not.

    Single months swing tenfold by themselves (a harvest, a tax date), so there the least slip is a hundredfold.
    """
    ratio = abs(after.value / before.value)
    large = ratio if ratio > 1 else 1 / ratio
    if large < _SLIP or (before.value > 0) != (after.value > 0):
        return None
    least = 100 if after.scope == "single" and after.period.count < 12 else 10
    return next((int(times) for times in _SLIPS if times >= least and abs(large / times - 1) <= _NEAR), None)


def _jumps(before: Reading, after: Reading, usual: Decimal) -> bool:
    change = abs(after.value - before.value)
    return change > _JUMP * usual and change > _LARGE * abs(before.value)


def _falls(series: Series) -> Iterator[Problem]:
    """A running total of something that is counted cannot fall; one of money can, and is asked about all the same."""
    if series.growth or series.unit in ("%", "‰"):
        return
    running = [one for one in series.readings if one.scope == "cumulative"]
    for before, after in pairwise(running):
        if before.period.year == after.period.year and after.value < before.value:
            yield problem(
                "M011", name=series.name, row=after.row, period=after.period, before=before.value, after=after.value,
                earlier=before.period,
            )  # fmt: skip


def _sums(series: Series) -> Iterator[Problem]:
    """A running total that is given and also follows from its parts must be the same, up to rounding."""
    if series.growth or series.unit in ("%", "‰"):
        return
    given = [one for one in series.readings if one.scope == "cumulative"]
    for one in given:
        rest = tuple(other for other in series.readings if other.scope == "single")
        parts = [other for other in rest if other.period.year == one.period.year and other.period.end <= one.period.end]
        whole = next(
            (sum_ for sum_ in cumulative(Series(series.name, series.unit, rest), one.period.year)
             if sum_.period == one.period), None,
        )  # fmt: skip
        if whole is None:
            continue
        room = sum((_step(part.value) for part in (one, *parts)), Decimal(0)) * _ROUNDING
        if abs(whole.value - one.value) > room:
            yield problem("M012", name=series.name, row=one.row, period=one.period, given=one.value, total=whole.value)


def _step(value: Decimal) -> Decimal:
    """One of the last digit written."""
    return Decimal(1).scaleb(int(value.as_tuple().exponent))
