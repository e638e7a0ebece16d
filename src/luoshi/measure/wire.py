"""A report of measurements as JSON: ``luoshi.measure/1``, decimals as text, dates as ISO."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from luoshi.amounts import plain
from luoshi.measure.breakdown import broken_down
from luoshi.measure.light import Light
from luoshi.measure.measuring import Measured, Report
from luoshi.measure.observed import Point
from luoshi.measure.telling import sentences, shape, unit_of
from luoshi.problems import Problem

FORMAT = "luoshi.measure/1"
_PLACES = Decimal("0.000001")


def to_json(report: Report, *, indent: int | None = None) -> str:
    """The report as JSON text; the same report always gives the same text."""
    wire = {
        "format": FORMAT,
        "today": report.today.isoformat(),
        "profile": {"name": report.profile.name, "title": report.profile.title, "source": report.profile.source},
        "indicators": [_indicator(one) for one in report.measured],
        "problems": [_problem(one) for one in report.problems],
    }
    return json.dumps(wire, ensure_ascii=False, indent=indent)


def _indicator(one: Measured) -> dict[str, Any]:
    target, now = one.target, one.standing
    return {
        "figure": target.id,
        "item": target.item,
        "name": target.name,
        "words": target.words,
        "target": _number(target.value),
        "unit": unit_of(target),
        "nature": target.nature,
        "better": target.better,
        "from": target.period.begin.isoformat(),
        "to": target.due.isoformat(),
        "path": {"kind": one.path.kind, "base": _number(one.path.base), "why": one.path.why},
        "points": [_point(point) for point in one.points],
        "standing": None if now is None else {
            "at": now.at.end.isoformat(), "value": _number(now.value), "expected": _number(now.expected),
            "scheduled": _number(now.scheduled), "done": _number(now.done), "gap": _number(now.gap),
            "ratio": _number(now.ratio),
        },
        "light": {**_light(one.light), "shape": shape(one)["shape"]},
        "earlier_lights": [_light(light) for light in one.lights],
        "outlook": None if one.outlook is None else {
            "method": one.outlook.method, "middle": _number(one.outlook.middle), "low": _number(one.outlook.low),
            "high": _number(one.outlook.high), "points": one.outlook.points, "chance": _number(one.outlook.chance),
            "enough": one.outlook.enough,
        },
        "needed": None if one.needed is None else {
            "kind": one.needed.kind, "amount": _number(one.needed.amount), "left": one.needed.left,
            "so_far": _number(one.needed.so_far), "best": _number(one.needed.best), "among": one.needed.among,
        },
        "parts": [
            {"from": part.period.begin.isoformat(), "to": part.period.end.isoformat(), "amount": _number(part.amount),
             "reached": _number(part.reached)}
            for part in broken_down(one.path, "quarter" if target.period.count <= 12 else "year")
        ],
        "sentences": [{"zh": sentence.zh, "en": sentence.en} for sentence in sentences(one)],
        "problems": [_problem(found) for found in one.problems],
    }  # fmt: skip


def _point(point: Point) -> dict[str, Any]:
    one = point.reading
    return {
        "from": point.period.begin.isoformat(), "to": point.period.end.isoformat(), "value": _number(point.value),
        "reading": plain(one.value), "unit": one.amount.unit, "scope": one.scope, "source": one.source,
        "evidence": one.evidence, "level": one.level, "revision": one.revision, "row": one.row,
    }  # fmt: skip


def _light(light: Light) -> dict[str, Any]:
    inputs = {name: _number(value) if isinstance(value, Decimal) else value for name, value in light.inputs.items()}
    return {
        "colour": light.colour, "hollow": light.hollow, "rule": light.rule, "why": light.why, "english": light.english,
        "inputs": inputs, "profile": light.profile, "on": light.on.isoformat(), "undefined": light.undefined,
    }  # fmt: skip


def _problem(one: Problem) -> dict[str, Any]:
    return {"code": one.code, "message": one.message, "why": one.why, "advice": one.advice}


def _number(value: Decimal | None) -> str | None:
    """Decimal text, to six places where a division made it longer."""
    if value is None:
        return None
    exponent = int(value.as_tuple().exponent)
    return plain(value if exponent >= -6 else value.quantize(_PLACES))
