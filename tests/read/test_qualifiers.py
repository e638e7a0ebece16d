"""Conditions, hedges, whose it is and how often: kept with the promise, each with its words and their place."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.plan.model import Plan
from luoshi.read import read
from luoshi.source import Document

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "qualifiers.toml").read_text(encoding="utf-8")
)["case"]
REPORT = "政府工作报告\n\n一、2024年工作回顾\n\n过去一年，全县上下克难奋进。\n\n二、2025年工作安排\n\n{text}\n"
PIECES = st.sampled_from(
    [
        *(
            "若",
            "如遇",
            "在",
            "的前提下",
            "视",
            "情况",
            "力争",
            "争取",
            "确保",
            "积极",
            "配合",
            "支持企业",
            "每月",
            "每季度",
        ),
        *("常态化", "新建学校5所", "建成滨河公园", "，", "。", "；", "机制", "具备条件的", "则", "必须"),
    ]
)


def planned(text: str) -> Plan:
    return read(Document.from_text(REPORT.format(text=text)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:20])
def test_a_promise_keeps_what_qualifies_it(case: dict[str, Any]) -> None:
    found = [one for one in planned(case["text"]).commitments if one.kind != "slogan"]
    assert [one.text for one in found] == [one["promise"] for one in case["want"]]
    for one, wanted in zip(found, case["want"], strict=True):
        assert [[word.kind, word.text] for word in one.qualifiers] == wanted["of"]
        assert one.deadline.every == wanted.get("every")


def test_what_comes_round_says_so_in_the_item_and_keeps_its_last_day() -> None:
    plan = planned("每季度开展一次安全生产检查。")
    assert [(str(one.deadline.date), one.deadline.every) for one in plan.items] == [("2025-12-31", "quarter")]


def test_a_slogan_is_qualified_by_nothing() -> None:
    plan = planned("力争让城市更有温度。")
    assert [(one.kind, one.qualifiers) for one in plan.commitments] == [("slogan", ())]


@given(st.lists(PIECES, max_size=20).map("".join))
def test_every_qualifier_quotes_the_text(words: str) -> None:
    text = REPORT.format(text=words)
    for one in read(Document.from_text(text)).commitments:
        for word in one.qualifiers:
            assert text[word.start : word.end] == word.text != ""
            assert word.end <= one.end
            assert word.kind not in ("seek", "assist") or word.kind == one.strength
