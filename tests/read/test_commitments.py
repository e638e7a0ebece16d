"""Promises: where a clause begins and ends, of what kind it is, how strong, by when; and what is only a wish."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.examples import sample
from luoshi.plan.model import Kind, Strength
from luoshi.read.commitments import Promise, commitments
from luoshi.read.numbers import numbers
from luoshi.read.parts import parts
from luoshi.source import view
from luoshi.source.outline import outline

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "commitments.toml").read_text(encoding="utf-8")
)["case"]
REPORT = "政府工作报告\n\n一、2024年工作回顾\n\n过去一年，全县上下克难奋进。\n\n{heading}\n\n{text}\n"
PLAN = "二、2025年工作安排"
# What clauses are made of, and what breaks a reader of clauses.
PIECES = st.sampled_from(
    [
        *("\n\n", "，", "；", "。", "、", "：", "“", "”", "（", "）", "《", " ", "①", "一是", "1.", "——", "…"),
        *("新建", "推进", "确保", "支持", "争取", "坚持", "围绕", "以", "为", "在", "对", "其中", "同比", "报告指出"),
        *("12所", "5%以上", "3个", "年底前", "三年内", "项目", "机制", "企业", "高质量发展", "获得感", "了", "是", "x"),
        *("一、2024年工作回顾", "二、2025年工作安排", "三、民生实事", "结束语", "各位代表", "政府工作报告"),
    ]
)


def promised(text: str) -> tuple[str, list[Promise]]:
    folded = view(text).text
    skeleton = outline(folded)
    counted = [(number.start, number.end) for number in numbers(folded)]
    return folded, commitments(folded, skeleton, parts(folded, skeleton), counted)


def kept(text: str) -> list[tuple[str, str, str, str | None]]:
    """Of every promise that can be checked: its words, kind, strength and words of time."""
    folded, found = promised(text)
    return [
        (folded[one.start : one.end], one.kind, one.strength, folded[slice(*one.deadline)] if one.deadline else None)
        for one in found
        if one.kind != "slogan"
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_paragraph_gives_its_promises(case: dict[str, Any]) -> None:
    found = kept(REPORT.format(heading=case.get("heading", PLAN), text=case["text"]))
    wanted = [(one["text"], one["kind"], one.get("strength", "own"), one.get("deadline")) for one in case["want"]]
    assert found == wanted


def test_wishes_are_kept_as_slogans_that_nobody_owes_and_no_day_ends() -> None:
    _, found = promised(REPORT.format(heading=PLAN, text="让群众更有盼头，新建村卫生室12所。"))
    assert [(one.kind, one.strength, one.deadline) for one in found] == [
        ("slogan", "own", None),
        ("target", "own", None),
    ]


def test_headings_titles_and_the_greeting_are_no_promises() -> None:
    text = REPORT.format(
        heading=PLAN,
        text="各位代表：\n\n（一）建设现代产业体系\n\n做强特色产业。新建标准厂房8万平方米，让发展更有后劲。",
    )
    assert [words for words, *_ in kept(text)] == ["新建标准厂房8万平方米"]


def test_the_members_of_a_box_are_promises_one_by_one() -> None:
    folded, found = promised(sample("songgang-2021-news").read_text(encoding="utf-8"))
    begin = folded.rindex("七项创建")
    listed = [one for one in found if one.start > begin]
    assert [one.kind for one in listed] == ["recognition"] * 7
    assert all(left.end < right.start for left, right in pairwise(listed))


def test_a_promise_names_its_sentence_and_its_part() -> None:
    text = REPORT.format(heading=PLAN, text="新建村卫生室12所。改造农村公路80公里。")
    folded, found = promised(text)
    skeleton = outline(folded)
    told = parts(folded, skeleton)
    for one in found:
        sentence = skeleton.sentences[one.sentence]
        assert sentence.start <= one.start < one.end <= sentence.end
        assert told[one.part].role == "plan"
    assert len({one.sentence for one in found}) == len(found) == 2


def test_full_width_and_half_width_words_promise_the_same() -> None:
    wide = "年底前完成投资３０亿元，新建站点５个。"
    narrow = "年底前完成投资30亿元,新建站点5个。"
    assert kept(REPORT.format(heading=PLAN, text=wide)) == kept(REPORT.format(heading=PLAN, text=narrow)) != []


@pytest.mark.parametrize(
    "line",
    [
        "发" * 50_000,
        "，" * 50_000,
        "以" * 9_000 + "，" + "为" * 9_000,
        "支持、" * 20_000,
        "力争同" * 30_000,
        "1" * 50_000,
    ],
)
def test_a_hostile_line_gives_an_answer(line: str) -> None:
    _, found = promised(REPORT.format(heading=PLAN, text=line))
    assert len(found) <= 2


@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=120))
def test_promises_lie_in_order_inside_the_text_and_apart(text: str) -> None:
    folded, found = promised(REPORT.format(heading=PLAN, text=text))
    skeleton = outline(folded)
    for one in found:
        assert 0 <= one.start < one.end <= len(folded)
        assert folded[one.start : one.end].strip(" \n") == folded[one.start : one.end]
        assert one.kind in get_args(Kind)
        assert one.strength in get_args(Strength)
        if one.deadline:
            assert one.start <= one.deadline[0] < one.deadline[1] <= one.end
        if one.kind == "slogan":
            assert (one.strength, one.deadline) == ("own", None)
    assert all(left.end <= right.start for left, right in pairwise(found))
    begins = [sentence.start for sentence in skeleton.sentences]
    assert all(bisect_right(begins, one.start) - 1 == one.sentence for one in found)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_the_same_text_promises_the_same(text: str) -> None:
    assert promised(text) == promised(text)
