"""The plan's JSON in: checked against the shapes, with every fault named by its path."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import ValidationError

from luoshi.plan.model import FORMAT, Plan
from luoshi.problems import Problem, Unreadable, problem


def parse(text: str | bytes) -> Plan:
    """A plan from its JSON; raises :class:`Unreadable` when it is not JSON, not a plan, or breaks the format."""
    try:
        raw = json.loads(text)
    except ValueError as error:
        raise Unreadable([problem("P001", detail=str(error))]) from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        found = raw.get("format") if isinstance(raw, dict) else type(raw).__name__
        raise Unreadable([problem("P002", found=found, wanted=FORMAT)])
    try:
        return Plan.model_validate_json(text)
    except ValidationError as error:
        raise Unreadable(_faults(error)) from error


def _faults(error: ValidationError) -> list[Problem]:
    return [
        problem("P003", path=".".join(map(str, fault["loc"])), detail=fault["msg"])
        for fault in error.errors(include_url=False, include_input=False)
    ]


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the plan."""
    made = Plan.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": FORMAT, **made}
