"""Running the command line: in this process for speed, as a program of its own where the process is the point."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from luoshi.cli.start import run


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")


Command = Callable[..., Outcome]


@pytest.fixture
def luoshi(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Command:
    """``luoshi("read", path)`` in this process, in a terminal of 100 columns without colour."""
    monkeypatch.setenv("COLUMNS", "100")

    def command(*arguments: str | Path) -> Outcome:
        capsysbinary.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return Outcome(code, out, err.decode("utf-8"))

    return command


@pytest.fixture
def program() -> Command:
    """``program("read", path, env={…}, stdin=b"…")`` as a process of its own."""

    def command(*arguments: str | Path, env: dict[str, str] | None = None, stdin: bytes = b"") -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "luoshi", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            env={**os.environ, **(env or {})},
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr.decode("utf-8"))

    return command
