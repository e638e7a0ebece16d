"""Who is in charge: what a text states is copied as written, what is proposed says so and why."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.plan.model import Item
from luoshi.read import read
from luoshi.read.units import Stated, proposed, same_unit, statements
from luoshi.read.words import rows
from luoshi.source import Document, view
from luoshi.source.outline import outline

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "units.toml").read_text(encoding="utf-8")
)


def said(text: str) -> list[Stated]:
    seen = view(text)
    return statements(text, seen, outline(seen.text))


@pytest.mark.parametrize("case", CASES["stated"], ids=lambda case: case["name"])
def test_units_that_a_text_states_and_what_for(case: dict[str, Any]) -> None:
    text = case["text"]
    found = said(text)
    assert [(list(one.lead), list(one.help)) for one in found] == [(one["lead"], one["help"]) for one in case["said"]]
    for nth, one in enumerate(case["said"]):
        at = text.index(one["of"])
        assert [other for other, place in enumerate(found) if place.since <= at < place.until] == [nth]


def test_the_same_units_are_read_from_full_width_forms_and_other_line_ends() -> None:
    wide = "１．新建学校５所。\n责任单位：区教育局、区住建局\n２．修路６公里。\n责任单位：区交通局"
    assert [(one.lead, one.help) for one in said(wide)] == [(("区教育局",), ("区住建局",)), (("区交通局",), ())]


def test_a_table_keeps_its_rows_where_the_text_was_saved_with_printed_line_ends() -> None:
    line = "这一行是从打印的页面上抄下来的文字，写到行末就换行，句子还没有\n"
    text = line * 22 + "完。\n序号\t工作任务\t牵头单位\t配合单位\n1\t新建水库1座\t县水利局\t县财政局\n"
    assert [(one.lead, one.help) for one in said(text)] == [(("县水利局",), ("县财政局",))]


@pytest.mark.parametrize("case", CASES["proposed"], ids=lambda case: case["text"])
def test_units_are_proposed_by_their_duties_with_a_reason(case: dict[str, Any]) -> None:
    found = proposed(case["text"], "county", "甲区")
    assert (found[0].unit if found else "") == case["first"]
    assert all(duty.basis == "proposed" and duty.why and "职责" in duty.why for duty in found)
    assert not found or case["word"] in (found[0].why or "")


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


def test_at_most_three_are_proposed_each_once_the_likeliest_first() -> None:
    found = proposed("整治农村生活污水，改造农村公路，新建小学，改善卫生院条件，种树造林", "county", "甲县")
    assert len(found) == 3
    assert len({duty.unit for duty in found}) == 3


def test_one_bureau_with_two_rows_is_proposed_once() -> None:
    found = proposed("抽检食品和药品，查处假冒商标专利", "county", "甲县")
    assert [duty.unit for duty in found].count("县市场监督管理局") == 1


def test_titles_above_a_matter_help_to_choose_but_propose_nobody_alone() -> None:
    both = "举办健康讲座和体育比赛"
    assert proposed(both, "county", "甲县", "办好全民健身赛事")[0].unit == "县体育局"
    assert proposed("再上一个台阶", "county", "甲县", "办好全民健身赛事") == ()


@pytest.mark.parametrize("case", CASES["same"], ids=lambda case: case["one"])
def test_names_of_one_unit_are_known_as_one(case: dict[str, str]) -> None:
    assert same_unit(case["one"], case["other"])
    assert same_unit(case["other"], case["one"])


@pytest.mark.parametrize("case", CASES["apart"], ids=lambda case: case["one"])
def test_names_of_two_units_are_kept_apart(case: dict[str, str]) -> None:
    assert not same_unit(case["one"], case["other"])
    assert not same_unit(case["other"], case["one"])


def test_the_catalogue_can_be_used_as_it_was_edited() -> None:
    found = rows("units")
    assert len({row["code"] for row in found}) == len(found) >= 70
    for row in found:
        words = [word for column in ("duties", "shared") for word in row[column].split("|") if word]
        assert all(len(word) > 1 for word in words), f"a duty of one letter is never found: {row['code']}"
        assert len(words) == len(set(words)), f"a duty said twice: {row['code']}"
        assert row["duties"], f"nothing to do: {row['code']}"


def matter(text: str, words: str) -> Item:
    plan = read(Document.from_text(text))
    return next(one for one in plan.items if words in one.title)


REPORT = "甲区2024年政府工作报告\n一、2024年工作安排\n"


def test_items_carry_the_stated_unit_and_never_pass_a_proposal_off_as_one() -> None:
    text = REPORT + (
        "（一）办好教育。年内新建幼儿园5所（牵头单位：区住建局；责任单位：区教育局）。\n"
        "（二）稳定就业。城镇新增就业5000人。\n"
    )
    built, hired = read(Document.from_text(text)).items
    assert built.lead is not None
    assert (built.lead.unit, built.lead.basis) == ("区住建局", "stated")
    assert [(duty.unit, duty.basis) for duty in built.help] == [("区教育局", "stated")]
    assert hired.lead is not None
    assert (hired.lead.unit, hired.lead.basis) == ("区人力资源和社会保障局", "proposed")
    assert "就业" in (hired.lead.why or "")
    assert all(duty.basis == "proposed" for duty in hired.help)


def test_a_bracket_that_names_units_is_no_matter_of_its_own() -> None:
    text = REPORT + (
        "1．优化服务准入，年内新建驿站20个。（海关总署、商务部、财政部、水利部、交通运输部、农业农村部、生态环境部、文化和旅游部、"
        "审计署等有关部门和各地分别负责）\n2．新建码头2座。（交通运输部负责）\n"
    )
    plan = read(Document.from_text(text))
    assert [one.text for one in plan.commitments if "负责" in one.text] == []
    assert [one.lead.unit for one in plan.items if one.lead] == ["海关总署"] * (len(plan.items) - 1) + ["交通运输部"]
    assert len(plan.items) > 1


def test_where_only_helpers_are_stated_the_lead_is_proposed() -> None:
    item = matter(REPORT + "年内新建幼儿园5所，开学招生。\n配合单位：区财政局\n", "幼儿园")
    assert item.lead is not None
    assert (item.lead.unit, item.lead.basis) == ("区教育局", "proposed")
    assert [(duty.unit, duty.basis) for duty in item.help] == [("区财政局", "stated")]


@given(
    st.text(alphabet="（）[]：；、，。|\t牵头责任单位负责局厅和各市县人民政府\n序号1任务由按职责分工教育", max_size=120)
)
def test_no_text_breaks_the_reading_of_units(text: str) -> None:
    for one in said(text):
        assert 0 <= one.since <= one.until <= len(text)
        assert 0 <= one.start < one.end <= len(text)
        assert one.lead or one.help


@given(
    st.lists(st.sampled_from(["1", "2", "区教育局", "区住建局、", "新建学校三所，添置桌椅。", "10月底", "张三", " |"]))
)
def test_no_order_of_cells_breaks_the_reading_of_a_table(cells: list[str]) -> None:
    text = "序号\n任务\n牵头单位\n配合单位\n完成时限\n" + "\n".join(cells)
    for one in said(text):
        assert 0 <= one.since <= one.start < one.end <= one.until <= len(text) or one.end <= one.since
        assert all(unit in text for unit in (*one.lead, *one.help))
