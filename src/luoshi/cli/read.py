"""``luoshi read``: a report into a plan, as a tree for people or as JSON for programs; a folder into one file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from luoshi.cli.bars import bar
from luoshi.cli.folder import Wanted, read_folder
from luoshi.cli.frame import Verb
from luoshi.cli.opening import as_path, report
from luoshi.cli.terminal import aside, output
from luoshi.cli.tree import show_plan
from luoshi.cli.writing import fitting, plan_file, write_file
from luoshi.door import open_report

if TYPE_CHECKING:
    from luoshi.publish.tables import TableName


@click.command(
    cls=Verb,
    examples=(
        "luoshi read 报告.docx",
        "luoshi read 报告.docx --json > plan.json",
        "luoshi read 报告.docx --out plan.json",
        "luoshi read 报告.docx --corrections 更正.json --out plan.json",
        "luoshi read 各区报告 --out plans.jsonl",
        "luoshi read 各区报告 --out 数字.parquet",
        "cat 报告.txt | luoshi read - --json",
    ),
)
@report
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON，一个计划一个对象 · print JSON and nothing else")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="写到文件；文件夹的结果按扩展名写成 .jsonl 或 .parquet · write to a file, for a folder .jsonl or .parquet",
)
@click.option(
    "--corrections",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="用上这份更正 · apply these corrections",
)
@click.option(
    "--table",
    type=click.Choice(("figures", "commitments", "items")),
    default="figures",
    show_default=True,
    help=".parquet 里一行是什么 · what one row of a .parquet file is",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="用几个进程读文件夹，默认有几个处理器就几个 · processes for a folder, one a processor by default",
)
@click.option("--quiet", is_flag=True, help="不显示进度和提示 · no progress, no hints")
def verb(
    *,
    report: Path,
    as_json: bool,
    out: Path | None,
    corrections: Path | None,
    table: TableName,
    workers: int | None,
    quiet: bool,
) -> int:
    """把一份报告（或整个文件夹的报告）读成计划，每一条都带着原文和位置。

    Reads a report into a plan: sections, figures, commitments and items, each with its words and its place. A folder
    of reports is read into one file.
    """
    if report.is_dir():
        if corrections is not None:
            raise click.UsageError("更正一次只用于一份报告 · corrections are for one report at a time")
        return read_folder(report, Wanted(out, as_json, table, workers, quiet))
    with as_path(report) as path, bar(quiet=quiet) as shown:
        if out is not None:
            fitting(out, ".json")
        document, plan = open_report(path, progress=shown.part, corrections=corrections)
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
    return 0
