"""Opening the report a verb was given: a path, or ``-`` for standard input; a bar while it takes long."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from luoshi.intake import DEFAULT

report = click.argument(
    "report",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="REPORT",
    help="报告文件；- 表示标准输入 · the report's file, - for standard input",
)


@contextmanager
def as_path(given: Path) -> Iterator[Path]:
    """``given`` itself, or what standard input holds as a file named ``stdin`` for as long as it is needed."""
    if str(given) != "-":
        yield given
        return
    with TemporaryDirectory(prefix="luoshi-") as folder:
        path = Path(folder) / "stdin"
        # One byte more than a file may have: enough for it to be refused, whatever keeps coming.
        path.write_bytes(sys.stdin.buffer.read(DEFAULT.file_bytes + 1))
        yield path


def is_plan(path: Path) -> bool:
    """Whether the file is JSON: a report never begins with a brace."""
    try:
        with path.open("rb") as file:
            return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    except OSError:
        return False
