"""Results are written whole or not at all, and what was there before survives every failure."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from luoshi.cli.faults import Unwritable
from luoshi.cli.writing import write_file, write_folder

Command = Callable[..., Any]
FILES = {"plan.json": b"new plan", "register.xlsx": b"new register"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def codes(error: pytest.ExceptionInfo[Unwritable]) -> list[str]:
    return [found.code for found in error.value.problems]


def test_a_file_is_written_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_file(tmp_path / "计划.json", b"{}\n")
    assert contents(tmp_path) == {"计划.json": b"{}\n"}


def test_a_file_replaces_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_bytes(b"old")
    write_file(tmp_path / "plan.json", b"new")
    assert contents(tmp_path) == {"plan.json": b"new"}


def test_a_folder_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    with pytest.raises(Unwritable) as error:
        write_file(tmp_path, b"{}")
    assert codes(error) == ["W002"]


def test_a_missing_folder_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Unwritable) as error:
        write_file(tmp_path / "没有" / "plan.json", b"{}")
    assert codes(error) == ["W001"]
    assert "上级文件夹不存在" in error.value.problems[0].message
    assert contents(tmp_path) == {}


def test_a_folder_of_results_is_made_with_its_parents(tmp_path: Path) -> None:
    write_folder(tmp_path / "结果" / "2024", FILES)
    assert contents(tmp_path / "结果" / "2024") == FILES
    assert [path.name for path in (tmp_path / "结果").iterdir()] == ["2024"]


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "plan.json").write_bytes(b"old plan")
    (out / "批示.txt").write_bytes(b"theirs")
    write_folder(out, FILES)
    assert contents(out) == {**FILES, "批示.txt": b"theirs"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_where_the_folder_should_be_stops_the_work(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"theirs")
    with pytest.raises(Unwritable) as error:
        write_folder(tmp_path / "out", FILES)
    assert codes(error) == ["W003"]
    assert contents(tmp_path) == {"out": b"theirs"}


@pytest.mark.parametrize("fails_at", [1, 2])
def test_a_move_that_fails_puts_every_old_file_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    """As when a table is open in another program and the system refuses to replace it."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "plan.json").write_bytes(b"old plan")
    (out / "register.xlsx").write_bytes(b"old register")
    real, moves = Path.rename, 0

    def rename(self: Path, target: Path) -> Path:
        nonlocal moves
        if self.parent.name == "new":
            moves += 1
            if moves == fails_at:
                raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(Unwritable) as error:
        write_folder(out, FILES)
    assert codes(error) == ["W001"]
    assert "没有写入权限" in error.value.problems[0].message
    assert contents(out) == {"plan.json": b"old plan", "register.xlsx": b"old register"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_full_disk_leaves_the_old_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    write_folder(out, {"plan.json": b"old plan"})

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unwritable) as error:
        write_folder(out, FILES)
    assert "磁盘已满" in error.value.problems[0].message
    assert contents(out) == {"plan.json": b"old plan"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_interruption_between_two_moves_puts_every_old_file_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    write_folder(out, dict.fromkeys(FILES, b"old"))
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self.parent.name == "new" and self.name == "register.xlsx":
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(KeyboardInterrupt):
        write_folder(out, FILES)
    assert contents(out) == dict.fromkeys(FILES, b"old")


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("agenda", "{report}", "--xlsx", "{out}.csv"), ".xlsx"),
        (("overview", "{report}", "--csv", "{out}.xlsx"), ".csv"),
        (("measure", "{report}", "--readings", "读数.csv", "--xlsx", "{out}.pdf"), ".xlsx"),
        (("diff", "{report}", "{report}", "--out", "{out}.docx"), ".xlsx"),
        (("read", "{report}", "--out", "{out}.docx"), ".json"),
        (("check", "{report}", "--format", "html", "--out", "{out}.json"), ".html"),
        (("check", "{report}", "--out", "{out}.html"), ".txt"),
        (("text", "{report}", "--out", "{out}.docx"), ".txt"),
        (("schema", "--out", "{out}.xlsx"), ".json"),
    ],
)
def test_an_ending_that_says_another_format_is_refused(
    luoshi: Command, report: Path, tmp_path: Path, arguments: tuple[str, ...], wanted: str
) -> None:
    out = tmp_path / "结果"
    done = luoshi(*(word.replace("{report}", str(report)).replace("{out}", str(out)) for word in arguments))
    assert (done.code, "W004" in done.err, wanted in done.err) == (2, True, True)
    assert [path.name for path in tmp_path.iterdir()] == [report.name]
