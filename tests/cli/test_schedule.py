"""``luoshi schedule``: what people see, the files it writes, the tables it takes, what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from luoshi.plan import Deadline, Duty, Item, Plan
from luoshi.plan.model import Facts

Command = Callable[..., Any]
FILES = {
    *("schedule.json", "schedule.xlsx", "items.csv", "steps.csv", "quarters.csv"),
    *("gantt-units.svg", "gantt-chains.svg", "schedule.ics"),
}


def item(name: str, title: str, kind: str, day: str | None, lead: str | None = None) -> Item:
    deadline = Deadline.model_validate({"date": day, "basis": "stated" if day else "none"})
    return Item.model_validate(
        {
            "id": name,
            "title": title,
            "kind": kind,
            "deadline": deadline,
            "lead": lead and Duty(unit=lead, basis="stated"),
        }
    )


PLAN = Plan(
    document=Facts(title="云水区人民政府工作报告", place="云水区"),
    items=(
        item("i1", "云水大桥6月底前开工", "project", "2026-06-30", "区交通运输局"),
        item("i2", "改造老旧小区30个", "target", "2026-12-31", "区住房和城乡建设局"),
        item("i3", "创建省级卫生城区", "recognition", "2026-12-31"),
        item("i4", "地区生产总值增长7%左右", "target", "2026-12-31"),
        item("i5", "奋勇争先", "slogan", None),
        item("i6", "出台营商环境办法", "action", "2026-12-31", "区行政审批局"),
    ),
)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    path.write_text(PLAN.to_json(), encoding="utf-8")
    return path


def table(folder: Path, text: str) -> Path:
    path = folder / "表.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_what_is_late_is_said_with_the_reason(luoshi: Command, plan: Path) -> None:
    done = luoshi("schedule", plan, "--today", "2026-03-02")
    assert done.code == 0
    assert "✖ 来不及 late" in done.text
    assert "i1  云水大桥6月底前开工" in done.text
    assert "已经晚了" in done.text
    assert "S005" in done.text, "2027 is not announced"


def test_one_item_step_by_step_adds_up(luoshi: Command, plan: Path) -> None:
    done = luoshi("schedule", plan, "--today", "2026-03-02", "--item", "i3")
    assert "申报 的办理时间未到" in done.text
    assert "合计 · sum" in done.text
    assert "程序提出，待确认" in done.text


def test_json_is_the_whole_schedule(luoshi: Command, plan: Path) -> None:
    done = luoshi("schedule", plan, "--today", "2026-03-02", "--json")
    found = json.loads(done.out)
    assert found["format"] == "luoshi.schedule/1"
    assert [one["id"] for one in found["items"]] == ["i1", "i2", "i3", "i6"]
    assert {one["id"]: one["why"] for one in found["left_out"]}["i5"] == "是口号，没有可核对的内容"
    assert luoshi("schedule", plan, "--today", "2026-03-02", "--json").out == done.out


def test_a_folder_of_results(luoshi: Command, plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "排期"
    done = luoshi("schedule", plan, "--today", "2026-03-02", "--out", out)
    assert done.code == 0
    assert {path.name for path in out.iterdir()} == FILES
    assert (out / "items.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert str(out) in done.err


def test_quiet_says_nothing(luoshi: Command, plan: Path, tmp_path: Path) -> None:
    done = luoshi("schedule", plan, "--today", "2026-03-02", "--out", tmp_path / "排期", "--quiet")
    assert (done.code, done.text, done.err) == (0, "", "")


def test_progress_is_used(luoshi: Command, plan: Path, tmp_path: Path) -> None:
    progress = table(tmp_path, "步骤,开始,办结\ni1/permit,,2026-02-20\n")
    done = luoshi("schedule", plan, "--today", "2026-03-02", "--progress", progress, "--item", "i1")
    assert "来得及" in done.text
    assert "视为已办结" in done.text


def test_a_row_that_cannot_be_used_is_named_and_nothing_is_written(luoshi: Command, plan: Path, tmp_path: Path) -> None:
    capacity = table(tmp_path, "单位,件数\n区自然资源局,两件\n")
    out = tmp_path / "排期"
    done = luoshi("schedule", plan, "--today", "2026-03-02", "--capacity", capacity, "--out", out)
    assert done.code == 2
    assert "S010" in done.err
    assert "第 2 行" in done.err
    assert not out.exists()


def test_capacity_says_how_certain_a_date_is(luoshi: Command, plan: Path, tmp_path: Path) -> None:
    capacity = table(tmp_path, "单位,件数\n区发展和改革局,1\n区自然资源局,1\n")
    done = luoshi("schedule", plan, "--today", "2026-03-02", "--capacity", capacity, "--seconds", "0", "--item", "i1")
    assert "已证明不能再早" in done.text or "未证明不能再早" in done.text


def test_what_moves_when_one_date_changes(luoshi: Command, plan: Path) -> None:
    done = luoshi("schedule", plan, "--today", "2026-03-02", "--move", "i1/award=2026-12-01")
    assert "云水大桥6月底前开工" in done.text
    assert "最早完成" in done.text
    still = luoshi("schedule", plan, "--today", "2026-03-02", "--move", "i1/award=2026-03-02")
    assert "没有日期变动" in still.text


def test_a_step_that_there_is_none_of_is_answered_with_those_there_are(luoshi: Command, plan: Path) -> None:
    done = luoshi("schedule", plan, "--today", "2026-03-02", "--move", "i1/awrd=2026-12-01")
    assert "i1/award" in done.err
    assert "没有日期变动" not in done.text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--today", "3月1日"), "--today"),
        (("--today", "2026-02-30"), "--today"),
        ((), "--today"),
        (("--today", "2026-03-02", "--item", "i4"), "S012"),
        (("--today", "2026-03-02", "--move", "i1=2026-03-01"), "--move"),
        (("--today", "2026-03-02", "--move", "i1/awrd=2026-03-01"), "S013"),
        (("--today", "2026-03-02", "--move", "x9/y=2026-03-01"), "S013"),
        (("--today", "2026-03-02", "--progress", "没有.csv"), "I001"),
    ],
)
def test_what_cannot_be_used_is_said(luoshi: Command, plan: Path, arguments: tuple[str, ...], words: str) -> None:
    done = luoshi("schedule", plan, *arguments)
    assert done.code == 2
    assert words in done.err


def test_a_file_that_is_no_plan_is_said(luoshi: Command, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("{}", encoding="utf-8")
    done = luoshi("schedule", path, "--today", "2026-03-02")
    assert (done.code, "P002" in done.err) == (2, True)
