"""Rows of numbers over time: targets with their paths and lights, the steps of the paths, public readings."""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.measure import Measured, Readings, broken_down, measure_plan
from luoshi.publish.dossier import Dossier
from luoshi.publish.opendata.cells import Row, exact


def _measured(cut: Dossier) -> tuple[Measured, ...]:
    report = cut.measured or measure_plan(cut.plan, Readings({}), cut.today)
    return report.measured


def targets(cut: Dossier) -> Iterator[Row]:
    """A row a target; without public readings target and path only."""
    return ({**_promised(one), **_standing(one), **_lit(one), **_ahead(one)} for one in _measured(cut))


def _promised(one: Measured) -> Row:
    target, path = one.target, one.path
    return {
        **{name: getattr(target, name) for name in ("item", "name", "words", "unit", "comparator", "nature", "better")},
        "figure": target.id,
        "value": exact(target.value),
        "floor": target.floor,
        "from": target.period.begin,
        "due": target.due,
        "path": path.kind,
        "base": exact(path.base) if path.base else None,
        "path_why": path.why,
    }


def _standing(one: Measured) -> Row:
    now = one.standing
    if now is None:
        return {}
    shares = {name: exact(getattr(now, name)) for name in ("expected", "scheduled", "done", "gap")}
    return {"at": now.at.end, "current": exact(now.value), **shares}


def _lit(one: Measured) -> Row:
    """The light where there is a public reading: without one it would say that nobody reports, which may not be so."""
    if not one.points:
        return {}
    lit = one.light
    return {
        "light": lit.colour,
        "hollow": lit.hollow,
        "light_why": lit.why,
        "light_why_en": lit.english,
        "light_rule": lit.rule,
    }


def _ahead(one: Measured) -> Row:
    if one.outlook is None:
        return {}
    return {
        "method": one.outlook.method,
        **{name: exact(getattr(one.outlook, name)) for name in ("low", "middle", "high")},
    }


def steps(cut: Dossier) -> Iterator[Row]:
    """A row a quarter of a target, or a year where it takes longer than one."""
    for one in _measured(cut):
        for part in broken_down(one.path, "quarter" if one.target.period.count <= 12 else "year"):
            yield {
                "figure": one.target.id,
                "from": part.period.begin,
                "to": part.period.end,
                "amount": exact(part.amount),
                "reached": exact(part.reached),
            }


def readings(cut: Dossier) -> Iterator[Row]:
    """A row a public reading."""
    for series in cut.readings.series.values() if cut.readings else ():
        for one in series.readings:
            yield {
                "name": series.name,
                "growth": series.growth,
                "from": one.period.begin,
                "to": one.period.end,
                "value": one.value,
                "unit": one.amount.unit,
                **{name: getattr(one, name) for name in ("scope", "source", "level", "revision", "broken")},
            }
