"""``luoshi read`` and ``luoshi text``: one JSON object for programs, a tree for people, and exactly the text."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from luoshi.plan import Plan

Command = Callable[..., Any]


def test_json_is_one_object_and_nothing_else(luoshi: Command, report: Path) -> None:
    done = luoshi("read", report, "--json")
    assert done.code == 0
    assert done.err == ""
    assert done.out.endswith(b"}\n")
    assert json.loads(done.out)["format"] == "luoshi.plan/1"
    assert "地区生产总值".encode() in done.out, "Chinese stands as it is, not as escapes"


def test_the_plan_says_which_file_it_was_read_from(luoshi: Command, report: Path) -> None:
    document = json.loads(luoshi("read", report, "--json").out)["document"]
    assert document["source"] == "云水区-2024.txt"
    assert document["sha256"] == hashlib.sha256(report.read_bytes()).hexdigest()


def test_every_place_in_the_plan_points_into_the_text_that_the_text_verb_prints(luoshi: Command, report: Path) -> None:
    text = luoshi("text", report).text
    plan = json.loads(luoshi("read", report, "--json").out)
    assert plan["document"]["characters"] == len(text)
    quoted = [*plan["figures"], *plan["commitments"], *plan["ladder"]]
    quoted += [figure["indicator"] for figure in plan["figures"] if figure["indicator"]]
    assert len(quoted) > 10
    assert [row["text"] for row in quoted] == [text[row["start"] : row["end"]] for row in quoted]


def test_reading_twice_gives_the_same_bytes(luoshi: Command, program: Command, report: Path) -> None:
    first = luoshi("read", report, "--json").out
    again = program("read", report, "--json", env={"PYTHONHASHSEED": "7"}).out
    assert first == again


def test_out_writes_the_same_bytes_to_a_file(luoshi: Command, report: Path, tmp_path: Path) -> None:
    printed = luoshi("read", report, "--json").out
    done = luoshi("read", report, "--out", tmp_path / "计划.json")
    assert done.code == 0
    assert done.out == b""
    assert "计划.json" in done.err
    assert (tmp_path / "计划.json").read_bytes() == printed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["云水区-2024.txt", "计划.json"]


def test_a_plan_that_was_written_can_be_read_back(luoshi: Command, report: Path, tmp_path: Path) -> None:
    luoshi("read", report, "--out", tmp_path / "plan.json", "--quiet")
    plan = Plan.from_json((tmp_path / "plan.json").read_bytes())
    assert any(figure.text == "312.6亿元" and figure.tense == "done" for figure in plan.figures)


def test_quiet_writes_the_file_without_a_word(luoshi: Command, report: Path, tmp_path: Path) -> None:
    done = luoshi("read", report, "--out", tmp_path / "plan.json", "--quiet")
    assert (done.out, done.err) == (b"", "")


def test_standard_input_is_read_like_a_file(program: Command, report: Path) -> None:
    piped = json.loads(program("read", "-", "--json", stdin=report.read_bytes()).out)
    given = json.loads(program("read", report, "--json").out)
    assert piped["document"].pop("source") == "stdin"
    given["document"].pop("source")
    assert piped == given


def test_the_text_is_the_files_text_to_the_letter(luoshi: Command, report: Path, tmp_path: Path) -> None:
    assert luoshi("text", report).out == report.read_bytes()
    done = luoshi("text", report, "--out", tmp_path / "t.txt")
    assert (done.code, done.out) == (0, b"")
    assert (tmp_path / "t.txt").read_bytes() == report.read_bytes()


def test_the_tree_shows_sections_with_their_part_items_and_counts(luoshi: Command, report: Path) -> None:
    done = luoshi("read", report)
    assert done.code == 0
    lines = done.text.splitlines()
    assert any("一、2023年工作回顾" in line and "回顾" in line for line in lines)
    (bridge,) = (line for line in lines if "云水大桥" in line)
    assert "2024-12-31" in bridge
    assert "年内" in bridge
    plan = json.loads(luoshi("read", report, "--json").out)
    for words, rows in (("数字 figures", plan["figures"]), ("事项 items", plan["items"])):
        (line,) = (line for line in lines if line.startswith(words))
        assert line.removeprefix(words).split()[0] == str(len(rows))


def test_kinds_are_told_by_shape_and_word(luoshi: Command, report: Path) -> None:
    """A reader who sees no colour tells a project from a target."""
    text = luoshi("read", report).text
    (bridge,) = (line for line in text.splitlines() if "云水大桥" in line)
    (growth,) = (line for line in text.splitlines() if "固定资产投资增长8%以上" in line)
    assert "■ 项目" in bridge
    assert "◆" in growth
    assert "\x1b" not in text


def test_an_inferred_deadline_does_not_look_like_a_stated_one(luoshi: Command, report: Path) -> None:
    lines = luoshi("read", report).text.splitlines()
    (stated,) = (line for line in lines if "城北水厂" in line)
    (inferred,) = (line for line in lines if "老旧小区" in line)
    assert "2024-06-30" in stated
    assert "“6月底前”" in stated
    assert "“" not in inferred


@pytest.mark.parametrize("columns", [40, 60, 200])
def test_the_tree_fits_the_terminal(
    luoshi: Command, monkeypatch: pytest.MonkeyPatch, report: Path, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = luoshi("read", report).text.splitlines()
    assert max(map(cell_len, lines)) <= columns


def test_words_are_the_same_with_and_without_colour(program: Command, report: Path) -> None:
    plain = program("read", report, env={"COLUMNS": "100", "NO_COLOR": "1"}).text
    coloured = program("read", report, env={"COLUMNS": "100", "FORCE_COLOR": "1", "NO_COLOR": ""}).text
    assert "\x1b[" in coloured
    assert "\x1b[" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_a_report_cannot_steer_the_terminal(luoshi: Command, tmp_path: Path) -> None:
    """Escape sequences and direction marks in a report's text are shown, not obeyed."""
    path = tmp_path / "攻击.txt"
    path.write_text(
        "甲区政府工作报告\n\n一、2024年\x1b[2J\x07重点工作[bold]甲[/bold]\n\n年内建成\u202e东城\x1b[31m大桥。",
        encoding="utf-8",
    )
    done = luoshi("read", path)
    assert done.code == 0
    assert not {"\x1b", "\x07", "\u202e"} & set(done.text)
    assert "[bold]甲[/bold]" in done.text, "markup in a report is just its text"


def test_real_reports_are_read_and_shown(luoshi: Command, shared: Path) -> None:
    for name in ("news/芦淞区-2021.txt", "county/清苑区-2023.txt"):
        done = luoshi("read", shared / "corpus" / name)
        assert done.code == 0
        assert "事项 items" in done.text
