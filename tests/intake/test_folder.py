"""Which files of a folder are reports: by their endings, at any depth, in the order of their names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from luoshi.intake import reports_in


def filled(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return folder


def test_reports_are_found_at_any_depth_in_the_order_of_their_names(tmp_path: Path) -> None:
    folder = filled(tmp_path, "b/2.docx", "b/a/1.PDF", "a.txt", "c.wps", "b.html")
    found = [path.relative_to(folder).as_posix() for path in reports_in(folder)]
    assert found == ["a.txt", "b/2.docx", "b/a/1.PDF", "b.html", "c.wps"]


def test_what_is_no_report_is_left_out(tmp_path: Path) -> None:
    folder = filled(tmp_path, "表.xlsx", "图.png", "没有扩展名", "~$报告.docx", ".藏.txt", ".git/a.txt", "csv.csv")
    assert reports_in(folder) == []


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    folder = filled(tmp_path / "in", "a.txt")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    assert [path.name for path in reports_in(folder)] == ["a.txt"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="没有"):
        reports_in(tmp_path / "没有")


@pytest.mark.skipif(os.name == "nt", reason="names are text on Windows")
def test_a_name_in_an_old_encoding_is_found_too(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb1\xa8\xb8\xe6.txt"))).write_bytes(b"x")
    assert len(reports_in(tmp_path)) == 1
