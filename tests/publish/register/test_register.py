"""What a supervision office reads in the register: one matter a row, its sentence, its figures, their sources."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from luoshi.plan import Commitment, Deadline, Duty, Facts, Figure, Item, Plan
from luoshi.publish.register import register, register_csv
from luoshi.source import Document

Rows = list[dict[str, Any]]


@pytest.fixture
def rows(plan: Plan, document: Document, table: Callable[..., Rows]) -> dict[str, dict[str, Any]]:
    return {row["编号"]: row for row in table(register(plan, document))}


def test_the_sheets_are_the_ones_promised(plan: Plan, document: Document) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(register(plan, document)))
    assert book.sheet_names == ["任务台账", "指标数据", "承诺明细", "数字阶梯", "说明"]


def test_one_row_an_item_in_the_order_of_the_text(plan: Plan, rows: dict[str, dict[str, Any]]) -> None:
    assert list(rows) == [item.id for item in plan.items]
    assert [row["序号"] for row in rows.values()] == [1, 2, 3, 4, 5, 6]


def test_a_target_is_a_number_with_unit_and_comparator(rows: dict[str, dict[str, Any]]) -> None:
    growth, floor = rows["i1"], rows["i3"]
    assert (growth["目标值"], growth["单位"], growth["比较"]) == (7.5, "%", "左右")
    assert growth["量化目标"] == "地区生产总值 增长7.5%左右（全年）"
    assert (floor["目标值"], floor["单位"], floor["比较"], floor["类别"]) == (95, "%", "以上", "底线")


def test_of_several_figures_none_is_picked(rows: dict[str, dict[str, Any]]) -> None:
    assert rows["i5"]["量化目标"] == "老旧小区 30个\n停车场 5至6座"
    assert rows["i5"]["目标值"] == ""


def test_the_size_of_a_project_is_not_its_target(document: Document, table: Callable[..., Rows]) -> None:
    size = Figure(id="f1", start=0, end=3, text="3亿元", value="3", unit="亿元", tense="plan", rule="t")
    clause = Commitment(id="c1", start=0, end=3, text="3亿元厂房竣工", kind="project", figures=("f1",), rule="t")
    item = Item(id="i1", title="厂房", commitments=("c1",), kind="project")
    (row,) = table(register(Plan(figures=(size,), commitments=(clause,), items=(item,)), document))
    assert row["量化目标"] == "3亿元"
    assert row["目标值"] == ""


def test_a_range_keeps_both_ends(document: Document, table: Callable[..., Rows]) -> None:
    figure = Figure(
        id="f1", start=0, end=1, text="5%—6%", value="5", value2="6", unit="%", comparator="range", rule="t"
    )
    item = Item(id="i1", title="化债", figures=("f1",), kind="target")
    (row,) = table(register(Plan(figures=(figure,), items=(item,)), document))
    assert (row["目标值"], row["单位"], row["比较"]) == ("5—6", "%", "区间")


def test_every_row_stands_beside_its_sentence_and_section(rows: dict[str, dict[str, Any]]) -> None:
    assert rows["i4"]["原文句"] == "年内建成城北大桥，6月底前开工水厂二期！"
    assert rows["i6"]["原文句"] == "协助市里办好农博会，让山城更有烟火气。"
    assert rows["i4"]["所在章节"] == "三、重点工作 › （一）抓产业"


def test_checkpoints_are_the_clauses_to_sign_off(rows: dict[str, dict[str, Any]]) -> None:
    assert rows["i4"]["核查点"] == "（1）年内建成城北大桥\n（2）6月底前开工水厂二期"
    assert rows["i1"]["核查点"] == "同目标任务"


def test_deadlines_say_whether_the_text_states_them(rows: dict[str, dict[str, Any]]) -> None:
    assert (rows["i4"]["完成时限"], rows["i4"]["时限依据"]) == (date(2024, 12, 31), "文中写明：“年内”")
    assert (rows["i1"]["完成时限"], rows["i1"]["时限依据"]) == (date(2024, 12, 31), "按报告期末推定")
    assert (rows["i6"]["完成时限"], rows["i6"]["时限依据"]) == ("", "未定")


def test_units_say_who_named_them(rows: dict[str, dict[str, Any]]) -> None:
    row = rows["i4"]
    assert row["牵头单位"] == "县交通运输局"
    assert row["责任（配合）单位"] == "县水利局\n县住建局"
    assert row["单位依据"] == "按职责建议：含“大桥”\n县水利局：文中写明"
    assert rows["i6"]["单位依据"] == "已确认"
    assert (rows["i1"]["牵头单位"], rows["i1"]["单位依据"]) == ("", "")


def test_strength_tells_own_duty_from_help(rows: dict[str, dict[str, Any]]) -> None:
    assert rows["i6"]["责任力度"] == "配合"
    assert rows["i4"]["责任力度"] == "主责"


def test_what_people_fill_in_is_empty_and_what_engines_compute_is_absent(rows: dict[str, dict[str, Any]]) -> None:
    row = rows["i1"]
    for heading in ("责任领导", "责任人", "基数", "一季度", "四季度", "自报%", "进展情况", "核实%", "进度类", "备注"):
        assert row[heading] == ""
    assert {"计划%", "灯号", "灯号理由"} & set(row) == set()


def test_every_figure_is_listed_with_its_place(plan: Plan, document: Document, table: Callable[..., Rows]) -> None:
    found = table(register(plan, document), "指标数据")
    assert [row["编号"] for row in found] == [figure.id for figure in plan.figures]
    for row, figure in zip(found, plan.figures, strict=True):
        assert document.text[int(row["起"]) : int(row["止"])] == figure.text == row["原话"]
    first, second, last = found[0], found[1], found[4]
    assert (first["数值"], first["量"], first["方向"], first["时态"]) == (7.5, "增速", "上升", "计划")
    assert (first["时期"], first["时期起"], first["时期止"]) == ("全年", date(2024, 1, 1), date(2024, 12, 31))
    assert (second["基本单位数值"], second["基本单位"], second["事项编号"]) == (1260000000, "元", "i2")
    assert (last["数值"], last["数值上限"], last["比较"]) == (5, 6, "区间")
    assert first["部分"] == "主要目标"


def test_every_commitment_is_listed_slogans_too(plan: Plan, document: Document, table: Callable[..., Rows]) -> None:
    found = {row["编号"]: row for row in table(register(plan, document), "承诺明细")}
    assert list(found) == [one.id for one in plan.commitments]
    assert (found["c8"]["类别"], found["c8"]["事项编号"]) == ("口号", "")
    assert (found["c5"]["期限原话"], found["c5"]["完成时限"]) == ("6月底前", date(2024, 6, 30))
    assert found["c4"]["事项编号"] == "i4"


def test_the_ladder_shows_who_is_missing(plan: Plan, document: Document, table: Callable[..., Rows]) -> None:
    found = table(register(plan, document), "数字阶梯")
    assert [(row["提法"], row["成员"]) for row in found] == [
        ("三大产业集群", "绿色食品"),
        ("三大产业集群", "装备制造"),
        ("主要目标", ""),
    ]
    assert [(row["应有"], row["找到"]) for row in found] == [(3, 2), (3, 2), (1, 0)]


def test_the_notes_say_where_it_comes_from_and_what_was_found(plan: Plan, document: Document) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(register(plan, document)))
    lines = [[str(cell) for cell in row] for row in book.get_sheet_by_name("说明").to_python()]
    facts = {row[0]: row[1] for row in lines}
    assert facts["SHA-256"] == "ab" * 32
    assert facts["来源文件"] == "山城县.docx"
    assert facts["部署期间"] == "2024-01-01—2024-12-31"
    assert facts["事项"].startswith("6：")
    assert "口号 1" in facts["承诺"]
    assert facts["牵头单位"] == "6：没有 4、按职责建议 1、已确认 1"
    assert "全文只有 180 个字。请找到全文。" in [row[4] for row in lines if row[0] == "R001"]


def test_an_empty_plan_is_still_a_register(table: Callable[..., Rows]) -> None:
    assert table(register(Plan(), Document.from_text(""))) == []
    assert register_csv(Plan(), Document.from_text("")).decode("utf-8-sig").count("\r\n") == 1


def test_the_words_of_a_wrapped_page_are_joined(table: Callable[..., Rows]) -> None:
    text = "各位代表：我们要继续修好进村入户的每一条路，\n— 3 —\n全年新建农村公路60公里。明年再说。\n"
    clause = "修好进村入户的每一条路，\n— 3 —\n全年新建农村公路60公里"
    start = text.index(clause)
    one = Commitment(id="c1", start=start, end=start + len(clause), text=clause, kind="project", rule="t")
    item = Item(id="i1", title="农村公路", commitments=("c1",), kind="project")
    (row,) = table(register(Plan(commitments=(one,), items=(item,)), Document.from_text(text)))
    assert row["原文句"] == "各位代表：我们要继续修好进村入户的每一条路，全年新建农村公路60公里。"


def test_an_item_of_several_sentences_shows_them_all(table: Callable[..., Rows]) -> None:
    text = "“建一座桥！”修一条路；种一片树。\n又一段。\n"
    clauses = [
        Commitment(id=f"c{n}", start=text.index(w), end=text.index(w) + 4, text=w, kind="project", rule="t")
        for n, w in enumerate(("建一座桥", "种一片树"))
    ]
    item = Item(id="i1", title="桥和树", commitments=("c0", "c1"), kind="project")
    (row,) = table(register(Plan(commitments=tuple(clauses), items=(item,)), Document.from_text(text)))
    assert row["原文句"] == "“建一座桥！”\n种一片树。"


def test_a_plan_typed_by_hand_with_loose_ends_is_still_shown(table: Callable[..., Rows]) -> None:
    """References that lead nowhere and places beyond the text do not stop the work."""
    one = Commitment(id="c1", start=900, end=950, text="修桥", kind="project", section="s9", figures=("f9",), rule="t")
    item = Item(id="i1", title="修桥", commitments=("c1", "c9"), figures=("f8",), section="s9", kind="project")
    (row,) = table(register(Plan(commitments=(one,), items=(item,)), Document.from_text("没有这么长。")))
    assert (row["目标任务"], row["核查点"], row["所在章节"]) == ("修桥", "同目标任务", "")


@pytest.mark.parametrize("change", [{"deadline": Deadline(date=date(1899, 5, 4), basis="stated")}])
def test_days_before_excel_counts_are_text(change: dict[str, Any], table: Callable[..., Rows]) -> None:
    item = Item(id="i1", title="旧事", kind="action", **change)
    (row,) = table(register(Plan(items=(item,)), Document.from_text("")))
    assert row["完成时限"] == "1899-05-04"


def test_numbers_that_a_spreadsheet_would_round_stay_text(table: Callable[..., Rows]) -> None:
    figures = tuple(
        Figure(id=value, start=0, end=1, text="x", value=value, rule="t")
        for value in ("1234567890123456", "123456789012345", "1/3", "1.8:39.8:58.4", "-3.50")
    )
    found = table(register(Plan(figures=figures), Document.from_text("")), "指标数据")
    assert [row["数值"] for row in found] == ["1234567890123456", 123456789012345, "1/3", "1.8:39.8:58.4", -3.5]


def test_a_helper_without_a_lead_is_shown(table: Callable[..., Rows]) -> None:
    item = Item(id="i1", title="修路", kind="action", help=(Duty(unit="镇政府", basis="stated"),))
    (row,) = table(register(Plan(document=Facts(year=2024), items=(item,)), Document.from_text("")))
    assert (row["牵头单位"], row["责任（配合）单位"], row["单位依据"]) == ("", "镇政府", "镇政府：文中写明")
