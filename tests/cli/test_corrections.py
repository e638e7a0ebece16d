"""``--corrections``: a file kept beside the report, applied to every reading of it, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]


@pytest.fixture
def corrections(tmp_path: Path) -> Callable[..., Path]:
    """A file that holds these corrections."""

    def written(*rows: dict[str, Any]) -> Path:
        path = tmp_path / "更正.json"
        text = json.dumps({"format": "luoshi.corrections/1", "corrections": rows}, ensure_ascii=False)
        path.write_text(text, encoding="utf-8")
        return path

    return written


FIRST = {"do": "change", "what": "figure", "quote": "312.6亿元", "to": {"comparator": "approx"}, "who": "督查室 王敏"}
LEAD = {"do": "confirm", "what": "item", "quote": "云水大桥", "to": {"lead": "区交通运输局"}, "when": "2024-01-08"}


def test_corrections_are_in_the_plan_with_what_was_read(
    luoshi: Command, report: Path, corrections: Callable[..., Path]
) -> None:
    done = luoshi("read", report, "--corrections", corrections(FIRST, LEAD), "--json")
    assert done.code == 0, done.err
    plan = json.loads(done.out)
    (figure,) = (row for row in plan["figures"] if row["text"] == "312.6亿元")
    assert (figure["comparator"], figure["read_as"]) == ("approx", {"comparator": "eq"})
    assert figure["corrected"] == [{"do": "change", "who": "督查室 王敏"}]
    (item,) = (row for row in plan["items"] if (row["lead"] or {}).get("basis") == "confirmed")
    assert item["lead"]["unit"] == "区交通运输局"
    assert "云水大桥" in item["title"]


def test_the_tree_shows_what_was_corrected(luoshi: Command, report: Path, corrections: Callable[..., Path]) -> None:
    text = luoshi("read", report, "--corrections", corrections(LEAD)).text
    assert "区交通运输局（已确认）" in "".join(text.split())
    assert "✎ 已更正" in text
    assert "更正 corrections" in text
    assert "已更正" not in luoshi("read", report).text


def test_the_register_holds_the_corrected_units(
    luoshi: Command, report: Path, corrections: Callable[..., Path], tmp_path: Path
) -> None:
    done = luoshi("run", report, "--corrections", corrections(LEAD), "--out", tmp_path / "结果", "--quiet")
    assert done.code == 0, done.err
    assert "区交通运输局" in (tmp_path / "结果" / "register.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([FIRST, {**FIRST, "quote": "999亿元"}], "C004"),
        ([{**FIRST, "quote": "区"}], "C005"),
        ([{**FIRST, "to": {"comparator": "roughly"}}], "C003"),
        ([{**FIRST, "colour": "red"}], "C002"),
    ],
)
def test_corrections_that_cannot_be_applied_stop_the_work(
    luoshi: Command, report: Path, corrections: Callable[..., Path], rows: list[Any], code: str
) -> None:
    out = report.with_name("plan.json")
    done = luoshi("read", report, "--corrections", corrections(*rows), "--out", out)
    assert done.code == 2
    assert code in done.err
    assert "怎么办" in done.err
    assert not out.exists()


def test_a_file_of_corrections_that_is_not_there_is_said(luoshi: Command, report: Path, tmp_path: Path) -> None:
    done = luoshi("read", report, "--corrections", tmp_path / "没有.json")
    assert done.code == 2
    assert "I001" in done.err
    assert luoshi("read", report, "--corrections", tmp_path).code == 2


def test_a_correction_without_effect_is_a_note_in_the_plan(
    luoshi: Command, report: Path, corrections: Callable[..., Path]
) -> None:
    rows = {"do": "drop", "what": "figure", "quote": "稳住了经济大盘"}
    done = luoshi("read", report, "--corrections", corrections(rows), "--json")
    assert done.code == 0
    assert "C008" in [found["code"] for found in json.loads(done.out)["problems"]]
