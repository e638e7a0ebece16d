"""``luoshi check``: what a drafter sees, what a program gets, what a pipeline goes by."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from luoshi.examples import sample

Command = Callable[..., Any]
WORDS = """\
云水区2024年政府工作报告
一、2023年工作回顾
全年新建农村公路46公里，水产养殖户由120户增加到150户，增长30%，水产品总产量稳定。
二、2024年重点工作
力争完成老旧小区改造30个，新建农村公路40公里。
"""
CLEAN = WORDS.replace("增长30%", "增长25%").replace("力争完成", "完成")


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A draft with an error and a note."""
    path = tmp_path / "草稿.txt"
    path.write_text(WORDS, encoding="utf-8")
    return path


def test_a_finding_is_told_with_place_words_sum_and_advice(luoshi: Command, draft: Path) -> None:
    done = luoshi("check", draft)
    assert done.code == 3
    text = done.text
    assert "✖ 错误 error  N03  起止两数和增幅对不上" in text
    assert "草稿.txt:3:34  § 一、2023年工作回顾" in text
    assert "150户 ÷ 120户 - 1 = 25%" in text
    assert "3:20 起点 start “120户”" in text
    for name in ("为何 why", "怎么办 do", "English", "记号 mark"):
        assert name in text
    assert "错误 error 1" in done.err
    assert "说明 note 1" in done.err


def test_the_marks_stand_under_the_words_by_their_width(luoshi: Command, draft: Path) -> None:
    lines = luoshi("check", draft, "--select", "N03").text.split("\n")
    (at,) = (number for number, line in enumerate(lines) if line.strip("│ ").startswith("^"))
    words, marks = lines[at - 1], lines[at]
    before = words[: words.index("30%")]
    assert cell_len(marks[: marks.index("^")]) == cell_len(before)
    assert marks.count("^") == 3


