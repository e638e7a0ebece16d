"""``luoshi demo``: the main job on the report that comes with luoshi, and a year of it published."""

from __future__ import annotations

from pathlib import Path

import click

from luoshi.cli.bars import Bar
from luoshi.cli.frame import Verb
from luoshi.cli.job import Look, do
from luoshi.cli.publication import publish
from luoshi.cli.terminal import output
from luoshi.compare import Edition, compare
from luoshi.door import open_report
from luoshi.examples import sample
from luoshi.measure import readings
from luoshi.publish.dossier import Dossier, dossier
from luoshi.publish.products import PRODUCTS
from luoshi.rehearsal import TODAY, docket, readings_table


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
    """用自带的样本走一遍全过程，再把样本区一年的落实情况公开发布一份。

    Goes the whole way on the report that comes with luoshi, and writes the results into a folder; then publishes a
    year of the sample district.
    """
    do(sample(), out, look=Look(), next_step="run 你的报告.docx --out 结果")
    output().print()
    publish(_year, out / "published", [one for one in PRODUCTS if one.audience == "public"])


def _year(_shown: Bar) -> Dossier:
    """The sample district near the end of its year: states as they were played, readings, the report before."""
    report, before = open_report(sample("songgang-2023")), open_report(sample("songgang-2021"))
    compared = compare([Edition(before.plan, before.document.text), Edition(report.plan, report.document.text)])
    return dossier(
        report.plan, report.document, TODAY,
        docket=docket(report.plan), readings=readings(readings_table(), TODAY), comparison=compared,
    )  # fmt: skip
