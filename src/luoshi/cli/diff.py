"""``luoshi diff``: what changed between two versions of one plan."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from luoshi.cli.compare import opened, refuse, remarks
from luoshi.cli.frame import Verb
from luoshi.cli.terminal import aside, output, plain, print_json
from luoshi.cli.writing import Output, write_file
from luoshi.compare import Change, Difference, diff
from luoshi.publish.ledger import change_kind, change_shift, difference_workbook

_STYLES = {"softened": "bold red", "dropped": "red", "added": "green", "hardened": "blue"}


@click.command(
    cls=Verb,
    examples=("luoshi diff 征求意见稿.docx 定稿.docx", "luoshi diff 旧.json 新.json --out 不同.xlsx"),
)
@click.argument("old", type=click.Path(path_type=Path), metavar="OLD", help="旧的一版 · the old version")
@click.argument("new", type=click.Path(path_type=Path), metavar="NEW", help="新的一版 · the new version")
@click.option("--out", type=Output(".xlsx"), metavar="FILE", help="写成 Excel · write an Excel file")
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON · print JSON and nothing else")
@click.option("--quiet", is_flag=True, help="不显示进度和说明 · no progress, no account")
def verb(*, old: Path, new: Path, out: Path | None, as_json: bool, quiet: bool) -> None:
    """比一份计划的两个版本：加了什么、去了什么、哪里说软了、哪里挪了地方。

    Compares two versions of one plan, draft and final: what was added, dropped, softened, moved.
    """
    before, after = opened([old, new], quiet=quiet)
    found = diff(before, after)
    refuse(found.problems)
    if out is not None:
        write_file(out, difference_workbook(found))
    if as_json:
        print_json(found.to_json(indent=2))
        return
    if not quiet:
        remarks(found.problems)
    _show(output(), found)
    if out is not None and not quiet:
        aside().print(f"已写出 · written: {out}", soft_wrap=True)


def _show(console: Console, found: Difference) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for name in ("变化 change", "旧 old", "新 new", "变在哪里 what"):
        table.add_column(name, overflow="fold", header_style="dim", no_wrap=name.startswith("变化"))
    for one in found.changes:
        table.add_row(*_cells(one))
    if found.changes:
        console.print(table)
    counts = Counter(change_kind(one) for one in found.changes)
    told = "  ".join(f"{name} {count}" for name, count in counts.items())
    console.print(f"一样的 same {found.same}  {told}".rstrip())


def _cells(one: Change) -> tuple[Text, ...]:
    old, new = (Text(plain(quote.text) if quote else "") for quote in (one.old, one.new))
    shifts = Text("\n".join(plain(change_shift(shift)) for shift in one.shifts if shift.aspect != "words"), style="dim")
    return Text(change_kind(one), style=_STYLES.get(one.kind, "dim")), old, new, shifts
