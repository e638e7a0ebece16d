"""``luoshi demo``: the main job on the report that comes with luoshi."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.cli.frame import Verb
from luoshi.cli.job import Look, do
from luoshi.examples import sample


@click.command(cls=Verb, examples=("luoshi demo", "luoshi demo --out 试一试"))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    default=Path("out"),
    show_default=True,
    help="结果文件夹 · the folder of results",
)
def verb(out: Path) -> None:
    """用自带的样本报告走一遍全过程，结果写到文件夹里。

    Goes the whole way on the report that comes with luoshi, and writes the results into a folder.
    """
    do(sample(), out, look=Look(), next_step="run 你的报告.docx --out 结果")
