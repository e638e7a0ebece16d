"""``luoshi read FOLDER``: every report into one file, in the same order on any number of processors."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from luoshi.plan import Plan
from luoshi.publish.tables import columns, rows

Command = Callable[..., Any]


@pytest.fixture
def folder(report: Path, tmp_path: Path) -> Path:
    """Three reports at different depths, with what is no report beside them."""
    home = tmp_path / "各区 报告"
    (home / "乙市" / ".回收站").mkdir(parents=True)
    text = report.read_text(encoding="utf-8")
    for name, place in (
        ("丙区-2024.txt", "丙水区"),
        ("乙市/甲区-2024.md", "甲水区"),
        ("乙市/乙区-2024.html", "乙水区"),
    ):
        body = text.replace("云水区", place)
        html = f"<html><body>{''.join(f'<p>{line}</p>' for line in body.split(chr(10)))}</body></html>"
        (home / name).write_text(html if name.endswith("html") else body, encoding="utf-8")
    for name in ("说明.xlsx", "~$丙区-2024.docx", ".隐藏.txt", "乙市/.回收站/旧.txt"):
        (home / name).write_bytes(b"no report")
    return home


IN_ORDER = ["丙区-2024.txt", "乙市/乙区-2024.html", "乙市/甲区-2024.md"]


def plans(path: Path) -> list[Plan]:
    return [Plan.from_json(line) for line in path.read_bytes().splitlines()]


def test_every_report_becomes_a_line_in_the_order_of_the_names(luoshi: Command, folder: Path, tmp_path: Path) -> None:
    done = luoshi("read", folder, "--out", tmp_path / "plans.jsonl", "--workers", "1")
    assert (done.code, done.out) == (0, b"")
    assert "3 read" in done.err
    read = plans(tmp_path / "plans.jsonl")
    assert [plan.document.source for plan in read] == IN_ORDER
    assert [plan.document.place for plan in read] == ["丙水区", "乙水区", "甲水区"]
    assert all(len(plan.figures) > 5 for plan in read)


def test_any_number_of_workers_writes_the_same_bytes(program: Command, folder: Path, tmp_path: Path) -> None:
    for at in range(12):
        shutil.copy(folder / IN_ORDER[0], folder / f"第{at:02}份.txt")
    written = []
    for workers in ("1", "2", "5"):
        out = tmp_path / f"{workers}.jsonl"
        done = program("read", folder, "--out", out, "--workers", workers, "--quiet")
        assert (done.code, done.out, done.err) == (0, b"", "")
        written.append(out.read_bytes())
    assert written[0].count(b"\n") == 15
    assert written[1] == written[2] == written[0]


def test_json_lines_go_to_standard_output_too(luoshi: Command, folder: Path, tmp_path: Path) -> None:
    luoshi("read", folder, "--out", tmp_path / "plans.jsonl", "--workers", "1")
    done = luoshi("read", folder, "--json", "--workers", "1", "--quiet")
    assert done.out == (tmp_path / "plans.jsonl").read_bytes()
    assert done.err == ""


def test_without_a_file_the_reports_are_listed(luoshi: Command, folder: Path) -> None:
    done = luoshi("read", folder, "--workers", "1")
    assert done.code == 0
    (line,) = (line for line in done.text.splitlines() if IN_ORDER[1] in line)
    assert "乙水区" in line
    assert "2024" in line


def test_a_file_that_cannot_be_read_is_listed_at_the_end_and_the_rest_is_written(
    luoshi: Command, folder: Path, tmp_path: Path
) -> None:
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 cut off")
    (folder / "空.txt").write_bytes(b"")
    done = luoshi("read", folder, "--out", tmp_path / "plans.jsonl", "--workers", "1", "--quiet")
    assert done.code == 2
    assert done.out == b""
    assert [plan.document.source for plan in plans(tmp_path / "plans.jsonl")] == IN_ORDER
    for words in ("坏.docx", "I013", "空.txt", "I005", "3 read, 2 could not be read"):
        assert words in done.err


def test_where_nothing_can_be_read_nothing_is_written(luoshi: Command, tmp_path: Path) -> None:
    home = tmp_path / "reports"
    home.mkdir()
    (home / "空.txt").write_bytes(b"")
    (tmp_path / "plans.jsonl").write_bytes(b"old")
    done = luoshi("read", home, "--out", tmp_path / "plans.jsonl")
    assert done.code == 2
    assert "I005" in done.err
    assert "written" not in done.err
    assert (tmp_path / "plans.jsonl").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plans.jsonl", "reports"]


def test_a_folder_without_reports_says_so(luoshi: Command, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"x")
    done = luoshi("read", tmp_path, "--out", tmp_path / "p.jsonl")
    assert done.code == 2
    assert "I032" in done.err


def test_an_ending_that_says_nothing_is_refused_before_anything_is_read(
    luoshi: Command, folder: Path, tmp_path: Path
) -> None:
    done = luoshi("read", folder, "--out", tmp_path / "plans.docx")
    assert done.code == 2
    assert "W031" in done.err
    assert not (tmp_path / "plans.docx").exists()


def test_corrections_are_for_one_report(luoshi: Command, folder: Path, tmp_path: Path) -> None:
    done = luoshi("read", folder, "--corrections", tmp_path / "更正.json")
    assert done.code == 2
    assert "一次只用于一份报告" in done.err


def test_our_own_failure_at_one_file_does_not_lose_the_others(
    luoshi: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from luoshi import door

    real = door.open_report

    def fails(path: Path) -> Any:
        if path.suffix == ".html":
            raise ZeroDivisionError("our own")
        return real(path)

    monkeypatch.setattr(door, "open_report", fails)
    done = luoshi("read", folder, "--out", tmp_path / "plans.jsonl", "--workers", "1")
    assert done.code == 2
    assert "ZeroDivisionError: our own" in done.err
    assert len(plans(tmp_path / "plans.jsonl")) == 2


KILLED = """
import os, signal, sys
from pathlib import Path
from luoshi.door import open_reports
from luoshi.intake import reports_in