def test_a_long_paragraph_is_cut_to_the_terminal(luoshi: Command, draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft.write_text(WORDS.replace("全年新建", "村" * 300 + "，全年新建"), encoding="utf-8")
    monkeypatch.setenv("COLUMNS", "60")
    text = luoshi("check", draft, "--select", "N03").text
    quoted = [line for line in text.split("\n") if line.startswith("  │")]
    assert all(cell_len(line) <= 60 for line in quoted)
    assert "30%" in quoted[0]
    assert "…" in quoted[0]


def test_a_clean_report_says_so_and_ends_well(luoshi: Command, draft: Path) -> None:
    draft.write_text(CLEAN, encoding="utf-8")
    done = luoshi("check", draft)
    assert (done.code, done.out) == (0, b"")
    assert "没有发现问题 · nothing was found" in done.err


def test_notes_alone_do_not_fail_unless_asked(luoshi: Command, draft: Path, tmp_path: Path) -> None:
    assert luoshi("check", draft, "--ignore", "N").code == 0
    config = tmp_path / "严.toml"
    config.write_text('[check]\nfail = "note"\n', encoding="utf-8")
    assert luoshi("check", draft, "--ignore", "N", "--config", config).code == 3
    config.write_text('[check]\nfail = "never"\n', encoding="utf-8")
    assert luoshi("check", draft, "--config", config).code == 0


def test_codes_are_chosen_by_their_beginnings_in_either_case(luoshi: Command, draft: Path) -> None:
    assert "C05" not in luoshi("check", draft, "--select", "n,T").text
    assert "N03" not in luoshi("check", draft, "--select", "C", "--select", "S").text
    assert "N03" not in luoshi("check", draft, "--ignore", "N03").text


def test_an_unknown_code_is_met_with_the_nearest_and_nothing_is_checked(luoshi: Command, draft: Path) -> None:
    done = luoshi("check", draft, "--select", "N33")
    assert (done.code, done.out) == (2, b"")
    assert "K001" in done.err
    assert "“N33”" in done.err


def test_the_file_beside_the_report_is_used(luoshi: Command, draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(draft.parent.parent)
    (draft.parent / "luoshi.toml").write_text(
        '[check]\nignore = ["C"]\n[[check.suppress]]\nrule = "N03"\nwords = "150户"\nreason = "另有口径"\n'
        '[[check.suppress]]\nrule = "N08"\nwords = "从前的话"\nreason = "已经改了"\n',
        encoding="utf-8",
    )
    done = luoshi("check", draft)
    assert (done.code, done.out) == (0, b"")
    assert "放过 suppressed  N03" in done.err
    assert "另有口径" in done.err
    assert "unused suppression: N08 从前的话" in done.err


@pytest.mark.parametrize(("config", "code"), [("[check", "K002"), ('[check]\nselct = ["N"]', "K003")])
def test_a_broken_configuration_stops_the_check(luoshi: Command, draft: Path, config: str, code: str) -> None:
    (draft.parent / "坏.toml").write_text(config, encoding="utf-8")
    done = luoshi("check", draft, "--config", draft.parent / "坏.toml")
    assert (done.code, done.out) == (2, b"")
    assert code in done.err


def test_a_configuration_that_is_not_there_or_no_text_is_told(luoshi: Command, draft: Path, tmp_path: Path) -> None:
    assert "I001" in luoshi("check", draft, "--config", tmp_path / "没有.toml").err
    (tmp_path / "坏.toml").write_bytes(b"\xff\xfe\xff")
    assert "K002" in luoshi("check", draft, "--config", tmp_path / "坏.toml").err


def test_json_and_sarif_are_json_and_nothing_else(luoshi: Command, draft: Path) -> None:
    assert [one["code"] for one in json.loads(luoshi("check", draft, "--format", "json").out)["found"]] == [
        "N03",
        "C05",
    ]
    log = json.loads(luoshi("check", draft, "--format", "sarif").out)
    assert [one["ruleId"] for one in log["runs"][0]["results"]] == ["N03", "C05"]


@pytest.mark.parametrize("form", ["text", "json", "sarif", "html"])
def test_every_form_can_be_written_to_a_file(luoshi: Command, draft: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"检查.{form}"
    done = luoshi("check", draft, "--format", form, "--out", out)
    assert (done.code, done.out) == (3, b"")
    assert "N03" in out.read_text(encoding="utf-8")


def test_last_years_report_is_compared(luoshi: Command, draft: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "去年.txt"
    earlier.write_text(
        "云水区2023年政府工作报告\n一、2022年工作回顾\n空气质量优良天数达到300天。\n二、2023年重点工作\n改造老旧小区20个。",
        encoding="utf-8",
    )
    draft.write_text(CLEAN.replace("全年新建", "空气质量优良天数达到321天，增加11天，新建"), encoding="utf-8")
    done = luoshi("check", draft, "--earlier", earlier)
    assert "N11" in done.text
    assert "去年的报告 last year's report" in done.text


def test_a_plan_is_checked_with_its_text_and_less_without(luoshi: Command, draft: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    luoshi("read", draft, "--out", plan)
    bare = luoshi("check", plan)
    assert "K007" in bare.err
    assert "C05" in bare.text
    whole = luoshi("check", plan, "--text", draft)
    assert whole.text == luoshi("check", draft).text


def test_a_text_that_the_plan_was_not_read_from_is_refused(luoshi: Command, draft: Path, tmp_path: Path) -> None:
    plan, other, same = tmp_path / "plan.json", tmp_path / "别的.txt", tmp_path / "换行.txt"
    luoshi("read", draft, "--out", plan)
    other.write_text("开头多了一句。" + draft.read_text(encoding="utf-8"), encoding="utf-8")
    done = luoshi("check", plan, "--text", other)
    assert (done.code, "K011" in done.err, done.out) == (2, True, b"")
    same.write_bytes(draft.read_text(encoding="utf-8").replace("\n", "\r\n").encode("utf-8-sig"))
    assert luoshi("check", plan, "--text", same).text == luoshi("check", draft).text


def test_about_is_told_with_the_number(luoshi: Command) -> None:
    assert "城镇调查失业率 5.5%左右，没有说是不超过还是不低于" in luoshi("check", sample("songgang-2023")).text


def test_a_plan_that_is_none_is_told(luoshi: Command, tmp_path: Path) -> None:
    path = tmp_path / "坏.json"
    path.write_text("{", encoding="utf-8")
    done = luoshi("check", path)
    assert done.code == 2
    assert "P001" in done.err


def test_the_rules_are_listed_without_a_report(luoshi: Command) -> None:
    done = luoshi("check", "--rules")
    assert done.code == 0
    assert "N03" in done.text
    assert "默认关 off" in done.text


def test_a_report_from_standard_input(program: Command) -> None:
    done = program("check", "-", stdin=WORDS.encode())
    assert done.code == 3
    assert "N03" in done.text


def test_a_report_cannot_steer_the_terminal_through_a_finding(luoshi: Command, draft: Path) -> None:
    draft.write_text(WORDS.replace("水产养殖户", "水\u202e产\x1b[31m养殖户"), encoding="utf-8")
    text = luoshi("check", draft).text
    assert not {"\x1b", "\u202e"} & set(text)
