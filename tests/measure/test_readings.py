"""Tables of readings: what is understood, what is left out and named by its row."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_indicators import TODAY, table

from luoshi.days import Months
from luoshi.measure import readings

HEAD = "指标 | 时期 | 数值 | 单位 | 口径 | 来源 | 佐证 | 核实 | 版次 | 断点"


def read(*rows: str):
    return readings(table("\n".join((HEAD, *rows))), TODAY)


def codes(found) -> list[str]:
    return [problem.code for problem in found.problems]


def test_a_row_keeps_everything_it_says() -> None:
    found = read("新增就业 | 2023年1—9月 | 0.57万人 | | | 人社局 | 台账 | 督查室核实 | 修订 | 是")
    (one,) = found.series["新增就业", False].readings
    assert (one.period, one.value, one.amount.unit) == (Months(2023, 1, 9), Decimal("0.57"), "万人")
    assert (one.scope, one.source, one.evidence, one.level) == ("cumulative", "人社局", "台账", 3)
    assert (one.revision, one.broken, one.row) == (1, True, 2)
    assert found.problems == ()


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("460", "460"),
        ("1,071.2", "1071.2"),
        ("-3.5", "-3.5"),
        ("−3.5", "-3.5"),
        ("460亿元", "460"),
        ("0", "0"),
        ("6.5%", "6.5"),
    ],
)
def test_numbers_as_tables_write_them(cell: str, value: str) -> None:
    (one,) = read(f"某指标 | 2023年3月 | {cell} | | | | | | |").series["某指标", False].readings
    assert one.value == Decimal(value)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("某指标 | 2023年3月 | 待报 | 个", "M002"),
        ("某指标 | 2023年3月 | | 个", "M002"),
        ("某指标 | 2023年3月 | NaN | 个", "M002"),
        ("某指标 | 今年 | 5 | 个", "M003"),
        (" | 2023年3月 | 5 | 个", "M003"),
        ("某指标 | 2023年3月 | 5 | 呎", "M004"),
        ("某指标 | 2023年1—12月 | 5 | 个", "M006"),
        ("某指标 | 2024年3月 | 5 | 个", "M006"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_rest_is_read(row: str, code: str) -> None:
    found = read("好的 | 2023年3月 | 5 | 个", row)
    assert codes(found) == [code]
    assert "第 3 行" in found.problems[0].message
    assert list(found.series) == [("好的", False)]


def test_a_state_within_the_month_that_runs_is_used() -> None:
    found = read("人口 | 2023年10月 | 20 | 万人 | 时点")
    assert found.series["人口", False].readings[0].scope == "point"


def test_headings_may_stand_below_a_title_and_in_english() -> None:
    rows = table("某区读数\n填报单位：统计局\nindicator | period | value | unit\nGDP | 2022 | 300 | 亿元")
    assert readings(rows, TODAY).series["GDP", False].readings[0].row == 4


@pytest.mark.parametrize("text", ["", "指标 | 时期", "甲 | 乙 | 丙\n1 | 2 | 3"])
def test_a_table_without_the_columns_says_which_are_missing(text: str) -> None:
    found = readings(table(text) if text else [], TODAY)
    assert codes(found) == ["M001"]
    assert "数值" in found.problems[0].message


def test_names_that_end_in_growth_are_rates() -> None:
    found = read("GDP | 2022年 | 300 | 亿元", "GDP增速 | 2022年 | 6.5 | %", "GDP（同比） | 2021年 | 6 | %")
    assert set(found.series) == {("GDP", False), ("GDP", True)}
    assert len(found.series["GDP", True].readings) == 2


def test_one_series_has_one_unit() -> None:
    found = read("GDP | 2021年 | 300 | 亿元", "GDP | 2022年 | 3100000 | 万元", "GDP | 2020年 | 28 | 万人")
    assert codes(found) == ["M005"]
    assert [one.value for one in found.series["GDP", False].readings] == [300, 310]


def test_the_unit_of_the_target_decides_which_rows_are_right() -> None:
    rows = ("就业 | 2021年 | 5 | %", "就业 | 2022年 | 0.9 | 万人", "就业 | 2020年 | 8800 | 人")
    found = readings(table("\n".join((HEAD, *rows))), TODAY, {"就业": ("人",)})
    assert [one.row for one in found.series["就业", False].readings] == [4, 3]
    assert codes(found) == ["M005"]
    assert "第 2 行" in found.problems[0].message


def test_without_a_target_most_rows_decide() -> None:
    found = read("甲 | 2020年 | 5 | %", "甲 | 2021年 | 300 | 亿元", "甲 | 2022年 | 310 | 亿元")
    assert [one.value for one in found.series["甲", False].readings] == [300, 310]


@pytest.mark.parametrize(
    ("row", "used"),
    [
        ("老旧小区 | 2023年3月 | -5 | 个", False),
        ("新建公路 | 2023年3月 | -3.5 | 公里", False),
        ("人口净流入 | 2023年3月 | -5 | 万人", True),
        ("企业利润 | 2023年3月 | -5 | 亿元", True),
        ("价格涨幅 | 2023年3月 | -0.3 | %", True),
        ("就业增速 | 2023年3月 | -5 | %", True),
        ("某指标 | 2023年3月 | -5 | ", True),
    ],
)
def test_what_is_counted_is_never_below_nought(row: str, used: bool) -> None:
    found = read(row)
    assert codes(found) == ([] if used else ["M028"])
    assert bool(found.series) == used


def test_the_latest_revision_is_used_and_told() -> None:
    found = read("GDP | 2022年 | 310 | 亿元 | | | | | 修订", "GDP | 2022年 | 300 | 亿元")
    assert found.series["GDP", False].readings[0].value == 310
    found = read("GDP | 2022年 | 300 | 亿元", "GDP | 2022年 | 310 | 亿元 | | | | | 修订")
    assert found.series["GDP", False].readings[0].value == 310
    assert codes(found) == ["M008"]


def test_two_values_without_a_word_are_a_problem() -> None:
    found = read("GDP | 2022年 | 300 | 亿元", "GDP | 2022年 | 310 | 亿元")
    assert codes(found) == ["M007"]
    assert found.series["GDP", False].readings[0].value == 310


def test_cumulative_and_single_values_are_told_apart() -> None:
    found = read(
        "甲 | 2023年1—9月 | 90 | 个", "甲 | 2023年9月 | 12 | 个", "甲 | 2023年8月 | 70 | 个 | 累计",
        "甲 | 2023年三季度 | 33 | 个", "甲 | 2023年1月 | 8 | 个",
    )  # fmt: skip
    said = {str(one.period): one.scope for one in found.series["甲", False].readings}
    assert said == {
        "2023年1月": "single", "2023年1—8月": "cumulative", "2023年9月": "single", "2023年三季度": "single",
        "2023年1—9月": "cumulative",
    }  # fmt: skip


@given(st.lists(st.lists(st.text(max_size=12), max_size=11), max_size=8))
def test_any_table_gives_series_and_problems(rows: list[list[str]]) -> None:
    found = readings([HEAD.replace(" ", "").split("|"), *rows], TODAY)
    assert all(problem.code.startswith("M") for problem in found.problems)
