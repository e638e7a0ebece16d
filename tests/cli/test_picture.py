"""``luoshi picture`` as people use it: what is drawn, where it goes, what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from luoshi.examples import sample

Command = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]
FIRST, SECOND = (ROOT / "docs" / "comparing" / f"qinghe-{year}.txt" for year in (2023, 2024))
ITEMS = ROOT / "examples" / "supervise" / "items.json"
READINGS = ROOT / "examples" / "songgang-2023-readings.csv"
DAY = ("--today", "2023-10-20")


def test_a_report_alone_becomes_a_picture_of_what_it_promises(luoshi: Command, tmp_path: Path) -> None:
    done = luoshi("picture", FIRST, "--to", tmp_path / "图")
    assert done.code == 0
    assert {path.name for path in (tmp_path / "图").iterdir()} == {
        f"promise.{end}" for end in ("svg", "png", "pdf", "txt")
    }
    assert "清河县2023年政府工作报告 一图读懂" in (tmp_path / "图" / "promise.txt").read_text(encoding="utf-8")
    assert "promise.pdf" in done.text


def test_further_pages_of_an_earlier_picture_do_not_stay(luoshi: Command, tmp_path: Path) -> None:
    stale, own = ("promise.2.png", "promise.12.svg"), ("promise.旧.png", "result.2.png", "2.png")
    for name in (*stale, *own):
        (tmp_path / name).write_bytes(b"old")
    assert luoshi("picture", FIRST, "--to", tmp_path).code == 0
    left = {path.name for path in tmp_path.iterdir() if path.read_bytes() == b"old"}
    assert left == set(own)


def test_with_a_later_report_it_shows_what_came_of_it(luoshi: Command, tmp_path: Path) -> None:
    done = luoshi("picture", FIRST, "--later", SECOND, "--to", tmp_path)
    assert done.code == 0
    text = (tmp_path / "result.txt").read_text(encoding="utf-8")
    assert "2023年说的，做到哪了" in text
    assert "没有做到的" in text


def test_what_is_not_open_is_drawn_for_inside_only(luoshi: Command, tmp_path: Path) -> None:
    given = ("picture", sample("songgang-2023"), "--items", ITEMS, "--readings", READINGS, *DAY, "--to")
    outside, inside = luoshi(*given, tmp_path / "外"), luoshi(*given, tmp_path / "内", "--internal")
    assert (outside.code, inside.code) == (0, 0)
    assert "O006" in outside.err
    public, internal = ((tmp_path / name / "result.txt").read_text(encoding="utf-8") for name in ("外", "内"))
    assert "5700人" not in public
    assert "5700人" in internal
    assert "截至2023年10月20日　内部使用" in internal


def test_a_file_gets_its_own_format_and_nothing_beside_it(luoshi: Command, tmp_path: Path) -> None:
    done = luoshi("picture", FIRST, "--to", tmp_path / "一图.pdf", "--width", "a3-wide", "--theme", "spring", "--quiet")
    assert (done.code, done.out) == (0, b"")
    assert [path.name for path in tmp_path.iterdir()] == ["一图.pdf"]
    page = pypdfium2.PdfDocument((tmp_path / "一图.pdf").read_bytes())[0]
    assert [round(size) for size in page.get_size()] == [1191, 842]


def test_a_plan_with_its_report_beside_it_is_as_good_as_the_report(luoshi: Command, tmp_path: Path) -> None:
    (tmp_path / FIRST.name).write_bytes(FIRST.read_bytes())
    assert luoshi("read", tmp_path / FIRST.name, "--out", tmp_path / "plan.json", "--quiet").code == 0
    for name, given in (("一", tmp_path / FIRST.name), ("二", tmp_path / "plan.json")):
        assert luoshi("picture", given, "--to", tmp_path / f"{name}.svg", "--quiet").code == 0
    assert (tmp_path / "一.svg").read_bytes() == (tmp_path / "二.svg").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((FIRST, "--kind", "result"), "--later"),
        ((FIRST, "--later", SECOND, "--items", ITEMS), "只能用一种"),
        ((FIRST, "--later", FIRST), "V003"),
        ((FIRST, "--later", "没有.txt"), "I001"),
        (("没有.txt",), "I001"),
        ((FIRST, "--width", "a4"), "--width"),
        ((FIRST, "--theme", "彩虹"), "--theme"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_nothing_written(
    luoshi: Command, tmp_path: Path, arguments: tuple[Any, ...], words: str
) -> None:
    done = luoshi("picture", *arguments, "--to", tmp_path / "图")
    assert done.code == 2
    assert words in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_plan_without_its_report_is_refused(luoshi: Command, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_bytes(luoshi("read", FIRST, "--json").out)
    done = luoshi("picture", tmp_path / "plan.json", "--to", tmp_path / "图")
    assert (done.code, "P004" in done.err) == (2, True)
    done = luoshi("picture", tmp_path / "plan.json", "--later", SECOND, "--to", tmp_path / "图")
    assert (done.code, "W025" in done.err) == (2, True)


def test_an_empty_plan_is_a_problem(luoshi: Command, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text("关于政府工作的报告\n各位代表：谢谢大家。\n", encoding="utf-8")
    done = luoshi("picture", tmp_path / "空.txt", "--to", tmp_path / "图.png")
    assert (done.code, "W023" in done.err) == (2, True)
    assert json.loads(luoshi("read", tmp_path / "空.txt", "--json").out)["items"] == []
