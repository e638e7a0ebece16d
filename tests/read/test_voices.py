"""Who speaks in a newspaper's account, and that nobody else's words become the government's commitments."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.examples import sample
from luoshi.plan.model import Plan
from luoshi.read import read
from luoshi.source import Document, fold

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "voices.toml").read_text(encoding="utf-8")
)["case"]
PIECES = st.sampled_from(
    [
        *(
            "本报讯 ",
            "报告指出，",
            "报告提出，",
            "记者从会上获悉，",
            "“",
            "”",
            "他强调，",
            "代表林晓说，",
            "。",
            "？",
            "\n",
            "\n\n\n",
        ),
        *(
            "数读\n",
            "2025年工作安排\n",
            "新建学校5所",
            "图为云溪大桥",
            "制图/周敏\n",
            "，",
            "图片由区委提供）",
            "请予审议",
        ),
    ]
)


def told(plan: Plan, text: str, words: str) -> str | None:
    at = text.index(words)
    return next((one.voice for one in plan.voices if one.start <= at < one.end), None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_an_account_keeps_who_speaks(case: dict[str, Any]) -> None:
    text = case["text"]
    plan = read(Document.from_text(text))
    wanted = [(voice, words) for voice, *many in case["voices"] for words in many]
    assert [(told(plan, text, words), words) for _, words in wanted] == wanted
    if not wanted:
        assert plan.voices == ()
    if "promises" in case:
        kept = [fold(one.text) for one in plan.commitments if one.kind != "slogan"]
        assert [next(w for w in case["promises"] if one.endswith(w)) for one in kept] == case["promises"]


def test_a_number_in_somebody_elses_mouth_is_no_target() -> None:
    text = next(case["text"] for case in CASES if case["name"] == "代表的话不是政府的承诺")
    plan = read(Document.from_text(text))
    assert {one.text: one.tense for one in plan.figures} == {"12所": "plan", "5所": "other", "20部": "other"}
    assert all(one.deadline.date is None or one.figures for one in plan.items if one.kind == "target")


def test_what_others_say_is_unread_and_says_whose_words_it_is() -> None:
    text = next(case["text"] for case in CASES if case["name"] == "代表的话不是政府的承诺")
    plan = read(Document.from_text(text))
    at = text.index("希望小区")
    assert [one.why for one in plan.unread if one.start <= at < one.end] == ["other"]


def test_a_voice_names_the_words_that_tell() -> None:
    text = next(case["text"] for case in CASES if case["name"] == "他指出，还是报告")
    cues = [one.cue.text for one in read(Document.from_text(text)).voices if one.cue]
    assert cues == ["本报讯", "区长赵明在报告中指出"]


def test_the_targets_of_a_box_are_kept_as_of_a_box() -> None:
    text = sample("songgang-2021-news").read_text(encoding="utf-8")
    plan = read(Document.from_text(text))
    boxed = {one.id for one in plan.sections if one.role == "box"}
    inside = [one for one in plan.commitments if one.section in boxed and one.kind == "target"]
    assert inside
    assert {next(v.voice for v in plan.voices if v.start <= one.start < v.end) for one in inside} == {"box"}


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_account_has_one_voice_at_a_place(text: str) -> None:
    plan = read(Document.from_text(text))
    for one in plan.voices:
        assert 0 <= one.start < one.end <= len(text)
        if one.cue:
            assert text[one.cue.start : one.cue.end] == one.cue.text
            assert one.start <= one.cue.start < one.cue.end <= one.end
    assert all(left.end <= right.start for left, right in pairwise(plan.voices))
