"""``luoshi explain``: a place by its number or by its words, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Command = Callable[..., Any]


def test_a_place_can_be_pointed_at_by_words_or_by_number(luoshi: Command, report: Path) -> None:
    by_words = luoshi("explain", report, "--find", "312.6亿元")
    at = luoshi("text", report).text.index("312.6亿元")
    assert by_words.code == 0
    assert "数字 f" in by_words.text
    assert "indicators.csv" in by_words.text
    assert luoshi("explain", report, "--at", at).text == by_words.text


def test_json_holds_sections_sentence_and_reasons(luoshi: Command, report: Path) -> None:
    why = json.loads(luoshi("explain", report, "--find", "云水大桥", "--json").out)
    assert {"commitment", "item"} <= {one["thing"] for one in why["found"]}
    assert all({"what", "words", "file"} == set(reason) for one in why["found"] for reason in one["reasons"])
    assert "云水大桥" in why["sentence"]
    assert why["sections"]


def test_words_that_are_not_there_and_places_beyond_the_end_are_told(luoshi: Command, report: Path) -> None:
    missing = luoshi("explain", report, "--find", "没有这句话")
    assert missing.code == 2
    assert "E001" in missing.err
    beyond = luoshi("explain", report, "--at", 10**9)
    assert beyond.code == 2
    assert "E002" in beyond.err


def test_one_of_the_two_ways_to_point_is_needed(luoshi: Command, report: Path) -> None:
    assert luoshi("explain", report).code == 2
    assert luoshi("explain", report, "--at", 1, "--find", "区").code == 2
