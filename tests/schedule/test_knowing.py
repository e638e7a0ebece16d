"""Tables a district keeps: Chinese or English heads, every fault named by its row, all of a table or nothing."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.schedule import Progress, Setting, know


def test_progress_with_chinese_heads_and_dates_as_people_write_them() -> None:
    text = "﻿步骤编号,实际开始,实际办结,天数,备注\ni1/permit,2026/2/1,2026.2.20,,好\n\ni1/build,2026-03-01,,200,\n"
    known = know(Setting(), "progress", text)
    assert known.problems == ()
    assert known.setting.progress == {
        "i1/permit": Progress(date(2026, 2, 1), date(2026, 2, 20)),
        "i1/build": Progress(started=date(2026, 3, 1), days=200),
    }


def test_capacity_with_english_heads() -> None:
    assert know(Setting(), "capacity", "unit,places\n区水利局,3\n").setting.capacity == {"区水利局": 3}


def test_a_procedure_is_confirmed_by_its_chinese_name_or_its_id() -> None:
    text = "编号,程序\ni1,一般举措\ni2,works\n"
    assert know(Setting(), "confirmed", text).setting.confirmed == {"i1": "action", "i2": "works"}


def test_a_units_days_off_and_on() -> None:
    text = "单位,日期,办公\n区档案局,2026-03-04,否\n区档案局,2026-03-07,是\n"
    calendar = know(Setting(), "calendars", text).setting.calendars["区档案局"]
    assert not calendar.is_workday(date(2026, 3, 4))
    assert calendar.is_workday(date(2026, 3, 7))


def test_a_second_table_adds_to_the_first() -> None:
    one = know(Setting(), "capacity", "unit,places\n甲,1\n乙,2\n").setting
    assert know(one, "capacity", "unit,places\n乙,5\n").setting.capacity == {"甲": 1, "乙": 5}


@pytest.mark.parametrize(
    ("kind", "text", "row", "words"),
    [
        ("progress", "步骤,办结\ni1/permit,\npermit,2026-01-01\n", 3, "i17/permit"),
        ("progress", "步骤,办结\ni1/permit,2026-02-30\n", 2, "没有"),
        ("progress", "步骤,办结\ni1/permit,二月\n", 2, "应写成"),
        ("progress", "步骤,天数\ni1/permit,-3\n", 2, "小于 0"),
        ("progress", "步骤,天数\ni1/permit,三\n", 2, "三"),
        ("progress", "步骤,开始,办结\ni1/permit,2026-03-01,2026-02-01\n", 2, "早于开始"),
        ("capacity", "单位,件数\n甲,0\n", 2, "大于 0"),
        ("capacity", "单位,件数\n,2\n", 2, "大于 0"),
        ("confirmed", "事项,程序\ni1,没有的程序\n", 2, "政府投资项目"),
        ("calendars", "单位,日期,办公\n甲,2026-03-01,也许\n", 2, "也许"),
        ("calendars", "单位,日期\n甲,\n", 2, "看不懂"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_table_left_out(kind: str, text: str, row: int, words: str) -> None:
    setting = Setting()
    known = know(setting, kind, text, "表.csv")
    (found,) = known.problems
    assert known.setting == setting
    assert found.code == "S010"
    assert f"表.csv 第 {row} 行" in found.message
    assert words in found.message


def test_every_fault_of_a_table_is_told_at_once() -> None:
    known = know(Setting(), "capacity", "单位,件数\n甲,0\n乙,1\n丙,x\n", "能力.csv")
    assert [one.code for one in known.problems] == ["S010", "S010"]


@pytest.mark.parametrize(("kind", "text"), [("progress", "a,b\n1,2\n"), ("capacity", "单位\n甲\n"), ("confirmed", "")])
def test_a_missing_column_is_named(kind: str, text: str) -> None:
    known = know(Setting(), kind, text, "表.csv")
    assert [one.code for one in known.problems] == ["S009"]
    assert "表.csv" in known.problems[0].message
