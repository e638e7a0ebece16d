"""``luoshi overview``: groups in one line each, and the fate of every promise."""

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


@pytest.fixture
def states(luoshi: Command, report: Path, tmp_path: Path) -> Path:
    """The bridge runs, half reported and nothing verified; everything else is as the report left it."""
    plan = json.loads(luoshi("read", report, "--json").out)
    bridge = next(item for item in plan["items"] if "大桥" in item["title"])
    row = {
        "id": bridge["id"],
        "title": bridge["title"],
        "state": "running",
        "since": "2024-01-20",
        "started": "2024-01-20",
        "begin": "2024-01-01",
        "due": "2024-12-31",
        "lead": "=区交通运输局",
        "leader": "副区长",
        "cause": "land",
        "reported": "50",
        "reported_on": "2024-06-20",
        "evidence": [{"id": "e", "kind": "papers", "day": "2024-06-20"}],
    }
    path = tmp_path / "状态.json"
    path.write_text(json.dumps({"format": "luoshi.items/1", "items": [row]}, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_group_shows_both_numbers_and_what_rests_on_the_units_word(
    luoshi: Command, report: Path, states: Path
) -> None:
    done = luoshi("overview", report, "--items", states, "--today", "2024-06-28", "--json")
    made = json.loads(done.out)
    (ours,) = (group for group in made["groups"] if group["key"] == "=区交通运输局")
    assert (ours["reported"], ours["verified"], ours["lights"]) == (50.0, 0.0, {"green": 1})
    assert (ours["green"], ours["hollow"], ours["causes"]) == (1, 1, {"land": 1})


@pytest.mark.parametrize(("by", "key"), [("unit", "=区交通运输局"), ("leader", "副区长"), ("theme", "")])
def test_every_item_is_in_one_group_whatever_the_grouping(
    luoshi: Command, report: Path, states: Path, by: str, key: str
) -> None:
    made = json.loads(luoshi("overview", report, "--items", states, "--by", by, "--today", "2024-06-28", "--json").out)
    names = [name for group in made["groups"] for name in group["matters"]]
    items = [item["id"] for item in json.loads(luoshi("read", report, "--json").out)["items"]]
    assert sorted(names) == sorted(items)
    assert by == "theme" or key in {group["key"] for group in made["groups"]}


def test_every_promise_has_a_fate_and_its_place(luoshi: Command, report: Path, states: Path) -> None:
    made = json.loads(luoshi("overview", report, "--items", states, "--today", "2024-06-28", "--json").out)["coverage"]
    plan = json.loads(luoshi("read", report, "--json").out)
    assert [row["commitment"] for row in made["commitments"]] == [one["id"] for one in plan["commitments"]]
    assert sum(made["counts"].values()) == len(plan["commitments"])
    (bridge,) = (row for row in made["commitments"] if "大桥" in row["text"])
    assert (bridge["fate"], bridge["states"], bridge["lead"]) == ("在督", "推进", "=区交通运输局")
    text = luoshi("text", report).text
    assert text[bridge["start"] : bridge["end"]] == bridge["text"]


def test_the_terminal_shows_shape_and_word(luoshi: Command, report: Path, states: Path) -> None:
    text = luoshi("overview", report, "--items", states, "--today", "2024-06-28").text
    assert "●绿1" in text
    assert "1/1" in text
    assert "在督 1" in text
    assert "（未定）" in luoshi("overview", report, "--by", "leader").text


def test_the_tables_go_out_as_excel_and_csv(luoshi: Command, report: Path, states: Path, tmp_path: Path) -> None:
    where = ("--xlsx", tmp_path / "a.xlsx", "--csv", tmp_path / "a.csv")
    done = luoshi("overview", report, "--items", states, "--today", "2024-06-28", *where, "--json")
    made = json.loads(done.out)
    book = CalamineWorkbook.from_path(tmp_path / "a.xlsx")
    rolls, fates = (book.get_sheet_by_name(name).to_python() for name in ("汇总", "承诺下落"))
    assert [row[0] for row in rolls[1:]] == [group["key"] or "（未定）" for group in made["groups"]]
    assert [row[2] for row in fates[1:]] == [row["text"] for row in made["coverage"]["commitments"]]
    table = list(csv.reader(StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig"))))
    assert table[0] == rolls[0]
    assert "'=区交通运输局" in [row[0] for row in table], "guarded: no spreadsheet runs it"
    (ours,) = (row for row in rolls if row[0] == "=区交通运输局")
    assert (ours[3], ours[4], ours[12]) == (50.0, 0.0, "达进度 1")


def test_a_plan_without_items_has_an_empty_overview(luoshi: Command, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text('{"format": "luoshi.plan/1"}', encoding="utf-8")
    done = luoshi("overview", tmp_path / "plan.json", "--xlsx", tmp_path / "a.xlsx")
    assert done.code == 0
    assert "0：无" in done.text
    assert CalamineWorkbook.from_path(tmp_path / "a.xlsx").sheet_names == ["汇总", "承诺下落"]


def test_a_group_without_weight_has_no_mean(luoshi: Command, report: Path, states: Path, tmp_path: Path) -> None:
    raw = json.loads(states.read_text(encoding="utf-8"))
    raw["items"][0]["weight"] = "0"
    states.write_text(json.dumps(raw), encoding="utf-8")
    command = ("overview", report, "--items", states, "--today", "2024-06-28", "--csv", tmp_path / "a.csv")
    groups = json.loads(luoshi(*command, "--json").out)["groups"]
    assert [group["verified"] for group in groups if group["key"] == "=区交通运输局"] == [None]
    table = list(csv.reader(StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig"))))
    assert [row[3:5] for row in table if row[0] == "'=区交通运输局"] == [["", ""]]
    assert "—" in luoshi(*command).text
