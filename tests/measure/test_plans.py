"""From a plan to its targets, and a whole plan measured."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from made_indicators import PLAN, TODAY, table

from luoshi.days import Months
from luoshi.measure import FORMAT, Given, measure_plan, readings, sentences, targets, to_json, units_of
from luoshi.plan import Plan

FIVE = Months(2021, 1, 60)


def test_the_promised_figures_of_a_plan_become_targets(plan: Plan) -> None:
    found = {one.id: one for one in targets(plan)}
    assert set(found) == {"f1", "f2", "f3", "f5"}
    assert (found["f1"].nature, found["f1"].period, found["f1"].better) == ("flow", Months(2023, 1, 12), "up")
    assert (found["f2"].nature, found["f2"].value) == ("rate", Decimal("6.5"))
    assert (found["f3"].nature, found["f3"].better) == ("stock", "down")
    assert (found["f5"].nature, found["f5"].period) == ("stock", FIVE)


@pytest.mark.parametrize(
    ("member", "value", "better", "nature"),
    [
        ({"value": "5", "value2": "6", "comparator": "range", "measure": "growth", "unit": "%"}, "5", "up", "rate"),
        ({"value": "7", "comparator": "approx", "measure": "growth", "unit": "%"}, "6.5", "up", "rate"),
        ({"value": "5.5", "comparator": "approx", "unit": "%"}, "5.45", "up", "stock"),
        ({"value": "10", "measure": "growth", "unit": "%", "direction": "down"}, "-10", "down", "rate"),
        ({"value": "36", "comparator": "le", "unit": "微克/立方米"}, "36", "down", "stock"),
        ({"value": "3", "measure": "rank", "unit": "位"}, "3", "down", "rank"),
        ({"value": "2", "measure": "change", "unit": "个百分点", "direction": "up"}, "2", "up", "change"),
        ({"value": "1000", "unit": "个"}, "1000", "up", "flow"),
    ],
)
def test_a_target_is_the_weakest_end_of_what_is_promised(member: dict, value: str, better: str, nature: str) -> None:
    figure = {"id": "f9", "start": 0, "end": 1, "text": "…", "tense": "plan", "rule": "r",
              "indicator": {"text": "某事", "start": 0, "end": 1}} | member  # fmt: skip
    (one,) = targets(Plan.model_validate({**PLAN, "figures": [figure]}))
    assert (one.value, one.better, one.nature) == (Decimal(value), better, nature)


def test_a_target_without_a_year_of_its_own_takes_the_deadline_of_its_item() -> None:
    item = {"id": "i1", "title": "某事", "figures": ["f1"], "kind": "hold", "deadline": {"date": "2023-06-30"}}
    one = targets(Plan.model_validate({**PLAN, "items": [item]}))[0]
    assert (one.period, one.item, one.floor) == (Months(2023, 1, 6), "i1", True)


@pytest.mark.parametrize("value", ["1:2.5", "", "NaN"])
def test_what_has_no_single_value_is_no_target(value: str) -> None:
    figure = {"id": "f9", "start": 0, "end": 1, "text": "…", "tense": "plan", "rule": "r", "value": value,
              "indicator": {"text": "某事", "start": 0, "end": 1}}  # fmt: skip
    assert targets(Plan.model_validate({**PLAN, "figures": [figure]})) == ()


def test_years_add_up_only_where_the_name_says_so() -> None:
    period = PLAN["figures"][4]["period"]
    figures = [
        {"id": name, "start": 0, "end": 1, "text": "…", "tense": "plan", "rule": "r", "value": "9", "unit": "个",
         "period": period, "indicator": {"text": name, "start": 0, "end": 1}}
        for name in ("新增学位", "医院")
    ]  # fmt: skip
    natures = [one.nature for one in targets(Plan.model_validate({**PLAN, "figures": figures}))]
    assert natures == ["flow", "stock"]


ROWS = """
指标 | 时期 | 数值 | 单位 | 口径 | 核实
老旧小区 | 2023年1—9月 | 24 | 个 | | 督查室核实
gdp | 2022年1—9月 | 200 | 亿元
gdp | 2023年1—9月 | 214 | 亿元
f3 | 2023年9月 | 3.9 | % | 时点 | 统计局
没有的 | 2023年1—9月 | 1 | 个
"""


def test_readings_find_their_target_by_name_code_or_figure(plan: Plan) -> None:
    report = measure_plan(plan, readings(table(ROWS), TODAY), TODAY)
    found = {one.target.id: one for one in report.measured}
    assert [found[name].light.colour for name in ("f1", "f2", "f3")] == ["green", "green", "green"]
    assert found["f5"].points == ()
    assert [problem.code for problem in report.problems] == ["M026"]
    assert "没有的" in report.problems[0].message


def test_the_wire_says_everything_and_always_the_same(plan: Plan) -> None:
    text = to_json(measure_plan(plan, readings(table(ROWS), TODAY), TODAY))
    assert text == to_json(measure_plan(plan, readings(table(ROWS), TODAY), TODAY))
    wire = json.loads(text)
    assert (wire["format"], wire["today"], wire["profile"]["name"]) == (FORMAT, "2023-10-20", "luoshi-2026")
    first = wire["indicators"][0]
    assert (first["target"], first["standing"]["expected"], first["light"]["rule"]) == ("30", "22.5", "G2")
    assert [part["reached"] for part in first["parts"]] == ["7.5", "15", "22.5", "30"]
    assert first["points"][0]["row"] == 2


def test_a_path_that_was_said_reaches_its_target(plan: Plan) -> None:
    said = {"housing.old": Given(path="s_curve")}
    report = measure_plan(plan, readings(table(ROWS), TODAY), TODAY, said=said)
    assert report.measured[0].path.kind == "s_curve"


def test_the_units_of_a_plan_are_those_of_its_levels(plan: Plan) -> None:
    units = units_of(plan)
    assert (units["老旧小区"], units["housing.old"], units["f5"]) == (("个",), ("个",), ("亿元",))
    assert "gdp" not in units


def test_a_path_that_no_target_takes_is_told(plan: Plan) -> None:
    found = measure_plan(plan, readings(table(ROWS), TODAY), TODAY, said={"没有的": Given(), "f1": Given()})
    assert [one.message for one in found.problems if one.code == "M029"] == [
        "路径表里的“没有的”，计划里没有同名的目标，没有用上。"
    ]


def test_what_is_promised_about_is_told_as_promised() -> None:
    figure = {"id": "f9", "start": 0, "end": 4, "text": "5.5%", "value": "5.5", "unit": "%", "tense": "plan",
              "rule": "r", "comparator": "approx", "indicator": {"text": "失业率", "start": 0, "end": 3}}  # fmt: skip
    plan = Plan.model_validate({**PLAN, "figures": [figure]})
    rows = table("指标 | 时期 | 数值 | 单位 | 口径\n失业率 | 2023年9月 | 5.52 | % | 时点")
    (one,) = measure_plan(plan, readings(rows, TODAY), TODAY).measured
    where = sentences(one)[0]
    assert "目标 5.5%左右（到 5.55% 都算）" in where.zh
    assert "应为 5.55%" not in where.zh
    assert "about 5.5%" in where.en
