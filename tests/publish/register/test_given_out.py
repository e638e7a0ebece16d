"""The register as a unit and the office get it: lights, states, what may be filled in, what stays locked."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from county import docket, from_csv, given_out, line, place, plan, whole

from luoshi.publish.register import register_csv_of, register_of, unit_copies
from luoshi.publish.register.columns import sheet, words
from luoshi.supervise import Docket
from luoshi.supervise.words import values

NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
Parts = Callable[[bytes], dict[str, Element]]
FIRST = "xl/worksheets/sheet1.xml"


def said(name: str, **update: Any) -> dict[str, str]:
    """The row of an item by heading."""
    rows = given_out(docket(**update))
    return dict(zip(rows[2], line(rows, name), strict=True))


def open_cells(file: dict[str, Element]) -> set[str]:
    """The cells that are not locked."""
    forms = file["xl/styles.xml"].findall("x:cellXfs/x:xf", NS)
    unlocked = {
        at
        for at, form in enumerate(forms)
        for lock in form.findall("x:protection", NS)
        if lock.attrib.get("locked") == "0"
    }
    return {
        cell.attrib["r"] for cell in file[FIRST].iter(f"{{{NS['x']}}}c") if int(cell.attrib.get("s", 0)) in unlocked
    }


def open_headings(data: bytes, parts: Parts, row: int) -> set[str]:
    """The headings of the cells of a row that may be filled in."""
    rows = {re.sub(r"\d", "", cell) for cell in open_cells(parts(data)) if re.sub(r"\D", "", cell) == str(row)}
    head = given_out()[2]
    return {head[at] for at in range(len(head)) if _letters(at) in rows}


def _letters(at: int) -> str:
    return _letters(at // 26 - 1) + chr(65 + at % 26) if at >= 26 else chr(65 + at)


def test_a_row_says_where_its_matter_stands() -> None:
    row = said("i4")
    stated = {
        "立项号": "2024-004",
        "流程状态": "推进",
        "完成时限": "2024-12-31",
        "时限依据": "立项时审定",
        "牵头单位": "县交通运输局",
        "责任（配合）单位": "县水利局\n县住建局",
        "单位依据": "已确认",
        "责任领导": "副县长（城建）",
        "责任人": "李工",
        "自报%": "30",
        "核实%": "30",
        "年底预测": "有一定困难但努力可完成",
        "原因类别": "用地",
        "进展情况": "桩基完工\n架梁过半",
        "佐证": "单位材料 2024-05-20 招标公告",
        "计划资金（万元）": "5000",
        "支付资金（万元）": "",
    }
    assert {heading: row[heading] for heading in stated} == stated
    assert row["核实等级"] == "督查室核实"
    assert float(row["计划%"]) == pytest.approx(33.3, abs=0.1)
    assert (row["灯号"], row["进度类"]) == ("●绿 正常", "达进度")
    assert row["灯号理由"]


def test_nodes_stand_in_their_quarter_until_somebody_writes_stages() -> None:
    assert (said("i4")["二季度"], said("i4")["四季度"]) == ("合龙（06-28，40%）", "通车（12-20，100%）")
    noted = said("i4", i4={"stages": ("", "架梁", "", "")})
    assert (noted["二季度"], noted["四季度"]) == ("架梁", "")
    met = {"name": "合龙", "day": "2024-06-28", "percent": "40", "met": "2024-06-01"}
    assert said("i4", i4={"nodes": (met, {"name": "下年", "day": "2025-03-01", "percent": "90"})})["二季度"] == (
        "合龙（06-28，40%，已完成）"
    )


def test_a_deadline_that_was_moved_shows_the_first_one() -> None:
    row = said("i4", i4={"due": "2025-06-30"})
    assert (row["完成时限"], row["时限依据"]) == ("2025-06-30", "立项时审定（原定 2024-12-31）")


def test_what_nobody_has_reported_is_blank_not_zero() -> None:
    row = said("i6")
    assert (row["自报%"], row["核实%"], row["核实等级"], row["核查结论"], row["销号日期"]) == ("", "", "", "", "")


def test_a_matter_that_only_the_plan_has_keeps_what_was_inferred() -> None:
    row = said("i1")
    assert (row["流程状态"], row["立项号"], row["时限依据"]) == ("提取", "", "按报告期末推定")


def test_a_matter_of_another_plan_stands_at_the_end() -> None:
    rows = given_out()
    assert rows[-1][:4] == ["7", "old-1", rows[-1][2], "续建环城路"]
    assert said("old-1")["来源文件"] == "i9"


def test_evidence_found_false_says_so() -> None:
    proof = {"id": "e1", "kind": "photo", "day": "2024-05-20", "place": "桥头", "note": "旧照", "false": True}
    assert said("i4", i4={"evidence": (proof,)})["佐证"] == "单位照片 2024-05-20 桥头 旧照（失实）"


def test_conditions_and_recurrence_have_their_columns() -> None:
    known = plan()
    clause = known.commitments[3]
    raw = clause.model_dump() | {
        "qualifiers": [
            {"kind": "condition", "text": "在资金到位的前提下", "start": 0, "end": 9},
            {"kind": "hedge", "text": "力争", "start": 0, "end": 2},
            {"kind": "seek", "text": "争取", "start": 0, "end": 2},
        ]
    }
    item = known.items[3].model_dump() | {"deadline": {"every": "quarter", "basis": "stated", "text": "每季度"}}
    changed = known.model_copy(
        update={
            "commitments": (*known.commitments[:3], type(clause).model_validate(raw), *known.commitments[4:]),
            "items": (*known.items[:3], type(known.items[3]).model_validate(item), *known.items[4:]),
        }
    )
    rows = from_csv(register_csv_of(whole(of=changed)))
    row = dict(zip(rows[0], line(rows, "i4"), strict=True))
    assert (row["限定的话"], row["频次"]) == ("在资金到位的前提下\n力争", "每季度")


# ── what may be filled in ────────────────────────────────────────────────────────────────────────────────────────────


def test_every_sheet_is_locked_without_a_password_and_can_be_filtered(parts: Parts) -> None:
    file = parts(register_of(whole()))
    for name in [f"xl/worksheets/sheet{at}.xml" for at in range(1, 6)]:
        lock = file[name].find("x:sheetProtection", NS)
        assert lock is not None
        assert lock.attrib["sheet"] == "1"
        assert {"password", "hashValue"} & set(lock.attrib) == set()
        assert (lock.attrib["sort"], lock.attrib["autoFilter"]) == ("0", "0")  # 0 is allowed


def test_in_the_copy_of_a_unit_its_own_columns_of_its_own_rows_are_open(parts: Parts) -> None:
    data = register_of(whole(), "县交通运输局")
    asked = {column.zh for column in sheet("items").columns if "lead" in column.opens}
    assert open_headings(data, parts, 4) == asked
    assert {"自报%", "进展情况", "佐证"} <= asked
    assert {"核实%", "备注", "牵头单位", "完成时限"} & asked == set()


def test_a_helping_unit_sees_the_row_and_can_change_nothing(parts: Parts) -> None:
    assert open_headings(register_of(whole(), "县水利局"), parts, 4) == set()
    assert [row[1] for row in given_out(unit="县水利局")[3:]] == ["i4"]


def test_in_the_whole_register_what_anybody_fills_in_is_open(parts: Parts) -> None:
    asked = {column.zh for column in sheet("items").columns if column.opens}
    assert open_headings(register_of(whole()), parts, 7) == asked


def test_a_matter_that_has_ended_is_locked(parts: Parts) -> None:
    states = docket(i4={"state": "withdrawn"})
    assert open_headings(register_of(whole(states), "县交通运输局"), parts, 4) == set()


def test_the_code_is_hidden_and_inside_the_filter_so_that_it_is_sorted_along(parts: Parts) -> None:
    file = parts(register_of(whole()))
    at = place(given_out(), "识别码")
    hidden = [one.attrib for one in file[FIRST].findall("x:cols/x:col", NS) if one.attrib.get("hidden") == "1"]
    assert [(one["min"], one["max"]) for one in hidden] == [(str(at + 1), str(at + 1))]
    (filtered,) = file[FIRST].findall("x:autoFilter", NS)
    assert filtered.attrib["ref"] == f"A3:{_letters(at)}10"
    rows = [float(one.attrib["ht"]) for one in file[FIRST].findall("x:sheetData/x:row", NS)[3:]]
    assert max(rows) < 120, "a hidden text makes no row high"


# ── lights ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_light_has_a_fill_and_dark_text_on_it() -> None:
    fills = words()["fills"]
    assert set(fills) == set(values("light"))
    for fill in fills.values():
        assert contrast("#1F2328", fill["bg_color"]) >= 7


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 counts it."""

    def luminance(colour: str) -> float:
        parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_a_light_is_told_by_shape_word_and_colour() -> None:
    late = {"reported_on": "2024-05-31", "verified_on": "2024-05-31", "reported": "2", "verified": "2"}
    assert said("i4", i4=late)["灯号"].startswith("■红")
    assert said("i4", i4={"verified_on": None, "verified": "0"})["灯号"].startswith("○绿（未核实）")


