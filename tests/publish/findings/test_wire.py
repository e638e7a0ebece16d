"""Findings for programs: JSON, and SARIF as the standard has it."""

from __future__ import annotations

import json
from typing import Any

import pytest

import luoshi
from luoshi.check import check, rules
from luoshi.publish.findings import Lines, sarif, wire
from luoshi.publish.findings.sarif import uri


def test_json_holds_every_finding_with_its_place(checked: Any) -> None:
    made = json.loads(wire(checked.result, checked.plan, checked.text))
    assert made["format"] == "luoshi.check/1"
    assert [one["code"] for one in made["found"]] == ["N03", "C05", "C02"]
    for one in made["found"]:
        assert checked.text[one["start"] : one["end"]] == one["text"]
        line = checked.text.split("\n")[one["line"] - 1]
        assert line[one["column"] - 1 :].startswith(one["text"])
        assert {"severity", "title", "section", "message", "english", "why", "advice", "mark"} <= set(one)
    first = made["found"][0]
    assert first["sum"] == "150户 ÷ 120户 - 1 = 25%"
    assert [place["text"] for place in first["related"]] == ["120户", "150户"]


def test_json_tells_what_was_let_pass_and_what_fits_nothing(checked: Any) -> None:
    made = json.loads(wire(checked.result, checked.plan, checked.text))
    assert [(one["code"], one["reason"]) for one in made["suppressed"]] == [("N06", "<b>取整</b>")]
    assert [one["rule"] for one in made["unused"]] == ["N01"]


def test_without_text_there_are_no_lines(checked: Any) -> None:
    made = json.loads(wire(check(checked.plan), checked.plan))
    assert made["found"]
    assert {one["line"] for one in made["found"]} == {None}
    assert [one["code"] for one in made["problems"]] == ["K007"]


@pytest.fixture(scope="session")
def log(checked: Any) -> dict[str, Any]:
    made = json.loads(sarif(checked.result, checked.plan, checked.text, version=luoshi.__version__))
    assert isinstance(made, dict)
    return made


def test_sarif_is_of_its_version_and_names_its_tool(log: dict[str, Any]) -> None:
    """SARIF 2.1.0 §3.13: version and runs; §3.18–3.19: the tool's driver has a name."""
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("luoshi", luoshi.__version__)
    assert [one["id"] for one in driver["rules"]] == list(rules())
    for one in driver["rules"]:
        assert one["shortDescription"]["text"]
        assert one["defaultConfiguration"]["level"] in ("error", "warning", "note")


def test_sarif_results_point_to_rules_and_places(log: dict[str, Any], checked: Any) -> None:
    """§3.27: every result has a message and a rule; §3.30: lines and columns from 1, end after the last character."""
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    lines = checked.text.split("\n")
    for one in run["results"]:
        assert run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"]
        assert one["level"] in ("none", "note", "warning", "error")
        assert one["message"]["text"]
        (location,) = one["locations"]
        region = location["physicalLocation"]["region"]
        assert region["startLine"] == region["endLine"]
        words = lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
        start = region["charOffset"]
        assert words == region["snippet"]["text"] == checked.text[start : start + region["charLength"]]
        assert location["physicalLocation"]["artifactLocation"]["uri"] == run["artifacts"][0]["location"]["uri"]
        assert one["partialFingerprints"]
        assert [place["id"] for place in one["relatedLocations"]] == list(range(1, len(one["relatedLocations"]) + 1))


def test_sarif_lists_what_was_let_pass_with_its_reason(log: dict[str, Any]) -> None:
    """§3.35: a result with suppressions is not shown as open."""
    passed = [one for one in log["runs"][0]["results"] if "suppressions" in one]
    assert [(one["ruleId"], one["suppressions"]) for one in passed] == [
        ("N06", [{"kind": "external", "justification": "<b>取整</b>"}])
    ]


def test_a_file_name_becomes_a_uri_without_blanks_or_chinese() -> None:
    assert uri("云 a/b.txt") == "%E4%BA%91%20a/b.txt"
    assert uri("a#b?.txt") == "a%23b%3F.txt"


def test_places_of_the_earlier_report_point_to_its_file() -> None:
    from luoshi.read import read
    from luoshi.source import Document

    earlier = read(
        Document.from_text("云水区2023年政府工作报告\n一、2022年工作回顾\n空气质量优良天数达到300天。", "旧.txt")
    )
    now = Document.from_text(
        "云水区2024年政府工作报告\n一、2023年工作回顾\n空气质量优良天数达到321天，增加11天。", "新.txt"
    )
    plan = read(now)
    made = json.loads(sarif(check(plan, now.text, earlier=earlier), plan, now.text, version="1", earlier="旧.txt"))
    (result,) = (one for one in made["runs"][0]["results"] if one["ruleId"] == "N11")
    uris = [place["physicalLocation"]["artifactLocation"]["uri"] for place in result["relatedLocations"]]
    assert uris == [uri("新.txt"), uri("旧.txt")]


@pytest.mark.parametrize(("at", "position"), [(0, (1, 1)), (2, (1, 3)), (3, (2, 1)), (4, (3, 1)), (6, (3, 3))])
def test_lines_and_columns_count_from_one(at: int, position: tuple[int, int]) -> None:
    assert Lines("ab\n\n云水").at(at) == position


def test_a_line_is_found_without_its_end() -> None:
    lines = Lines("ab\n\n云水")
    assert [lines.span(line) for line in (1, 2, 3)] == [(0, 2), (3, 3), (4, 6)]
