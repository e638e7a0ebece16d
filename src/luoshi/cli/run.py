"""``luoshi run``: the main job on one report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from luoshi.cli.frame import Verb
from luoshi.cli.job import Look, do
from luoshi.cli.opening import as_path, report
from luoshi.cli.terminal import quoted
from luoshi.publish.onepage import themes, widths

if TYPE_CHECKING:
    from luoshi.publish.onepage import Width


@click.command(cls=Verb, examples=("luoshi run 报告.docx --out 结果", "luoshi run 报告.pdf --out 结果 --width wide"))
@report
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", required=True, help="结果文件夹 · the folder of results"
)
@click.option(
    "--theme", type=click.Choice(themes()), default=themes()[0], help="一图读懂的配色 · the picture's colours"
)
@click.option(
    "--width", type=click.Choice(tuple(widths())), default="phone", help="手机版、宽版或 A3 · for phones, wide, or A3"
)
@click.option(
    "--corrections", type=click.Path(path_type=Path), metavar="FILE", help="用上这份更正 · apply these corrections"
)
@click.option("--quiet", is_flag=True, help="不显示进度和结果 · no progress, no account")
def verb(*, report: Path, out: Path, theme: str, width: Width, corrections: Path | None, quiet: bool) -> None:
    """读一份报告，写出计划、登记表和一图读懂；要么全部写出，要么原样不动。

    Reads a report and writes every result: the plan, the register, the one picture. All of them or none.
    """
    with as_path(report) as path:
        do(path, out, look=Look(theme, width, corrections), next_step=f"read {quoted(report)}", quiet=quiet)