# ── copies and odd input ─────────────────────────────────────────────────────────────────────────────────────────────


def test_there_is_a_copy_for_every_unit_with_a_part() -> None:
    copies = unit_copies(whole())
    names = ("县交通运输局", "县水利局", "县住建局", "县农业农村局", "县财政局", "县医保局")
    assert {f"{name}.xlsx" for name in names} == set(copies)
    assert [row[1] for row in given_out(unit="县交通运输局")[3:]] == ["i4", "old-1"]


def test_names_that_no_file_can_have_are_changed_and_stay_apart() -> None:
    states = docket(i4={"lead": "县/局", "help": ("县:局", "...", "长" * 300)})
    copies = unit_copies(whole(states))
    assert {"县_局.xlsx", "县_局-2.xlsx", "_.xlsx"} <= set(copies)
    assert max(len(name.encode()) for name in copies) <= 255


def test_the_same_dossier_gives_the_same_bytes() -> None:
    assert register_of(whole()) == register_of(whole())
    assert register_csv_of(whole()) == register_csv_of(whole())


def test_nothing_to_give_out_is_a_register_without_rows() -> None:
    empty = plan().model_copy(update={"items": (), "commitments": (), "figures": ()})
    found = whole(Docket(), of=empty)
    assert len(from_csv(register_csv_of(found))) == 1
    assert register_of(found)


def test_a_title_of_300_characters_and_no_deadline_are_no_trouble() -> None:
    known = plan()
    item = known.items[0].model_copy(update={"title": "长" * 300, "deadline": known.items[5].deadline})
    rows = from_csv(register_csv_of(whole(of=known.model_copy(update={"items": (item,)}))))
    row = dict(zip(rows[0], line(rows, "i1"), strict=True))
    assert (row["目标任务"], row["完成时限"]) == ("长" * 300, "")
