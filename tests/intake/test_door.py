"""The door itself: what is no file, what the document carries, what a person is told."""

from __future__ import annotations

import hashlib
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from luoshi.intake import DEFAULT, Limits, Opened, open_document

TEXT = "政府工作报告\n各位代表：\n现在，我代表区人民政府，向大会报告工作。\n"


def code(opened: Opened) -> str:
    """The code of the only problem of a refused file."""
    (found,) = opened.problems
    assert opened.document is None
    assert found.severity == "error"
    return found.code


def test_a_plain_text_becomes_a_document_with_its_name_and_fingerprint(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(TEXT.encode())
    opened = open_document(path)
    assert opened.problems == ()
    assert opened.document is not None
    assert opened.document.text == TEXT
    assert opened.document.source == "报告.txt"
    assert opened.document.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert opened.document.marks == ()


def test_the_same_bytes_give_the_same_document(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    assert open_document(path) == open_document(path)


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    opened = open_document(tmp_path / "没有.docx")
    assert code(opened) == "I001"
    assert "没有.docx" in opened.problems[0].message


def test_a_folder_is_not_a_report(tmp_path: Path) -> None:
    assert code(open_document(tmp_path)) == "I002"


def test_a_path_through_a_file_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert code(open_document(tmp_path / "a.txt" / "b.txt")) == "I001"


@pytest.mark.parametrize("name", ["a\0b.txt", "长" * 300 + ".txt"], ids=["nul", "too-long"])
def test_impossible_names_are_refused_not_raised(tmp_path: Path, name: str) -> None:
    assert code(open_document(tmp_path / name)) in ("I001", "I004")


def test_an_empty_file_and_one_of_blanks_are_told_apart(opened: Callable[..., Opened]) -> None:
    assert code(opened("a.txt", b"")) == "I005"
    assert code(opened("b.txt", " \n\u3000\r\n".encode())) == "I008"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and sockets have no place in the folder tree there")
def test_pipes_sockets_and_devices_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert code(open_document(tmp_path / "pipe.txt")) == "I003"
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tmp_path / "s"))
        assert code(open_document(tmp_path / "s")) == "I003"
    assert code(open_document(Path("/dev/zero"))) == "I003"
    assert code(open_document(Path("/dev/null"))) == "I003"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there that people do not have")
def test_links_are_followed_to_files_and_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "报告.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "good.txt").symlink_to("报告.txt")
    (tmp_path / "broken.txt").symlink_to("没有.txt")
    (tmp_path / "round.txt").symlink_to("round.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    document = open_document(tmp_path / "good.txt").document
    assert document is not None
    assert (document.text, document.source) == (TEXT, "good.txt")
    assert code(open_document(tmp_path / "broken.txt")) == "I001"
    assert code(open_document(tmp_path / "round.txt")) == "I004"
    assert code(open_document(tmp_path / "zero.txt")) == "I003"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_one_may_not_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)
    opened = open_document(path)
    assert code(opened) == "I004"
    assert "权限" in opened.problems[0].message


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that cannot be read from its start")
def test_an_input_error_is_a_problem() -> None:
    assert code(open_document(Path("/proc/self/mem"))) == "I004"


def test_size_is_checked_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # takes no room on the disk
    opened = open_document(path)
    assert code(opened) == "I006"
    assert "50.0 MB" in opened.problems[0].message


def test_a_file_that_says_it_is_empty_is_read_to_its_end_but_not_further() -> None:
    path = Path("/proc/kallsyms")
    if not path.exists() or path.stat().st_size:
        pytest.skip("needs a file that says it has no size")
    assert code(open_document(path, limits=Limits(file_bytes=1000))) in ("I006", "I004", "I005")


def test_every_limit_can_be_set(opened: Callable[..., Opened]) -> None:
    data = ("各位代表，" * 100).encode()
    assert code(opened("a.txt", data, Limits(text_bytes=1000))) == "I006"
    assert code(opened("a.txt", data, Limits(characters=499))) == "I007"
    assert opened("a.txt", data, Limits(characters=500)).document is not None


def test_a_wrong_extension_is_read_and_noted(opened: Callable[..., Opened]) -> None:
    made = opened("报告.docx", TEXT.encode())
    assert made.document is not None
    assert made.document.text == TEXT
    (odd,) = made.problems
    assert (odd.code, odd.severity) == ("I009", "warning")
    assert ".docx" in odd.message
    assert "纯文本" in odd.message


@pytest.mark.parametrize("name", ["报告", "报告.bak", "报告.TXT", "报告.log"])
def test_an_extension_that_promises_nothing_is_not_held_against_it(opened: Callable[..., Opened], name: str) -> None:
    assert opened(name, TEXT.encode()).problems == ()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are not bytes")
def test_a_name_in_gbk_from_an_old_archive_is_shown_readably(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "报告.txt".encode("gbk")))
    path.write_text(TEXT, encoding="utf-8")
    document = open_document(path).document
    assert document is not None
    assert document.source == "报告.txt"


@pytest.mark.skipif(sys.platform == "win32", reason="such names are impossible there")
def test_a_name_cannot_steer_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\u202e\n.txt"
    path.write_text(TEXT, encoding="utf-8")
    document = open_document(path).document
    assert document is not None
    assert document.source.isprintable()


def test_defaults_stay_as_documented() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "intake.md").read_text(encoding="utf-8")
    for name in Limits.__dataclass_fields__:
        (row,) = (line for line in page.splitlines() if line.startswith(f"| `{name}` |"))
        assert f"{getattr(DEFAULT, name):,}" in row, name
