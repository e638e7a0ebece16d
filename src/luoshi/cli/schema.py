"""``luoshi schema``: the JSON Schema of the plan, as it stands in the package."""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path

import click

from luoshi.cli.frame import Verb
from luoshi.cli.writing import Output, write_file


@click.command(
    cls=Verb,
    examples=("luoshi schema > plan.schema.json",),
)
@click.option("--out", type=Output(".json"), metavar="FILE", help="写到文件 · write to a file")
def verb(out: Path | None) -> None:
    """输出 luoshi.plan/1 的 JSON Schema（2020-12），可用来检查别的程序写出的计划。

    Prints the JSON Schema of luoshi.plan/1, to check plans that other programs wrote.
    """
    data = resources.files("luoshi.plan").joinpath("plan.schema.json").read_bytes()
    if out is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_file(out, data)
