"""What a series says: cumulative and single values kept apart, whole years, growth, the shape of a year."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from luoshi.days import Months
from luoshi.measure.reading import Reading, Series

_YEAR = 12


def cumulative(series: Series, year: int) -> tuple[Reading, ...]:
    """What had come together since January of ``year``, by month; single months and quarters are added up.

    A sum is made only where every month from January on is there. A reading that is itself cumulative goes first.
    """
    own = [one for one in series.readings if one.period.year == year and one.scope != "point"]
    made = {one.period.count: one for one in own if one.period.from_january and _whole(one)}
    for one in sorted(own, key=lambda one: one.period):
        begins = one.period.month - 1
        months = begins + one.period.count
        if one.scope == "single" and begins in made and months not in made and months <= _YEAR:
            made[months] = _sum(made[begins], one)
    return tuple(made[months] for months in sorted(made))


def _whole(one: Reading) -> bool:
    return one.scope == "cumulative" or one.period.month == 1


def _sum(before: Reading, one: Reading) -> Reading:
    amount = before.amount + one.amount
    period = Months(one.period.year, 1, before.period.count + one.period.count)
    broken = before.broken or one.broken
    return Reading(
        period, amount, "cumulative", one.source, one.evidence, min(before.level, one.level), one.revision, broken,
        one.row,
    )  # fmt: skip


def years(series: Series, *, adds_up: bool) -> tuple[Reading, ...]:
    """One value a whole year: what came together in it, or the state at its end. Years not finished are left out."""
    numbers = sorted({one.period.last[0] for one in series.readings})
    found = []
    for year in numbers:
        one = _yearly(series, year) if adds_up else _state(series, year)
        if one is not None:
            found.append(one)
    return tuple(found)


def _yearly(series: Series, year: int) -> Reading | None:
    return next((one for one in cumulative(series, year) if one.period.count == _YEAR), None)


def _state(series: Series, year: int) -> Reading | None:
    ends = [one for one in series.readings if one.period.last == (year, _YEAR)]
    return ends[-1] if ends else None


def unbroken(yearly: Sequence[Reading]) -> tuple[Reading, ...]:
    """The years since the last change of method or gap: growth may be taken only within them."""
    kept: list[Reading] = []
    for one in yearly:
        if one.broken or (kept and one.period.last[0] != kept[-1].period.last[0] + 1):
            kept = []
        kept.append(one)
    return tuple(kept)


def shapes(series: Series, before: int) -> tuple[dict[int, Decimal], ...]:
    """For every finished year before ``before``: which share of the year had come together by which month."""
    found = []
    for year in sorted({one.period.year for one in series.readings if one.period.year < before}):
        parts = cumulative(series, year)
        whole = parts[-1] if parts and parts[-1].period.count == _YEAR else None
        if whole is not None and whole.value > 0 and len(parts) > 1 and not any(one.broken for one in parts[1:]):
            found.append({one.period.count: one.value / whole.value for one in parts})
    return tuple(found)


def growth(now: Decimal, before: Decimal) -> Decimal | None:
    """The rate of change in %, None where the earlier value is nought or negative or the sign changes."""
    if before <= 0 or now < 0:
        return None
    return (now / before - 1) * 100


def same_time_before(series: Series, now: Reading) -> Reading | None:
    """The reading of the same months a year earlier, unless the method has changed in between."""
    wanted = now.period.earlier()
    parts = cumulative(series, wanted.year) if now.scope == "cumulative" else series.readings
    found = next((one for one in parts if one.period == wanted), None)
    between = [one for one in series.readings if wanted.end < one.period.end <= now.period.end]
    return None if found is None or any(one.broken for one in between) else found
