"""Who is in charge: what a text states is copied as written, what is proposed says so and why."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.read import read
from luoshi.read.units import proposed, same_unit, stated
from luoshi.source import Document, view
from luoshi.source.outline import outline

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "units.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES["stated"], ids=lambda case: case["text"][:14])
def test_units_that_a_text_states(case: dict[str, Any]) -> None:
    text = view(case["text"]).text
    found = stated(text, outline(text).paragraphs)
    assert [list(one.lead) for one in found] == ([case["lead"]] if case["lead"] else [])
    assert [list(one.help) for one in found] == ([case["help"]] if case["lead"] else [])


@pytest.mark.parametrize("case", CASES["proposed"], ids=lambda case: case["text"])
def test_units_are_proposed_by_their_duties_with_a_reason(case: dict[str, Any]) -> None:
    found = proposed(case["text"], "county", "甲区")
    assert (found[0].unit if found else "") == case["first"]
    assert all(duty.basis == "proposed" and duty.why and "职责" in duty.why for duty in found)


@pytest.mark.parametrize(
    ("level", "place", "unit"),
    [
        ("county", "乙县", "县教育局"),
        ("city", "丙市", "市教育局"),
        ("province", "丁省", "省教育厅"),
        ("national", None, "教育部"),
    ],
)
def test_a_unit_is_named_as_its_level_names_it(level: Any, place: str | None, unit: str) -> None:
    assert proposed("新建幼儿园5所", level, place)[0].unit == unit


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("人社局", "区人力资源和社会保障局", True),
        ("省教育厅", "教育局", True),
        ("发改委", "市发展和改革委员会", True),
        ("教育局", "体育局", False),
        ("某某公司", "教育局", False),
    ],
)
def test_names_of_one_unit_are_known_as_one(one: str, other: str, same: bool) -> None:
    assert same_unit(one, other) is same
    assert same_unit(other, one) is same


def test_items_carry_the_stated_unit_and_never_pass_a_proposal_off_as_one() -> None:
    text = (
        "甲区2024年政府工作报告\n一、2024年工作安排\n"
        "（一）办好教育。年内新建幼儿园5所（牵头单位：区住建局；责任单位：区教育局）。\n"
        "（二）稳定就业。城镇新增就业5000人。\n"
    )
    built, hired = read(Document.from_text(text)).items
    assert built.lead is not None
    assert (built.lead.unit, built.lead.basis) == ("区住建局", "stated")
    assert [duty.unit for duty in built.help] == ["区教育局"]
    assert hired.lead is not None
    assert (hired.lead.unit, hired.lead.basis) == ("区人力资源和社会保障局", "proposed")
    assert "就业" in (hired.lead.why or "")


@given(st.text(alphabet="（）[]：；、，。牵头责任单位负责局厅和各市县人民政府\n按职责分工教育", max_size=80))
def test_no_text_breaks_the_reading_of_units(text: str) -> None:
    folded = view(text).text
    for one in stated(folded, outline(folded).paragraphs):
        assert 0 <= one.since <= one.start < one.end <= len(folded)
        assert one.lead
