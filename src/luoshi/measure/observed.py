"""Readings made comparable with a target: in its unit, of its nature, within its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from luoshi.amounts import Incompatible
from luoshi.days import Months
from luoshi.measure.reading import Reading, Series
from luoshi.measure.series import cumulative, growth, same_time_before, unbroken, years
from luoshi.measure.target import Target
from luoshi.problems import Problem, problem


@dataclass(frozen=True, slots=True)
class Point:
    """The target's own quantity at the end of ``period``, and the reading it comes from."""

    period: Months
    value: Decimal
    reading: Reading


@dataclass(frozen=True, slots=True)
class Observed:
    """``points`` within the target's time, the ``base`` before it, and why something could not be used."""

    points: tuple[Point, ...] = ()
    base: Reading | None = None
    problems: tuple[Problem, ...] = ()


def observed(target: Target, levels: Series | None, rates: Series | None) -> Observed:
    """The points of ``target`` from its readings: ``levels``, or ``rates`` where the readings are growth themselves."""
    if target.nature == "rate" and rates is not None:
        return Observed(_plain(target, rates))
    if levels is not None:
        return _of_rates(target, levels) if target.nature in ("rate", "yearly") else _of_levels(target, levels)
    wrong = rates is not None and target.nature not in ("rate", "yearly")
    return Observed(problems=(problem("M018", name=target.name),) if wrong else ())


def _of_rates(target: Target, levels: Series) -> Observed:
    return _growth(target, levels) if target.nature == "rate" else _yearly(target, levels)


def _of_levels(target: Target, levels: Series) -> Observed:
    try:
        converted = _converted(target, levels)
    except Incompatible:
        row, unit, wanted = levels.readings[0].row, levels.unit or "（无）", target.unit or "（无）"
        return Observed(problems=(problem("M005", row=row, name=target.name, unit=unit, wanted=wanted),))
    base = _base(target, converted)
    if target.nature == "flow":
        return _flow(target, converted, base)
    points = _plain(target, converted)
    if target.nature == "change":
        if base is None:
            return Observed(problems=(problem("M020", name=target.name, wanted="起点"),))
        points = tuple(replace(one, value=one.value - base.value) for one in points)
    return Observed(points, base)


def _converted(target: Target, series: Series) -> Series:
    """The series in the target's unit; where either has none (ranks, counts) the numbers are taken as they are."""
    if not series.unit or not target.unit or target.multiple or target.nature in ("rank", "yesno"):
        return series
    unit = "%" if target.nature == "change" and target.unit.endswith("百分点") else target.unit
    made = tuple(replace(one, amount=one.amount.to(unit)) for one in series.readings)
    return replace(series, unit=unit, readings=made)


def _within(target: Target, one: Months) -> bool:
    return target.period.begin <= one.end <= target.period.end


def _plain(target: Target, series: Series) -> tuple[Point, ...]:
    """Readings as they are; over several years only states and whole years compare with each other."""
    several = target.period.count > 12
    return tuple(
        Point(one.period, one.value, one)
        for one in series.readings
        if _within(target, one.period) and (not several or one.scope == "point" or one.period.count == 12)
    )


def _flow(target: Target, series: Series, base: Reading | None) -> Observed:
    """What has come together since the target's first year; a year with a hole ends the sum."""
    points: list[Point] = []
    before = Decimal(0)
    for year in range(target.period.year, target.period.last[0] + 1):
        parts = [one for one in cumulative(series, year) if one.period.end <= target.period.end]
        points += [Point(one.period, before + one.value, one) for one in parts]
        if not parts or parts[-1].period.count < 12:
            break
        before += parts[-1].value
    unused = [one for one in series.readings if _within(target, one.period)]
    if unused and not points:
        missing = problem("M027", name=target.name, row=unused[0].row, period=unused[0].period)
        return Observed((), base, (missing,))
    return Observed(tuple(points), base)


def _growth(target: Target, levels: Series) -> Observed:
    """The growth over the same months of the year before; what has no such reading, or no sound one, is named."""
    own = [one for one in levels.readings if _within(target, one.period)]
    running = cumulative(levels, target.period.year)
    points, found = [], []
    for one in running or own:
        before = same_time_before(levels, one)
        rate = growth(one.value, before.value) if before is not None else None
        if rate is not None:
            points.append(Point(one.period, rate, one))
        elif before is not None:
            found.append(problem("M015", name=target.name, before=before.value, after=one.value))
    if not points and not found and (running or own):
        broken = any(one.broken for one in levels.readings)
        found.append(problem("M013" if broken else "M020", name=target.name, wanted="上年同期"))
    if points:
        found.insert(0, problem("M021", name=target.name))
    return Observed(tuple(points), None, tuple(found[:1]))


def _yearly(target: Target, levels: Series) -> Observed:
    """The average growth a year since the year before the target's time."""
    whole = years(levels, adds_up=True) or years(levels, adds_up=False)
    base = next((one for one in whole if one.period.last[0] == target.period.year - 1), None)
    if base is None:
        return Observed(problems=(problem("M020", name=target.name, wanted="起点年份"),))
    since = [one for one in whole if one.period.last[0] >= base.period.last[0]]
    kept = unbroken(since)
    if kept and kept[0] is not base:
        return Observed(base=base, problems=(problem("M013", name=target.name, wanted="起点年份"),))
    points = []
    for one in kept[1:]:
        count = one.period.last[0] - base.period.last[0]
        rate = average(one.value, base.value, count)
        if rate is None:
            found = problem("M015", name=target.name, before=base.value, after=one.value)
            return Observed(base=base, problems=(found,))
        if _within(target, one.period):
            points.append(Point(one.period, rate, one))
    return Observed(tuple(points), base)


def average(now: Decimal, before: Decimal, years: int) -> Decimal | None:
    """The growth a year in % that leads from ``before`` to ``now`` in ``years``; None where there is no such rate."""
    if before <= 0 or now <= 0 or years < 1:
        return None
    return ((now / before) ** (Decimal(1) / years) - 1) * 100


def _base(target: Target, series: Series) -> Reading | None:
    """The last reading before the target's time, unless the method changed since."""
    before = [one for one in series.readings if one.period.end < target.period.begin and _comparable(one)]
    if not before:
        return None
    after: Sequence[Reading] = [one for one in series.readings if one.period.end > before[-1].period.end]
    return None if any(one.broken for one in after) else before[-1]


def _comparable(one: Reading) -> bool:
    return one.scope == "point" or one.period.last[1] == 12
