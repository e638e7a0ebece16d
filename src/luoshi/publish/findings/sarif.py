"""Findings as SARIF 2.1.0 (OASIS Standard, 27 March 2020), the format that code review tools read."""

from __future__ import annotations

import json
from typing import Any

from luoshi.check import Diagnostic, Place, Result, Rule, rules
from luoshi.plan import Plan
from luoshi.publish.findings.places import Lines

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def sarif(result: Result, plan: Plan, text: str | None = None, *, version: str, earlier: str = "") -> str:
    """The result as SARIF; ``version`` is luoshi's, ``earlier`` the name of the file that was compared with.

    Columns count code points. What a suppression lets pass is listed with its reason, as the standard has it.
    """
    lines = Lines(text) if text is not None else None
    files = (plan.document.source, earlier)
    results = [_result(one, lines, files) for one in result.found]
    results += [
        {**_result(one, lines, files), "suppressions": [{"kind": "external", "justification": by.reason}]}
        for one, by in result.passed
    ]
    run = {
        "tool": {"driver": {"name": "luoshi", "version": version, "rules": [_rule(one) for one in rules().values()]}},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": uri(name)}} for name in files if name],
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    {"level": one.severity, "message": {"text": f"{one.code} {one.message}"}} for one in result.problems
                ],
            }
        ],
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def uri(name: str) -> str:
    """A file's name as a relative URI: bytes of UTF-8, those that may not stand in one as %XX."""
    return "".join(chr(byte) if byte in _SAFE else f"%{byte:02X}" for byte in name.encode("utf-8", "surrogatepass"))


def _rule(one: Rule) -> dict[str, Any]:
    return {
        "id": one.code,
        "shortDescription": {"text": f"{one.title} · {one.title_en}"},
        "fullDescription": {"text": f"{one.why} {one.why_en}"},
        "help": {"text": f"{one.advice} {one.advice_en}"},
        "defaultConfiguration": {"enabled": one.on, "level": one.severity},
    }


def _result(one: Diagnostic, lines: Lines | None, files: tuple[str, str]) -> dict[str, Any]:
    related = [
        {"id": at, "message": {"text": place.note or place.text}, **_location(place, lines, files)}
        for at, place in enumerate(one.related, 1)
        if files[1] or not place.earlier
    ]
    return {
        "ruleId": one.code,
        "ruleIndex": list(rules()).index(one.code),
        "level": one.severity,
        "message": {"text": " ".join(filter(None, [one.message, one.sum, one.english]))},
        "locations": [_location(one.place, lines, files)],
        "relatedLocations": related,
        "partialFingerprints": {"luoshiMark/v1": one.mark},
    }


def _location(one: Place, lines: Lines | None, files: tuple[str, str]) -> dict[str, Any]:
    region: dict[str, Any] = {"charOffset": one.start, "charLength": one.end - one.start, "snippet": {"text": one.text}}
    if lines is not None and not one.earlier:
        first, last = lines.at(one.start), lines.at(one.end)
        region |= {"startLine": first.line, "startColumn": first.column, "endLine": last.line, "endColumn": last.column}
    return {"physicalLocation": {"artifactLocation": {"uri": uri(files[one.earlier])}, "region": region}}