def make(plan):
    if plan.document.source.endswith("html"):
        os.kill(os.getpid(), signal.SIGKILL)
    return plan.document.source

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for one in open_reports(folder, reports_in(folder), make, workers=2):
        print(one.made, *(found.code for found in one.problems))
"""


def test_a_worker_that_the_system_kills_costs_one_file(folder: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(KILLED, encoding="utf-8")
    done = subprocess.run([sys.executable, script, folder], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.splitlines() == [IN_ORDER[0], "None I033", IN_ORDER[2]]


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("table", ["figures", "commitments", "items"])
def test_a_parquet_file_has_a_row_a_finding_with_the_facts_of_its_report(
    luoshi: Command, folder: Path, tmp_path: Path, table: Any
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    luoshi("read", folder, "--out", tmp_path / "plans.jsonl", "--workers", "1")
    done = luoshi("read", folder, "--out", tmp_path / "表.parquet", "--table", table, "--workers", "2")
    assert done.code == 0, done.err
    made = parquet.read_table(tmp_path / "表.parquet")
    assert made.column_names == [column.name for column in columns(table)]
    read = plans(tmp_path / "plans.jsonl")
    ids = [(plan.document.source, row.id) for plan in read for row in getattr(plan, table)]
    assert list(zip(made["source"].to_pylist(), made["id"].to_pylist(), strict=True)) == ids
    assert set(made["year"].to_pylist()) == {2024}


def test_amounts_in_a_parquet_file_are_exact(luoshi: Command, folder: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    luoshi("read", folder, "--out", tmp_path / "数字.parquet", "--workers", "1")
    made = parquet.read_table(tmp_path / "数字.parquet").to_pylist()
    first = next(row for row in made if row["text"] == "312.6亿元")
    assert (first["value"], first["base_value"]) == ("312.6", Decimal(31_260_000_000))
    assert first["indicator_code"] == "gdp"
    assert first["role"] == "review"


def test_without_pyarrow_it_says_what_to_install(
    luoshi: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "luoshi.cli.parquet", None)
    done = luoshi("read", folder, "--out", tmp_path / "数字.parquet")
    assert done.code == 2
    assert "W030" in done.err
    assert "luoshi[corpus]" in done.err


@pytest.mark.parametrize("table", ["figures", "commitments", "items"])
def test_every_column_is_filled_somewhere_or_known_to_be_empty(luoshi: Command, report: Path, table: Any) -> None:
    """A path of ``columns.toml`` that leads nowhere would only ever give None."""
    plan = Plan.from_json(luoshi("read", report, "--json").out)
    made = rows(plan, table)
    assert len(made) == len(getattr(plan, table))
    filled = {name for row in made for name, value in row.items() if value is not None}
    may_be_empty = {"value2", "direction", "hedge", "lead", "lead_basis", "period", "period_from", "period_to"}
    assert {column.name for column in columns(table)} - filled <= may_be_empty | {"period_precision"}


def test_a_row_of_a_deadline_is_a_day(luoshi: Command, report: Path) -> None:
    plan = Plan.from_json(luoshi("read", report, "--json").out)
    days = [row["deadline_date"] for row in rows(plan, "items") if "水厂" in row["item"]]
    assert days == [date(2024, 6, 30)]


def test_a_fraction_has_no_decimal_and_what_is_lacking_is_none() -> None:
    figure = {"id": "f1", "start": 0, "end": 3, "text": "1/2", "value": "1/2", "base_value": "1/2", "rule": "x"}
    plan = Plan.from_json(json.dumps({"format": "luoshi.plan/1", "figures": [figure]}))
    (row,) = rows(plan, "figures")
    assert (row["value"], row["base_value"], row["section"], row["title"]) == ("1/2", None, None, "")
