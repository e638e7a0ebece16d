"""A folder of reports into one file, on every processor: JSON Lines (a plan a line) or Parquet (a row a finding)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from rich.table import Table
from rich.text import Text

from luoshi.cli.bars import bar
from luoshi.cli.faults import Unwritable, show_problems
from luoshi.cli.terminal import aside, output, plain
from luoshi.cli.writing import whole_file
from luoshi.door import Outcome, open_reports
from luoshi.intake import reports_in
from luoshi.plan import Plan
from luoshi.problems import Unreadable, problem
from luoshi.publish.tables import TableName, rows

Keep = Callable[[Any], None]


class _NothingRead(Exception):
    """Not one file of the folder could be read: nothing is to be written."""


class Wanted(NamedTuple):
    """What is to come of a folder: written to ``out``, printed as JSON Lines, or shown as a list."""

    out: Path | None
    as_json: bool
    table: TableName
    workers: int | None
    quiet: bool


def read_folder(folder: Path, wanted: Wanted) -> int:
    """Read every report under ``folder``; the exit code: 0, or 2 if a file could not be read.

    What could be read is written all the same, in the order of the files' names; the files that could not are listed
    at the end. Raises :class:`luoshi.problems.Unreadable` where there is no report, or the folder cannot be listed.
    """
    paths = _paths(folder)
    failed: list[Outcome[Any]] = []
    count = 0
    try:
        with _kept(wanted) as (make, keep), bar(stages=len(paths), quiet=wanted.quiet) as shown:
            for nth, outcome in enumerate(open_reports(folder, paths, make, workers=wanted.workers), 1):
                shown.next(f"读 reading {nth}/{len(paths)}")
                if outcome.made is None:
                    failed.append(outcome)
                else:
                    keep(outcome.made)
                    count += 1
            if not count:
                raise _NothingRead
    except _NothingRead:
        wanted = wanted._replace(out=None)
    _account(folder, wanted, count, failed)
    return 2 if failed else 0


def _paths(folder: Path) -> list[Path]:
    try:
        paths = reports_in(folder)
    except OSError as error:
        raise Unreadable([problem("I004", name=folder, reason=error.strerror or error)]) from error
    if not paths:
        raise Unreadable([problem("I032", name=folder)])
    return paths


def _account(folder: Path, wanted: Wanted, count: int, failed: list[Outcome[Any]]) -> None:
    """Which files could not be read and why, and how many could."""
    console = aside()
    for outcome in failed:
        console.print(Text(plain(str(outcome.path.relative_to(folder))), style="bold"), soft_wrap=True)
        show_problems(console, outcome.problems)
    if failed or not wanted.quiet:
        console.print(f"读了 {count} 份，{len(failed)} 份读不出 · {count} read, {len(failed)} could not be read")
    if wanted.out is not None and not wanted.quiet:
        console.print(f"已写出 · written: {wanted.out}", soft_wrap=True)


# ── what is kept of each plan ────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _kept(wanted: Wanted) -> Iterator[tuple[Callable[[Plan], Any], Keep]]:
    """What to make of a plan in the worker, and what to do with it here, in order."""
    if wanted.out is None:
        if wanted.as_json:
            yield Plan.to_json, _print_line
        else:
            with _listed() as keep:
                yield _counts, keep
    elif wanted.out.suffix.lower() in (".jsonl", ".ndjson"):
        with whole_file(wanted.out) as new, new.open("xb") as file:
            yield Plan.to_json, lambda line: _write_line(file, line)
    elif wanted.out.suffix.lower() == ".parquet":
        with _parquet(wanted.out, wanted.table) as keep:
            yield partial(rows, table=wanted.table), keep
    else:
        raise Unwritable([problem("W031", path=wanted.out)])


def _write_line(file: Any, line: str) -> None:
    file.write(line.encode("utf-8") + b"\n")


def _print_line(line: str) -> None:
    _write_line(sys.stdout.buffer, line)
    sys.stdout.buffer.flush()


@contextmanager
def _parquet(out: Path, table: TableName) -> Iterator[Keep]:
    try:
        from luoshi.cli.parquet import Parquet  # noqa: PLC0415 — only here is the large package needed
    except ImportError as error:
        raise Unwritable([problem("W030", path=out)]) from error
    with whole_file(out) as new, Parquet(new, table) as file:
        yield file.add


def _counts(plan: Plan) -> tuple[str, ...]:
    facts = plan.document
    checkable = sum(one.kind != "slogan" for one in plan.commitments)
    known = (facts.source, facts.place or "", str(facts.year or ""))
    return (*known, str(len(plan.figures)), str(checkable), str(len(plan.items)), str(len(plan.problems)))


@contextmanager
def _listed() -> Iterator[Keep]:
    """A table of the reports, printed at the end."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("文件 file", overflow="fold")
    table.add_column("地方 place", overflow="fold")
    for name in ("年 year", "数字 figures", "承诺 promises", "事项 items", "问题 problems"):
        table.add_column(name, justify="right")
    yield lambda row: table.add_row(*map(plain, row))
    output().print(table)
