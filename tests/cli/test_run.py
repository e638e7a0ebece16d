"""``luoshi run`` and ``luoshi demo``: every result or none, and an account that agrees with what was written."""

from __future__ import annotations

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest
from PIL import Image
from python_calamine import CalamineWorkbook

import luoshi as package
from luoshi.cli.job import FILES

Command = Callable[..., Any]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def out(luoshi: Command, report: Path, tmp_path: Path) -> Path:
    """The results of the short report."""
    assert luoshi("run", report, "--out", tmp_path / "结果", "--quiet").code == 0
    return tmp_path / "结果"


def test_every_result_is_written_and_opens(out: Path) -> None:
    assert set(contents(out)) == set(FILES)
    assert CalamineWorkbook.from_path(out / "register.xlsx").sheet_names
    assert len(list(csv.reader(io.StringIO((out / "register.csv").read_text(encoding="utf-8-sig"))))) > 1
    assert ElementTree.parse(out / "onepage.svg").getroot().tag.endswith("svg")
    assert Image.open(out / "onepage.png").size[0] == 1080
    assert len(pypdfium2.PdfDocument(out / "onepage.pdf")) == 1


def test_the_plan_is_the_one_that_read_prints(luoshi: Command, out: Path, report: Path) -> None:
    assert (out / "plan.json").read_bytes() == luoshi("read", report, "--json").out


def test_running_again_writes_the_same_bytes(luoshi: Command, out: Path, report: Path) -> None:
    first = contents(out)
    assert luoshi("run", report, "--out", out).code == 0
    assert contents(out) == first


def test_the_account_agrees_with_the_plan(luoshi: Command, report: Path, tmp_path: Path) -> None:
    done = luoshi("run", report, "--out", tmp_path / "结果")
    plan = json.loads((tmp_path / "结果" / "plan.json").read_bytes())
    rows = {line.split("  ")[0]: line.split("  ", 1)[1].split() for line in done.text.splitlines() if "  " in line}
    assert rows["数字 figures"][0] == str(len(plan["figures"]))
    assert rows["承诺 commitments"][0] == str(len(plan["commitments"]))
    assert rows["事项 items"][0] == str(len(plan["items"]))
    for count in Counter(figure["tense"] for figure in plan["figures"]).values():
        assert str(count) in " ".join(rows["数字 figures"])
    assert float(rows["用时 seconds"][0]) > 0


def test_the_end_names_every_file_with_its_use_and_what_to_try_next(
    luoshi: Command, report: Path, tmp_path: Path
) -> None:
    text = luoshi("run", report, "--out", tmp_path / "结果").text
    for name, purpose in FILES.items():
        assert any(name in line and purpose.split(" · ")[0] in line for line in text.splitlines()), name
    assert f"luoshi read {report}" in text.splitlines()[-1]


def test_quiet_says_nothing(luoshi: Command, report: Path, tmp_path: Path) -> None:
    done = luoshi("run", report, "--out", tmp_path / "结果", "--quiet")
    assert (done.code, done.out, done.err) == (0, b"", "")


def test_a_wide_picture_and_another_theme(luoshi: Command, out: Path, report: Path) -> None:
    before = contents(out)
    assert luoshi("run", report, "--out", out, "--width", "wide", "--quiet").code == 0
    assert Image.open(out / "onepage.png").size[0] == 1800
    assert contents(out)["plan.json"] == before["plan.json"]


def test_a_bad_report_leaves_the_old_results_untouched(luoshi: Command, out: Path, tmp_path: Path) -> None:
    before = contents(out)
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 cut off")
    done = luoshi("run", tmp_path / "坏.docx", "--out", out)
    assert done.code == 2
    assert done.out == b""
    assert "✖ 错误" in done.err
    assert contents(out) == before


def test_a_report_with_nothing_to_show_writes_nothing(luoshi: Command, tmp_path: Path) -> None:
    (tmp_path / "空话.txt").write_text("今天天气很好。" * 20, encoding="utf-8")
    done = luoshi("run", tmp_path / "空话.txt", "--out", tmp_path / "结果")
    assert done.code == 2
    assert "怎么办" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["空话.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_place_that_may_not_be_written_is_said(luoshi: Command, report: Path, tmp_path: Path) -> None:
    (tmp_path / "锁").mkdir(mode=0o500)
    done = luoshi("run", report, "--out", tmp_path / "锁" / "结果")
    assert done.code == 2
    assert "W001" in done.err


def test_a_file_in_the_way_is_said_and_kept(luoshi: Command, report: Path, tmp_path: Path) -> None:
    (tmp_path / "结果").write_bytes(b"theirs")
    done = luoshi("run", report, "--out", tmp_path / "结果")
    assert done.code == 2
    assert "W003" in done.err
    assert (tmp_path / "结果").read_bytes() == b"theirs"


def test_a_failure_of_our_own_ends_with_one_and_writes_nothing(
    luoshi: Command, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise RuntimeError("a slip of ours")

    monkeypatch.setattr("luoshi.cli.job.register", broken)
    done = luoshi("run", report, "--out", tmp_path / "结果")
    assert done.code == 1
    assert "RuntimeError: a slip of ours" in done.err
    assert not (tmp_path / "结果").exists()


def test_the_demo_goes_the_whole_way(luoshi: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = luoshi("demo", "--no-serve")
    assert done.code == 0
    assert {name.name for name in (tmp_path / "out").iterdir()} == {*FILES, "published"}
    plan = package.Plan.from_json((tmp_path / "out" / "plan.json").read_bytes())
    assert {figure.tense for figure in plan.figures} >= {"done", "plan"}
    assert {item.kind for item in plan.items} >= {"target", "project", "action"}
    assert plan.ladder
    data = tmp_path / "out" / "published" / "public" / "data"
    assert len((data / "history.csv").read_bytes().splitlines()) > 1000, "a year of the sample district"
    assert not (tmp_path / "out" / "published" / "internal").exists()
    assert luoshi("publish", "--check", tmp_path / "out" / "published").code == 0
