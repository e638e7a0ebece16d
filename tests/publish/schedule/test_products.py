"""What goes out of a schedule: pictures that are SVG and tell by shape and word, a calendar others can read, tables."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from luoshi.plan import Deadline, Duty, Item, Plan
from luoshi.plan.model import Facts
from luoshi.publish.gantt import gantt
from luoshi.publish.icalendar import feed
from luoshi.publish.timetable import SHEETS, timetable, timetable_csv
from luoshi.schedule import Progress, Schedule, Setting, schedule

TODAY = date(2026, 3, 2)
SVG = "{http://www.w3.org/2000/svg}"


def item(name: str, title: str, kind: str, lead: str = "区交通运输局") -> Item:
    deadline = Deadline.model_validate({"date": "2026-12-31", "basis": "stated"})
    return Item.model_validate(
        {"id": name, "title": title, "kind": kind, "deadline": deadline, "lead": Duty(unit=lead, basis="stated")}
    )


def made(*titles: str, today: date = TODAY) -> Schedule:
    items = tuple(item(f"i{n}", title, "project") for n, title in enumerate(titles, 1))
    return schedule(Plan(document=Facts(title="云水区<工作>报告", place="云水区"), items=items), today)


BRIDGE = made("云水大桥", "城北水厂开工")


@pytest.mark.parametrize("by", ["unit", "chain"])
def test_the_picture_is_svg_with_every_step_and_its_dates(by: str) -> None:
    tree = ET.fromstring(gantt(BRIDGE, by))  # type: ignore[arg-type]
    told = [one.text or "" for one in tree.iter(f"{SVG}title")]
    for step in BRIDGE.steps:
        assert any(f"{step.name}｜{step.unit}｜{step.planned.start}" in words for words in told), step.key
    assert "云水区<工作>报告" in told[0]


def test_what_makes_an_item_late_is_told_by_pattern_and_word_too() -> None:
    drawn = gantt(BRIDGE, "chain").decode()
    late = BRIDGE.late()[0]
    assert "url(#hatch)" in drawn
    assert f"迟 {late.late}" in drawn
    assert "卡住工期，已来不及" in drawn


def test_by_unit_each_unit_has_a_heading() -> None:
    drawn = gantt(BRIDGE, "unit").decode()
    assert all(f"{unit}（" in drawn for unit in {step.unit for step in BRIDGE.steps})


def test_nothing_is_drawn_outside_the_picture() -> None:
    tree = ET.fromstring(gantt(BRIDGE, "unit"))
    width, height = (float(tree.attrib[name]) for name in ("width", "height"))
    for box in tree.iter(f"{SVG}rect"):
        x, y = float(box.get("x", 0)), float(box.get("y", 0))
        assert x >= 0
        assert y >= 0
        assert x + float(box.attrib["width"]) <= width + 0.2
        assert y + float(box.attrib["height"]) <= height


def test_rows_that_are_left_out_are_counted() -> None:
    drawn = gantt(made(*(f"第{n}大桥" for n in range(420))), "chain").decode()
    assert "另有 20 行未画出" in drawn


def test_an_empty_schedule_still_makes_a_picture_a_calendar_and_tables() -> None:
    empty = made()
    ET.fromstring(gantt(empty, "unit"))
    assert b"BEGIN:VCALENDAR" in feed(empty)
    assert all(timetable_csv(empty, name) for name in SHEETS)


def unfolded(data: bytes) -> list[str]:
    return data.decode("utf-8").replace("\r\n ", "").split("\r\n")


def test_the_calendar_has_an_entry_a_step_and_a_deadline() -> None:
    lines = unfolded(feed(BRIDGE))
    uids = [line.removeprefix("UID:") for line in lines if line.startswith("UID:")]
    assert len(uids) == len(set(uids)) == len(BRIDGE.steps) + len(BRIDGE.items)
    assert (lines[0], lines[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(uids)
    at = lines.index("UID:i1/proposal@luoshi")
    assert lines[at + 2] == f"DTSTART;VALUE=DATE:{BRIDGE.step('i1/proposal').planned.start:%Y%m%d}"


def test_lines_are_folded_to_75_octets_and_end_with_cr_lf() -> None:
    data = feed(BRIDGE)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_unit_gets_its_own_entries() -> None:
    mine = unfolded(feed(BRIDGE, "区自然资源局"))
    keys = {line.removeprefix("UID:").removesuffix("@luoshi") for line in mine if line.startswith("UID:")}
    assert keys == {step.key for step in BRIDGE.steps if step.unit == "区自然资源局"}


def test_an_entry_keeps_its_name_when_its_date_moves() -> None:
    later = made("云水大桥", "城北水厂开工", today=date(2026, 5, 6))
    names = [{line for line in unfolded(feed(one)) if line.startswith("UID:")} for one in (BRIDGE, later)]
    assert names[0] == names[1]


def test_done_steps_leave_the_calendar() -> None:
    plan = Plan(items=(item("i1", "云水大桥", "project"),))
    found = schedule(plan, TODAY, Setting(progress={"i1/permit": Progress(finished=date(2026, 2, 2))}))
    assert "UID:i1/proposal@luoshi" not in unfolded(feed(found))


@given(st.text(max_size=80))
def test_any_title_makes_a_calendar_that_reads_back(title: str) -> None:
    found = made(title)
    assert all(re.match(r"[A-Z-]+[:;]|$", line) for line in unfolded(feed(found)))
    ET.fromstring(gantt(found, "chain"))


def test_the_workbook_has_every_table_with_dates_as_dates() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(timetable(BRIDGE)))
    assert book.sheet_names == ["事项", "步骤", "季度形象进度", "未排", "问题"]
    rows = book.get_sheet_by_name("步骤").to_python()
    assert len(rows) == len(BRIDGE.steps) + 1
    heads = [str(head).split("\n")[0] for head in rows[0]]
    assert rows[1][heads.index("计划开始")] == BRIDGE.steps[0].planned.start


def test_the_csv_says_the_same_as_the_workbook() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(timetable(BRIDGE)))
    for name, title in zip(SHEETS, book.sheet_names, strict=True):
        rows = list(csv.reader(io.StringIO(timetable_csv(BRIDGE, name).decode("utf-8-sig"))))
        assert len(rows) == len(book.get_sheet_by_name(title).to_python()), name


def test_a_title_like_a_formula_is_made_harmless() -> None:
    rows = list(csv.reader(io.StringIO(timetable_csv(made("=HYPERLINK(1)"), "items").decode("utf-8-sig"))))
    assert rows[1][1] == "'=HYPERLINK(1)"


def test_a_table_that_does_not_exist_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        timetable_csv(BRIDGE, "nothing")
