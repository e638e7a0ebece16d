"""``luoshi read``: a report into a plan, as a tree for people or as JSON for programs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from luoshi.cli.bars import bar
from luoshi.cli.frame import Verb
from luoshi.cli.opening import as_path, report
from luoshi.cli.terminal import aside, output
from luoshi.cli.tree import show_plan
from luoshi.cli.writing import plan_file, write_file
from luoshi.door import open_report


@click.command(
    cls=Verb,
    examples=(
        "luoshi read 报告.docx",
        "luoshi read 报告.docx --json > plan.json",
        "luoshi read 报告.docx --out plan.json",
        "cat 报告.txt | luoshi read - --json",
    ),
)
@report
@click.option("--json", "as_json", is_flag=True, help="只输出一个 JSON 对象 · print one JSON object and nothing else")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="把同样的 JSON 写到文件 · the same JSON to a file",
)
@click.option("--quiet", is_flag=True, help="不显示进度和提示 · no progress, no hints")
def verb(report: Path, as_json: bool, out: Path | None, quiet: bool) -> None:
    """把一份报告读成计划：章节、数字、承诺、事项，每一条都带着原文和位置。

    Reads a report into a plan: sections, figures, commitments and items, each with its words and its place.
    """
    with as_path(report) as path, bar(quiet=quiet) as shown:
        document, plan = open_report(path, progress=shown.part)
    data = plan_file(plan)
    if out is not None:
        write_file(out, data)
        if not quiet:
            aside().print(f"已写出 · written: {out}", soft_wrap=True)
    if as_json:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    elif out is None:
        show_plan(output(), plan, document)
