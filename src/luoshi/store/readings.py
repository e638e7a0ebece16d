"""Readings of indicators: kept row by row, given back as the series that measuring works on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Count, Max, Q, Sum

from luoshi.amounts import Amount
from luoshi.days import Months
from luoshi.measure.reading import Reading as Measured
from luoshi.measure.reading import Series
from luoshi.store.acting import By
from luoshi.store.ledger import record
from luoshi.store.models import Reading, Unit
from luoshi.store.writing import writing


def save_readings(series: Iterable[Series], by: By, *, unit: Unit | None = None, source: str = "") -> int:
    """Keep every reading of ``series`` that is new or revised, all in one transaction; how many were kept.

    A reading that is there with the same value is left alone, so that a table may be brought in twice; another value
    for the same period becomes a revision, and the one before stays on record.
    """
    kept: list[Reading] = []
    with writing():
        for one in series:
            kept += [row for reading in one.readings if (row := _row(one, reading, by, unit))]
        Reading.objects.bulk_create(kept, batch_size=200)
        if kept:
            names = sorted({row.indicator for row in kept})
            subject = f"unit:{unit.pk}" if unit else ""
            rows = [_said(row) for row in kept]
            record(by, "reading.save", subject, "、".join(names), source=source, rows=rows)
    return len(kept)


def series_until(day: date, names: Iterable[str] | None = None) -> dict[tuple[str, bool], Series]:
    """Every series by name and by whether it is a growth, of periods that ended by ``day``: latest revisions."""
    rows = Reading.objects.filter(ends__lte=day)
    if names is not None:
        rows = rows.filter(indicator__in=list(names))
    found: dict[tuple[str, bool], dict[tuple[date, date, str], Reading]] = {}
    for row in rows.order_by("ends", "begins", "revision"):
        found.setdefault((row.indicator, row.growth), {})[row.begins, row.ends, row.scope] = row
    return {key: _series(key, list(latest.values())) for key, latest in found.items()}


def stamps_of(names: Iterable[str], day: date) -> dict[str, tuple[int, ...]]:
    """A mark of the readings of each indicator that ended by ``day``: another one after any change to any of them."""
    rows = Reading.objects.filter(ends__lte=day, indicator__in=list(names)).order_by().values_list("indicator")
    marks = rows.annotate(last=Max("pk"), count=Count("pk"), open=Sum("pk", filter=Q(label="public"), default=0))
    return {name: tuple(rest) for name, *rest in marks}


def _said(row: Reading) -> list[str]:
    return [row.indicator, *map(str, (row.begins, row.ends, row.scope, row.value, row.revision))]


def _row(series: Series, one: Measured, by: By, unit: Unit | None) -> Reading | None:
    keys = {"indicator": series.name, "growth": series.growth, "scope": one.scope}
    period = {"begins": one.period.begin, "ends": one.period.end}
    last = Reading.objects.filter(**keys, **period).order_by("-revision").first()
    if last is not None and (last.value, last.unit_word) == (one.value, one.amount.unit):
        return None
    revision = one.revision if last is None else max(one.revision, last.revision + 1)
    return Reading(
        **keys,
        **period,
        value=one.value,
        unit_word=one.amount.unit,
        source=one.source[:200],
        evidence=one.evidence[:200],
        rung=one.level,
        revision=revision,
        broken=one.broken,
        label=one.openness or "internal",
        unit=unit,
        by=by.person,
    )


def _series(key: tuple[str, bool], rows: list[Reading]) -> Series:
    """All in the unit of the first reading; one in a unit that does not convert is left out."""
    unit = rows[0].unit_word
    readings = [_measured(row) for row in rows]
    same = (one if one.amount.unit == unit else replace(one, amount=one.amount.to(unit)) for one in readings)
    return Series(key[0], unit, tuple(same), key[1])


def _measured(row: Reading) -> Measured:
    return Measured(
        period=Months.between(row.begins, row.ends),
        amount=Amount(row.value.normalize() + 0, row.unit_word),
        scope=row.scope,  # type: ignore[arg-type]
        source=row.source,
        evidence=row.evidence,
        level=row.rung,
        revision=row.revision,
        broken=row.broken,
        openness=row.label,  # type: ignore[arg-type]
    )
