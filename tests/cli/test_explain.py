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
    for one in why["found"]:
        for reason in one["reasons"]:
            assert set(reason) == {"what", "says", "group", "words", "file", "row", "below"}
    assert "云水大桥" in why["sentence"]
    assert why["sections"][0]["reason"]["file"] == "roles.toml"
    assert why["also_at"] == []


def test_the_tree_speaks_chinese_first_and_english_beside_it(luoshi: Command, report: Path) -> None:
    text = luoshi("explain", report, "--find", "固定资产投资增长8%以上").text
    (comparison,) = (line for line in text.splitlines() if "comparison.toml" in line)
    assert "比较 comparison  以上  “以上”  ← comparison.toml [after.ge] 以上" in comparison
    assert "种类 kind  指标" in text
    assert "像承诺 for" in text
    assert "像口号 against" in text


def test_words_that_stand_elsewhere_too_are_told(luoshi: Command, report: Path) -> None:
    done = luoshi("explain", report, "--find", "地区生产总值")
    text = luoshi("text", report).text
    assert str(text.rindex("地区生产总值")) in done.err
    assert str(text.rindex("地区生产总值")) not in done.text


def test_a_report_cannot_steer_the_terminal_through_its_explanation(luoshi: Command, tmp_path: Path) -> None:
    path = tmp_path / "攻击.txt"
    path.write_text(
        "甲区政府工作报告\n\n一、2024年重点工作\n\n年内建成\u202e东城\x1b[31m大桥5座以上。", encoding="utf-8"
    )
    done = luoshi("explain", path, "--find", "5座")
    assert done.code == 0
    assert not {"\x1b", "\u202e"} & set(done.text)


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


def test_a_plan_is_explained_by_the_report_beside_it(luoshi: Command, report: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    luoshi("read", report, "--out", plan)
    assert luoshi("explain", plan, "--find", "云水大桥").text == luoshi("explain", report, "--find", "云水大桥").text
    report.unlink()
    done = luoshi("explain", plan, "--find", "云水大桥")
    assert (done.code, "P004" in done.err, report.name in done.err) == (2, True, True)
