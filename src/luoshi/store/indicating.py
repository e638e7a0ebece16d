"""What people enter about indicators one at a time: a reading, and what was agreed about a target's path and light."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.db.models import QuerySet

from luoshi.measure import Given, Override, Series, given
from luoshi.problems import Problem, problem
from luoshi.store.acting import By
from luoshi.store.ledger import record
from luoshi.store.models import Path, Reading, Report, Unit
from luoshi.store.moment import now
from luoshi.store.readings import save_readings
from luoshi.store.writing import writing

NEW = -1  # the revision of what is not there yet


@dataclass(frozen=True, slots=True)
class Entered:
    """How entering went: ``kept`` is how many rows were written; ``standing`` what already stands for the period."""

    kept: int
    standing: Reading | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed about a target: rows of a table of paths, a light by hand; ``revision`` counts changes."""

    rows: tuple[tuple[str, ...], ...] = ()
    light: Mapping[str, str] = field(default_factory=dict)
    revision: int = NEW

    def said(self, target: str) -> Given:
        """The path as measuring takes it."""
        return given(self.rows)[0].get(target, Given()) if self.rows else Given()

    def override(self) -> Override | None:
        """The light set by hand, held or not."""
        if not self.light:
            return None
        colour, reason, by = (self.light[name] for name in ("colour", "reason", "by"))
        return Override(colour, reason, by, date.fromisoformat(self.light["until"]))  # type: ignore[arg-type]


def enter_readings(series: Iterable[Series], by: By, *, unit: Unit | None, seen: Mapping[str, int]) -> Entered:
    """Keep readings, all or none. ``seen`` are the revisions that stood when they were written, by :func:`key_of`.

    A period that holds another value and was not seen so is not written over: the reading that stands there is given
    back, and nothing was kept. Raises :class:`Unavailable`.
    """
    wanted = list(series)
    try:
        with writing():
            for key, row in standing(wanted).items():
                if row.revision != seen.get(key, NEW):
                    return Entered(0, row)
            return Entered(save_readings(wanted, by, unit=unit, source="web"))
    except IntegrityError:  # another process wrote the same revision between the look and the write
        return Entered(0, next(iter(standing(wanted).values()), None))


def standing(series: Iterable[Series]) -> dict[str, Reading]:
    """What stands with another value for a period of ``series``, by :func:`key_of`."""
    found: dict[str, Reading] = {}
    for one in series:
        rows = latest_of([one.name])
        for reading in one.readings:
            key = key_of(one.name, one.growth, reading.scope, reading.period.begin, reading.period.end)
            row = rows.get(key)
            if row is not None and (row.value, row.unit_word) != (reading.value, reading.amount.unit):
                found[key] = row
    return found


def key_of(indicator: str, growth: bool, scope: str, begins: date, ends: date) -> str:
    """What names a reading whatever its revision."""
    return "|".join((indicator, str(int(growth)), scope, begins.isoformat(), ends.isoformat()))


def latest_of(names: Iterable[str]) -> dict[str, Reading]:
    """The latest revision of every reading of the indicators ``names``, by :func:`key_of`."""
    rows = Reading.objects.filter(indicator__in=list(names)).select_related("by", "unit").order_by("revision")
    return {key_of(row.indicator, row.growth, row.scope, row.begins, row.ends): row for row in rows}


def readings_of(names: Iterable[str]) -> QuerySet[Reading]:
    """Every reading of the indicators ``names``, newest period first, each with all its revisions."""
    found = Reading.objects.filter(indicator__in=list(names)).select_related("by", "unit")
    return found.order_by("-ends", "-begins", "scope", "growth", "-revision")


def label_reading(pk: int, label: str, by: By, *, expected: str) -> tuple[Problem, ...]:
    """Label a reading 公开 or 内部; ``expected`` is the label that was seen."""
    with writing():
        row = Reading.objects.get(pk=pk)
        if Reading.objects.filter(pk=pk, label=expected).update(label=label) != 1:
            return (problem("D005", expected=expected, revision=row.label),)
        record(by, "reading.label", f"reading:{pk}", f"{row.indicator} {row.ends}", before=expected, after=label)
    return ()


def agreed_of(report: Report) -> dict[str, Agreed]:
    """What was agreed about the targets of ``report``, by target."""
    return {row.target: _agreed(row) for row in Path.objects.filter(report=report)}


def agree(report: Report, target: str, by: By, *, expected: int, **change: Any) -> tuple[Agreed, tuple[Problem, ...]]:
    """Change ``rows`` or ``light`` of what is agreed about ``target``; ``expected`` is the revision that was seen.

    Gives what then stands; with the problem where somebody else was first.
    """
    with writing():
        row = Path.objects.filter(report=report, target=target).first()
        before = _agreed(row) if row else Agreed()
        if before.revision != expected:
            return before, (problem("D005", expected=expected, revision=before.revision),)
        kept = {"rows": before.rows, "light": dict(before.light), **change}
        text = json.dumps(kept, ensure_ascii=False)
        if row is None:
            Path.objects.create(report=report, target=target, text=text, updated=now())
        elif Path.objects.filter(pk=row.pk, revision=expected).update(
            text=text, revision=expected + 1, updated=now()
        ) != 1:  # fmt: skip
            return before, (problem("D005", expected=expected, revision=expected + 1),)
        record(by, "target.agree", f"report:{report.pk}", target, target=target, **change)
    return Agreed(tuple(map(tuple, kept["rows"])), kept["light"], expected + 1), ()


def _agreed(row: Path) -> Agreed:
    kept = json.loads(row.text)
    return Agreed(tuple(map(tuple, kept.get("rows", ()))), kept.get("light", {}), row.revision)
