"""``luoshi agenda``: from a plan, and the states of its items, to what is due and what to prepare."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

Command = Callable[..., Any]
BRIDGE = {
    "title": "建成云水大桥",
    "state": "running",
    "since": "2024-01-20",
    "started": "2024-01-20",
    "lead": "区交通运输局",
    "help": ["区财政局"],
    "begin": "2024-01-20",
    "due": "2024-12-31",
    "kind": "project",
    "nodes": [{"name": "=合龙", "day": "2024-06-28", "percent": "40"}],
    "reported": "30",
    "reported_on": "2024-05-28",
    "evidence": [{"id": "e", "kind": "papers", "day": "2024-05-28"}],
}


@pytest.fixture
def states(tmp_path: Path, bridge: str) -> Callable[..., Path]:
    """A file of item states: the bridge, with what differs."""

    def written(**update: Any) -> Path:
        path = tmp_path / "状态.json"
        rows = {"format": "luoshi.items/1", "items": [{"id": bridge, **BRIDGE, **update}]}
        path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        return path

    return written


def test_a_plan_alone_says_which_deadlines_come(luoshi: Command, plan: Path) -> None:
    done = luoshi("agenda", plan, "--today", "2024-06-28")
    assert done.code == 0
    assert "明日事今日谋（2024-07-01）" in done.text, "the 28th is a Friday"
    assert "开工城北水厂二期" in done.text
    assert "D040" not in done.err, "the holidays of 2024 are known"


def test_the_next_working_day_is_no_public_holiday(luoshi: Command, plan: Path) -> None:
    done = luoshi("agenda", plan, "--today", "2024-09-30", "--json")
    assert json.loads(done.out)["tomorrow"] == "2024-10-08"


def test_a_year_whose_holidays_are_not_announced_is_told(luoshi: Command, plan: Path) -> None:
    assert "D040" in luoshi("agenda", plan, "--today", "2050-06-28").err


def test_an_item_nobody_follows_yet_has_a_grey_light_not_a_red_one(luoshi: Command, plan: Path) -> None:
    rows = json.loads(luoshi("agenda", plan, "--today", "2024-12-20", "--json").out)["rows"]
    assert {row["light"] for row in rows} == {"grey"}
    assert {row["what"] for row in rows} == {"deadline"}


def test_states_bring_reports_nodes_and_lights(
    luoshi: Command, plan: Path, states: Callable[..., Path], bridge: str
) -> None:
    done = luoshi("agenda", plan, "--items", states(), "--today", "2024-06-28", "--json")
    made = json.loads(done.out)
    assert (made["today"], made["tomorrow"], made["unit"]) == ("2024-06-28", "2024-07-01", None)
    ours = {row["what"]: row for row in made["rows"] if row["matter"] == bridge}
    assert (ours["node"]["bucket"], ours["node"]["detail"], ours["node"]["days"]) == ("today", "=合龙", 0)
    assert ours["report"]["due"] == "2024-06-28"
    assert (ours["node"]["light"], ours["node"]["rule"]) == ("yellow", "gap-10")
    assert ours["node"]["why"] == "低于序时10个百分点"


def test_a_unit_sees_what_it_leads_and_what_it_helps_with(
    luoshi: Command, plan: Path, states: Callable[..., Path]
) -> None:
    for unit, parts, things in (("区交通运输局", {"lead"}, {"node", "report"}), ("区财政局", {"help"}, {"node"})):
        command = ("agenda", plan, "--items", states(), "--today", "2024-06-28", "--unit", unit, "--json")
        rows = json.loads(luoshi(*command).out)["rows"]
        assert ({row["part"] for row in rows}, {row["what"] for row in rows}) == (parts, things)
        assert {row["unit"] for row in rows} == {unit}


def test_a_unit_that_is_called_otherwise_is_told_the_names(
    luoshi: Command, plan: Path, states: Callable[..., Path]
) -> None:
    done = luoshi("agenda", plan, "--items", states(), "--today", "2024-06-28", "--unit", "交通局")
    assert done.code == 0
    assert "D039" in done.err
    assert "区交通运输局" in done.err


def test_the_terminal_shows_shape_word_reason_and_what_to_prepare(
    luoshi: Command, plan: Path, states: Callable[..., Path]
) -> None:
    text = luoshi("agenda", plan, "--items", states(), "--today", "2024-07-01", "--unit", "区交通运输局").text
    assert "▲黄" in text
    assert "逾期 3 天" in text
    assert "备好 自报进度%、进展情况、存在问题、下一步措施" in text
    ahead = luoshi("agenda", plan, "--items", states(), "--today", "2024-06-26", "--unit", "区交通运输局").text
    assert "还有 2 天" in ahead
    assert "今天" in luoshi("agenda", plan, "--items", states(), "--today", "2024-06-28").text


def test_another_profile_gives_another_light(
    luoshi: Command, plan: Path, states: Callable[..., Path], bridge: str
) -> None:
    command = ("agenda", plan, "--items", states(), "--today", "2024-06-28", "--profile", "yichang-2015", "--json")
    made = json.loads(luoshi(*command).out)
    assert made["profile"] == "yichang-2015"
    assert {row["light"] for row in made["rows"] if row["matter"] == bridge} == {"red"}


def test_the_same_rows_go_out_as_excel_and_csv(
    luoshi: Command, plan: Path, states: Callable[..., Path], tmp_path: Path
) -> None:
    where = ("--xlsx", tmp_path / "日程.xlsx", "--csv", tmp_path / "日程.csv")
    done = luoshi("agenda", plan, "--items", states(), "--today", "2024-06-28", *where, "--json")
    rows = json.loads(done.out)["rows"]
    sheet = CalamineWorkbook.from_path(tmp_path / "日程.xlsx").get_sheet_by_index(0).to_python()
    table = list(csv.reader(StringIO((tmp_path / "日程.csv").read_text(encoding="utf-8-sig"))))
    assert len(sheet) == len(table) == len(rows) + 1
    assert sheet[0] == table[0]
    assert [row[4] for row in sheet[1:]] == [row["title"] for row in rows]
    detail = [row[6] for row in table]
    assert "'=合龙" in detail, "guarded: no spreadsheet runs it"
    assert "=合龙" in [row[6] for row in sheet]
    assert [str(row[1]) for row in sheet[1:]] == [row["due"] for row in rows]


def test_the_same_day_gives_the_same_bytes(luoshi: Command, plan: Path, tmp_path: Path) -> None:
    made = []
    for name in ("a.xlsx", "b.xlsx"):
        luoshi("agenda", plan, "--today", "2024-06-28", "--xlsx", tmp_path / name)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


def test_without_a_day_it_is_today(luoshi: Command, plan: Path) -> None:
    made = json.loads(luoshi("agenda", plan, "--json").out)
    assert made["today"] > "2026"


def test_a_long_list_is_cut_and_says_so(luoshi: Command, plan: Path, tmp_path: Path) -> None:
    items = [{**BRIDGE, "id": f"x{n}", "carried_from": "old"} for n in range(30)]
    (tmp_path / "many.json").write_text(json.dumps({"format": "luoshi.items/1", "items": items}), encoding="utf-8")
    text = luoshi("agenda", plan, "--items", tmp_path / "many.json", "--today", "2024-06-28").text
    assert "……还有 41 件" in text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "I001"),
        (b"{", "D007"),
        (b'{"format": "x"}', "D008"),
        (b'{"format": "luoshi.items/1", "items": [{}]}', "D009"),
    ],
)
def test_a_file_of_states_that_cannot_be_used_stops_the_work(
    luoshi: Command, plan: Path, tmp_path: Path, content: bytes | None, code: str
) -> None:
    path = tmp_path / "bad.json"
    if content is not None:
        path.write_bytes(content)
    done = luoshi("agenda", plan, "--items", path, "--xlsx", tmp_path / "out.xlsx")
    assert (done.code, done.out) == (2, b"")
    assert code in done.err
    assert not (tmp_path / "out.xlsx").exists()


def test_a_folder_is_no_plan(luoshi: Command, tmp_path: Path) -> None:
    (tmp_path / "plan.json").mkdir()
    done = luoshi("agenda", tmp_path / "plan.json")
    assert done.code == 2
    assert "I004" in done.err


def test_a_report_is_read_first(luoshi: Command, plan: Path, report: Path) -> None:
    from_report, from_plan = (luoshi("agenda", path, "--today", "2024-06-28", "--json") for path in (report, plan))
    assert from_report.out == from_plan.out != b""


def test_an_item_of_another_plan_is_remarked_and_listed(
    luoshi: Command, plan: Path, states: Callable[..., Path]
) -> None:
    done = luoshi("agenda", plan, "--items", states(id="i999"), "--today", "2024-06-28", "--json")
    assert "D036" in done.err
    assert "i999" in {row["matter"] for row in json.loads(done.out)["rows"]}
