"""``luoshi text``: exactly the document's text, to which every offset in a plan points."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from luoshi.cli.bars import bar
from luoshi.cli.frame import Verb
from luoshi.cli.opening import as_path, report
from luoshi.cli.writing import Output, write_file
from luoshi.door import open_text


@click.command(
    cls=Verb,
    examples=("luoshi text 报告.docx --out 报告.txt", "luoshi text 报告.pdf | head"),
)
@report
@click.option("--out", type=Output(".txt", ".text", ".md"), metavar="FILE", help="写到文件 · write to a file")
def verb(report: Path, out: Path | None) -> None:
    """原样输出报告的文字（UTF-8）：计划里的每个位置都从这份文字数起。

    Writes exactly the document's text (UTF-8), to which every offset in the plan points.
    """
    with as_path(report) as path, bar() as shown:
        document, _ = open_text(path, progress=shown.part)
    data = document.text.encode("utf-8", "surrogatepass")
    if out is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_file(out, data)
