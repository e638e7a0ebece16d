"""Every rule on more sentences than its page shows: what it must find, what it must let be."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from luoshi.check import Settings, check, rules
from luoshi.examples import sample
from luoshi.read import read
from luoshi.source import Document

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[f"{one['rule']}-{at}" for at, one in enumerate(CASES)])
def test_a_rule_finds_what_it_is_for_and_no_more(case: dict[str, Any], found: Callable[..., Any]) -> None:
    diagnostics = found(case["rule"], case["text"], case.get("earlier"))
    assert len(diagnostics) == case["finds"], [one.message for one in diagnostics]
    if "at" in case:
        assert diagnostics[0].place.text == case["at"]
    if "sum" in case:
        assert case["sum"] in diagnostics[0].sum


def test_every_place_is_the_slice_of_its_report() -> None:
    text = sample("songgang-2023").read_text(encoding="utf-8")
    plan = read(Document.from_text(text, "songgang-2023.txt"))
    everything = check(plan, text, settings=Settings(select=tuple("NTCSU"))).found
    assert len(everything) > 10
    for one in everything:
        for place in (one.place, *one.related):
            assert text[place.start : place.end] == place.text


def test_the_samples_hold_no_numbers_that_disagree() -> None:
    for name in ("songgang-2021", "songgang-2023", "songgang-2021-news"):
        text = sample(name).read_text(encoding="utf-8")
        plan = read(Document.from_text(text, name))
        assert [one.message for one in check(plan, text, settings=Settings(select=("N",))).found] == []


def test_a_planted_slip_in_a_whole_report_is_found_where_it_is() -> None:
    text = sample("songgang-2021").read_text(encoding="utf-8")
    wrong = text.replace("年均增长7.5%", "年均增长17.5%", 1)
    assert wrong != text
    result = check(read(Document.from_text(wrong, "x")), wrong, settings=Settings(select=("N",)))
    (one,) = result.found
    assert one.code == "N02"
    assert one.place.text == "17.5%"
    assert [place.text for place in one.related] == ["320亿元", "460亿元"]
    assert "460亿元 ÷ 320亿元" in one.sum


@pytest.mark.parametrize("code", rules())
def test_a_plan_without_its_text_is_checked_too(code: str, found: Callable[..., Any]) -> None:
    """No rule fails for want of the words between, and what is found is found at the same place."""
    words = "一、2023年工作回顾\n三次产业结构为11:46:53。\n二、2024年重点工作\n力争完成老旧小区改造30个。"
    bare = {(one.place.start, one.place.text) for one in found(code, words, with_text=False)}
    assert bare <= {(one.place.start, one.place.text) for one in found(code, words)}
    assert bool(bare) == (code in ("N06", "C05"))
