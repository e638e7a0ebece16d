"""How a command ends: codes, bad input, closed pipes, Ctrl-C, odd locales and terminals; no traceback for a user."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]

BAD = {
    "missing.txt": None,
    "empty.txt": b"",
    "cut.docx": b"PK\x03\x04 cut off",
    "program.docx": b"MZ\x90\x00" + b"\x00" * 200,
    "noise.pdf": bytes(range(256)) * 20,
}


@pytest.mark.parametrize("verb", [("read",), ("read", "--json"), ("text",)])
@pytest.mark.parametrize("name", BAD)
def test_bad_input_ends_with_two_and_says_what_to_do(
    luoshi: Command, tmp_path: Path, name: str, verb: tuple[str, ...]
) -> None:
    path = tmp_path / name
    if (data := BAD[name]) is not None:
        path.write_bytes(data)
    done = luoshi(verb[0], path, *verb[1:])
    assert done.code == 2
    assert done.out == b"", "a program that reads our output gets nothing rather than half"
    assert "✖ 错误" in done.err
    for words in ("发现", "为何", "怎么办", "English"):
        assert words in done.err
    assert "Traceback" not in done.err


def test_a_folder_is_not_a_report(luoshi: Command, tmp_path: Path) -> None:
    done = luoshi("read", tmp_path)
    assert done.code == 2
    assert "怎么办" in done.err


def test_bad_input_writes_no_file(luoshi: Command, tmp_path: Path) -> None:
    luoshi("read", tmp_path / "missing.txt", "--out", tmp_path / "plan.json")
    assert list(tmp_path.iterdir()) == []


def test_a_code_that_was_shown_can_be_looked_up(luoshi: Command, tmp_path: Path) -> None:
    shown = luoshi("read", tmp_path / "missing.txt").err
    explained = luoshi("problems", "I001")
    assert "I001" in shown
    assert explained.code == 0
    assert "没有文件就无从读起" in explained.text


def test_the_schema_that_is_printed_is_the_one_of_the_package(luoshi: Command, tmp_path: Path) -> None:
    printed = luoshi("schema")
    assert printed.code == 0
    assert luoshi("schema", "--out", tmp_path / "s.json").code == 0
    assert (tmp_path / "s.json").read_bytes() == printed.out


def test_a_name_that_cannot_be_shown_is_shown_escaped(program: Command, tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe\x1b[31m.txt")
    done = program("read", name)
    assert done.code == 2
    assert "\x1b" not in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "gbk"},
    ],
    ids=["C", "ascii", "gbk"],
)
def test_output_is_utf8_in_any_locale(program: Command, report: Path, env: dict[str, str]) -> None:
    plain = program("read", report)
    done = program("read", report, env=env)
    assert done.code == 0
    assert done.out == plain.out
    assert program("text", report, env=env).out == report.read_bytes()


def test_a_reader_that_has_seen_enough_is_no_failure(report: Path) -> None:
    report.write_text(report.read_text(encoding="utf-8") * 400, encoding="utf-8")  # more than a pipe holds
    running = subprocess.Popen(
        [sys.executable, "-m", "luoshi", "text", report], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdout is not None
    running.stdout.read(10)
    running.stdout.close()
    _, err = running.communicate(timeout=60)
    assert running.returncode == 0
    assert err == b""


def test_ctrl_c_ends_in_one_line() -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "luoshi", "read", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(2)  # until it waits for its input
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert out == b""
    assert err.decode().strip().split("\n") == ["已中断，没有写出文件 · stopped, nothing written"]


def in_terminal(*arguments: str | Path, term: str, **env: str) -> bytes:
    """What a terminal receives from the command."""
    ours, theirs = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    running = subprocess.Popen(
        [sys.executable, "-m", "luoshi", *map(str, arguments)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**clean, "TERM": term, **env},
    )
    os.close(theirs)
    received = b""
    try:
        while chunk := os.read(ours, 65536):
            received += chunk
    except OSError:  # Linux reports the end of a terminal so
        pass
    os.close(ours)
    assert running.wait(timeout=60) == 0
    return received


def test_a_terminal_gets_colour_and_a_dumb_one_none(report: Path) -> None:
    assert b"\x1b[" in in_terminal("read", report, term="xterm-256color")
    assert b"\x1b" not in in_terminal("read", report, term="dumb")
    assert b"\x1b[3" not in in_terminal("read", report, term="xterm-256color", NO_COLOR="1")


def test_a_terminal_sees_the_stages_pass(report: Path, tmp_path: Path) -> None:
    shown = in_terminal("run", report, "--out", tmp_path / "结果", term="xterm-256color").decode()
    for stage in ("登记表", "一图读懂"):
        assert stage in shown


def test_an_endless_input_is_refused_and_not_kept(tmp_path: Path) -> None:
    endless = subprocess.Popen(["/bin/cat", "/dev/zero"], stdout=subprocess.PIPE)
    done = subprocess.run(
        [sys.executable, "-m", "luoshi", "read", "-", "--json"],
        stdin=endless.stdout,
        capture_output=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        check=False,
        timeout=60,
    )
    endless.kill()
    endless.communicate()
    assert done.returncode == 2
    assert "✖ 错误" in done.stderr.decode()
    assert list(tmp_path.iterdir()) == []
