"""The main job: a report in, a folder of results out, with a bar while it runs and an account of it at the end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from luoshi.cli.bars import Bar, bar
from luoshi.cli.faults import Unwritable, remark
from luoshi.cli.summary import counts
from luoshi.cli.terminal import output, plain, this_program
from luoshi.cli.writing import plan_file, write_folder
from luoshi.door import open_text, read_corrected
from luoshi.plan import Plan
from luoshi.problems import Problem, has_errors
from luoshi.publish.onepage import onepage
from luoshi.publish.register import register, register_csv

if TYPE_CHECKING:
    from luoshi.publish.onepage import Width
    from luoshi.source import Document

FILES = {
    "register.xlsx": "督查登记表，发给各单位 · the register, for the units",
    "register.csv": "同一张表，给别的程序 · the same table, for programs",
    "onepage.svg": "一图读懂，放上网页 · the one picture, for web pages",
    "onepage.png": "一图读懂，发到群里 · the one picture, for messages",
    "onepage.pdf": "一图读懂，打印 · the one picture, for print",
    "plan.json": "完整计划，每条带原文位置 · the whole plan, every item with its place",
}

_STAGES = 5


@dataclass(frozen=True, slots=True)
class Look:
    """How the picture is to look, and a file of corrections to apply first."""

    theme: str = "calm"
    width: Width = "phone"
    corrections: Path | None = None


def do(report: Path, out: Path, *, look: Look, next_step: str, quiet: bool = False) -> None:
    """Read ``report``, write every result into ``out`` or none; say what was found, made, and could come next.

    Raises :class:`luoshi.problems.Unreadable` or :class:`luoshi.cli.faults.Unwritable`.
    """
    began = perf_counter()
    with bar(stages=_STAGES, quiet=quiet) as shown:
        shown.next("打开 opening")
        document, notes = open_text(report, progress=shown.part)
        shown.next("读 reading")
        plan = read_corrected(document, notes, look.corrections)
        files, remarks = _products(plan, document, look, shown)
        shown.next("写出 writing")
        write_folder(out, files)
    if not quiet:
        _account(output(), plan, document, remarks, perf_counter() - began)
        _files(output(), out, next_step)


def _products(plan: Plan, document: Document, look: Look, shown: Bar) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Every file of the job by name, and what is odd about them. Raises where one of them cannot be made."""
    files = {"plan.json": plan_file(plan)}
    shown.next("登记表 register")
    files["register.xlsx"] = register(plan, document)
    files["register.csv"] = register_csv(plan, document)
    shown.next("一图读懂 one picture")
    pictures = onepage(plan, document, theme=look.theme, width=look.width)
    if has_errors(pictures.problems):
        raise Unwritable(pictures.problems)
    files |= {f"onepage.{form}": data for form, data in pictures.files.items()}
    return files, pictures.problems


def _account(console: Console, plan: Plan, document: Document, remarks: tuple[Problem, ...], seconds: float) -> None:
    console.print(Text(plain(plan.document.title or plan.document.source or "报告"), style="bold"))
    console.print(counts(plan, document, seconds))
    for found in plan.problems:
        console.print(remark(found, document.text))
    for noticed in remarks:
        console.print(remark(noticed, document.text))


def _files(console: Console, out: Path, next_step: str) -> None:
    """Each file with what it is for, and what to try next."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", style="dim")
    for name, purpose in FILES.items():
        table.add_row(f"  {name}", purpose)
    console.print(Text(f"\n写在 · written to: {plain(str(out))}", style="bold"), soft_wrap=True)
    console.print(table)
    console.print(f"\n接下来 · next:  {this_program()} {plain(next_step)}", soft_wrap=True)
