"""``luoshi measure`` as people use it: the supervisor, the unit that fills the table in, the auditor."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from luoshi.cli.states import SAME_PROFILE
from luoshi.examples import sample
from luoshi.measure import profiles

Command = Callable[..., Any]
READINGS = Path(__file__).resolve().parents[2] / "examples" / "songgang-2023-readings.csv"
DAY = ("--today", "2023-10-20")


@pytest.fixture
def plan(luoshi: Command, tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    assert luoshi("read", sample("songgang-2023"), "--out", path, "--quiet").code == 0
    return path


def test_the_supervisor_sees_the_worst_first_with_the_reason(luoshi: Command, plan: Path) -> None:
    done = luoshi("measure", plan, "--readings", READINGS, *DAY)
    assert done.code == 0
    red, yellow, green = (done.text.index(word) for word in ("■ 红 老旧小区", "▲ 黄 城镇新增就业", "● 绿 地区生产总值"))
    assert red < yellow < green
    assert "规则 Y2" in done.text
    assert "余下 3 个月，每月还要 1100人" in done.text
    assert "M002" in done.err
    assert "第 33 行" in done.err


def test_the_worked_example_of_the_book_is_what_is_computed(luoshi: Command, plan: Path) -> None:
    """Every number that docs/measuring.md works out by hand."""
    wire = json.loads(luoshi("measure", plan, "--readings", READINGS, *DAY, "--json").text)
    jobs = next(one for one in wire["indicators"] if one["name"] == "城镇新增就业")
    page = (READINGS.parents[1] / "docs" / "measuring.md").read_text(encoding="utf-8")
    part = page.split("城镇新增就业那一条")[1].split("\n## ")[0]
    standing, ahead, still = jobs["standing"], jobs["outlook"], jobs["needed"]
    for value, digits in (
        (standing["expected"], 0), (standing["done"], 1), (standing["scheduled"], 1), (standing["gap"], 1),
        (ahead["low"], 0), (ahead["high"], 0), (still["amount"], 0), (still["so_far"], 0),
    ):  # fmt: skip
        assert f"{float(value):.{digits}f}" in part, value
    assert jobs["light"]["rule"] in part
    assert jobs["path"]["kind"] == "seasonal"


def test_a_report_is_as_good_as_a_plan(luoshi: Command, plan: Path) -> None:
    one = luoshi("measure", plan, "--readings", READINGS, *DAY, "--json")
    other = luoshi("measure", sample("songgang-2023"), "--readings", READINGS, *DAY, "--json")
    assert one.out == other.out


@pytest.mark.parametrize("name", profiles())
def test_every_profile_can_be_asked_for(luoshi: Command, plan: Path, name: str) -> None:
    wire = json.loads(luoshi("measure", plan, "--readings", READINGS, *DAY, "--json", "--profile", name).text)
    assert wire["profile"]["name"] == name
    assert {one["light"]["profile"] for one in wire["indicators"]} == {name}


@pytest.mark.parametrize("name", SAME_PROFILE)
def test_the_names_of_supervision_are_understood_and_the_other_way_round(
    luoshi: Command, plan: Path, name: str
) -> None:
    wire = json.loads(
        luoshi("measure", plan, "--readings", READINGS, *DAY, "--json", "--profile", SAME_PROFILE[name]).text
    )
    assert wire["profile"]["name"] == name
    supervised = json.loads(luoshi("agenda", plan, *DAY, "--json", "--profile", name).text)
    assert supervised["profile"] == SAME_PROFILE[name]


def test_a_table_that_says_no_path_is_refused(luoshi: Command, plan: Path, tmp_path: Path) -> None:
    done = luoshi("measure", plan, "--readings", READINGS, *DAY, "--paths", READINGS)
    assert (done.code, "M030" in done.err) == (2, True)
    other = tmp_path / "路径.csv"
    other.write_text("指标,路径\n没有的指标,直线\n", encoding="utf-8")
    assert "M029" in luoshi("measure", plan, "--readings", READINGS, *DAY, "--paths", other).err


def test_a_unit_of_its_own_uses_its_own_rules(luoshi: Command, plan: Path, tmp_path: Path) -> None:
    own = tmp_path / "我区.toml"
    own.write_text(
        'title = "我区"\nsource = "办法"\n'
        '[[rule]]\nid = "A"\ncolour = "red"\nwhen = ["gap > 5"]\nwhy = "差 {gap}"\nen = "x"\n'
        '[[rule]]\nid = "Z"\ncolour = "green"\nwhy = "其余"\nen = "rest"\n', encoding="utf-8",
    )  # fmt: skip
    done = luoshi("measure", plan, "--readings", READINGS, *DAY, "--profile", own)
    assert "■ 红 城镇新增就业" in done.text


def test_results_go_to_files(luoshi: Command, plan: Path, tmp_path: Path) -> None:
    book, folder = tmp_path / "a.xlsx", tmp_path / "图"
    done = luoshi("measure", plan, "--readings", READINGS, *DAY, "--xlsx", book, "--svg", folder)
    assert done.code == 0
    assert book.read_bytes().startswith(b"PK")
    wire = json.loads(luoshi("measure", plan, "--readings", READINGS, *DAY, "--json").text)
    jobs = next(one["figure"] for one in wire["indicators"] if one["name"] == "城镇新增就业")
    assert (folder / f"{jobs}.svg").read_bytes().startswith(b"<svg")
    assert json.loads((folder / f"{jobs}.echarts.json").read_text(encoding="utf-8"))["title"]["text"] == "城镇新增就业"


def test_a_table_of_paths_changes_the_way(luoshi: Command, plan: Path, tmp_path: Path) -> None:
    paths = tmp_path / "路径.csv"
    paths.write_text(
        "指标,路径,节点,应达到\n老旧小区,分步,2023年9月,12\n老旧小区,,2023年12月,30\n坏的,螺旋,,\n", encoding="utf-8"
    )
    done = luoshi("measure", plan, "--readings", READINGS, *DAY, "--paths", paths)
    assert "◆ 蓝 老旧小区" in done.text or "● 绿 老旧小区" in done.text
    assert "M019" in done.err


def test_excel_is_read_as_csv_is(luoshi: Command, plan: Path, tmp_path: Path) -> None:
    made = xlsxwriter.Workbook(tmp_path / "读数.xlsx")
    page = made.add_worksheet()
    for at, line in enumerate(READINGS.read_text(encoding="utf-8").splitlines()):
        for place, cell in enumerate(line.split(",")):
            page.write(at, place, float(cell) if cell.replace(".", "").isdigit() else cell)
    made.close()
    one = luoshi("measure", plan, "--readings", tmp_path / "读数.xlsx", *DAY, "--json")
    assert one.out == luoshi("measure", plan, "--readings", READINGS, *DAY, "--json").out


def test_all_lists_what_has_no_readings(luoshi: Command, plan: Path) -> None:
    short, long = (luoshi("measure", plan, "--readings", READINGS, *DAY, *more).text for more in ((), ("--all",)))
    assert "另有" in short
    assert "另有" not in long
    assert "停车位" in long
    assert "停车位" not in short


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("没有.json", "--readings", READINGS), "I001"),
        (("{plan}", "--readings", "没有.csv"), "I001"),
        (("{plan}", "--readings", READINGS, "--profile", "彩虹"), "M022"),
        (("{plan}", "--readings", "{plan}"), "M001"),
        (("{plan}", "--readings", READINGS, "--paths", "没有.csv"), "I001"),
        (("{bad}", "--readings", READINGS), "P001"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_written(
    luoshi: Command, plan: Path, tmp_path: Path, arguments: tuple[str | Path, ...], code: str
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")
    given = [str(one).format(plan=plan, bad=bad) for one in arguments]
    done = luoshi("measure", *given, *DAY, "--xlsx", tmp_path / "a.xlsx")
    assert done.code == 2
    assert code in done.err
    assert not (tmp_path / "a.xlsx").exists()
