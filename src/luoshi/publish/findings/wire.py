"""Findings as JSON, ``luoshi.check/1``: what was found, what a suppression lets pass, what could not be checked."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Literal

from luoshi.check import Diagnostic, Place, Result
from luoshi.plan import Plan
from luoshi.problems import Problem
from luoshi.publish.findings.places import Lines

FORMAT: Literal["luoshi.check/1"] = "luoshi.check/1"


def wire(result: Result, plan: Plan, text: str | None = None) -> str:
    """The result as JSON text, indented; ``line`` and ``column`` are null where there is no text to count in."""
    lines = Lines(text) if text is not None else None
    facts = plan.document
    made = {
        "format": FORMAT,
        "document": facts.model_dump(mode="json", include={"title", "place", "year", "source", "sha256"}),
        "found": [_finding(one, lines) for one in result.found],
        "suppressed": [{**_finding(one, lines), "reason": by.reason} for one, by in result.passed],
        "unused": [asdict(one) for one in result.unused],
        "problems": [_problem(one) for one in result.problems],
    }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _finding(one: Diagnostic, lines: Lines | None) -> dict[str, Any]:
    return {
        "code": one.code,
        "severity": one.severity,
        "title": one.rule.title,
        **_place(one.place, lines),
        "section": one.section,
        "message": one.message,
        "english": one.english,
        "sum": one.sum,
        "why": one.rule.why,
        "advice": one.rule.advice,
        "mark": one.mark,
        "related": [{**_place(place, lines), "note": place.note, "earlier": place.earlier} for place in one.related],
    }


def _place(one: Place, lines: Lines | None) -> dict[str, Any]:
    position = lines.at(one.start) if lines and not one.earlier else None
    line, column = position or (None, None)
    return {"start": one.start, "end": one.end, "line": line, "column": column, "text": one.text}


def _problem(one: Problem) -> dict[str, Any]:
    return {"code": one.code, "severity": one.severity, "message": one.message, "why": one.why, "advice": one.advice}
