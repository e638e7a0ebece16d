"""The terminal: UTF-8 whatever the locale, one console for results and one for everything else, nothing that could
steer the terminal from inside a report's text."""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import sys
import unicodedata
from pathlib import Path

from rich.console import Console

_UNWRAPPED = 100  # columns, where the output is a file or a pipe and nothing says how wide it may be


def speak_utf8() -> None:
    """Make standard output and error UTF-8 in any locale; what has no form (odd file names) is shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def output() -> Console:
    """Where results go."""
    return _console(stderr=False)


def aside() -> Console:
    """Where progress, problems and hints go, so that a pipe carries results only."""
    return _console(stderr=True)


def this_program() -> str:
    """What to type to run luoshi again: ``luoshi`` where the shell finds it, else the program's path."""
    if shutil.which("luoshi"):
        return "luoshi"
    program = Path(sys.executable).parent / "luoshi"
    if not program.is_file():
        return f"{sys.executable} -m luoshi"
    return str(program.relative_to(Path.cwd()) if program.is_relative_to(Path.cwd()) else program)


def quoted(path: Path) -> str:
    """``path`` as a shell takes it; Chinese names need no quotes."""
    return shlex.quote(str(path)) if re.search(r"[^\w@%+=:,./~-]", str(path)) else str(path)


def _console(*, stderr: bool) -> Console:
    console = Console(stderr=stderr, highlight=False, emoji=False, markup=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _UNWRAPPED
    return console


def plain(text: str) -> str:
    """``text`` on one line with every control and direction mark shown as ``�``: it cannot steer a terminal."""
    joined = " ".join(text.split())
    return "".join("�" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char for char in joined)


def print_json(text: str) -> None:
    """JSON and nothing else, in UTF-8 whatever the terminal's encoding."""
    sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()
