"""``luoshi demo``: the main job on the report that comes with luoshi, a year of it published, its district alive."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
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

_LIVING = "luoshi.web.rehearse.living"  # found by name: the command line works without the web application


@click.command(cls=Verb, examples=("luoshi demo", "luoshi demo --out 试一试 --no-serve", "luoshi demo --home 示范区"))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    default=Path("out"),
    show_default=True,
    help="结果文件夹 · the folder of results",
)
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="示范区网站的主目录，默认是结果文件夹里的 district；再次运行接着用 · the home of the district's site",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="端口，占着就用下一个 · the port, or the next free one",
)
@click.option("--no-serve", is_flag=True, help="只写结果，不开网站 · only the results, no site")
def verb(*, out: Path, home: Path | None, port: int, no_serve: bool) -> None:
    """用自带的样本走一遍全过程，发布样本区的一年，再开它的网站，按 Ctrl-C 结束。

    Goes the whole way on the report that comes with luoshi, and writes the results into a folder; publishes a year of
    the sample district; then serves the district's own site until Ctrl-C.
    """
    do(sample(), out, look=Look(), next_step="run 你的报告.docx --out 结果")
    output().print()
    publish(_year, out / "published", [one for one in PRODUCTS if one.audience == "public"])
    if not no_serve:
        _live(home or out / "district", port)


def _live(home: Path, port: int) -> None:
    """Serve the district, or say what is missing."""
    if find_spec("django") is None:
        output().print(
            "\n示范区的网站没有开：这里没有安装网站部分。安装 · no site, the web part is not installed; install it:"
            "\n  pip install 'luoshi[web]'  （或 or  make demo）",
            highlight=False, markup=False, soft_wrap=True,
        )  # fmt: skip
        return
    import_module(_LIVING).live(home, port, output())


def _year(_shown: Bar) -> Dossier:
    """The sample district near the end of its year: states as they were played, readings, the report before."""
    report, before = open_report(sample("songgang-2023")), open_report(sample("songgang-2021"))
    editions = [Edition(before.plan, before.document.text), Edition(report.plan, report.document.text)]
    return dossier(
        report.plan, report.document, TODAY,
        docket=docket(report.plan), readings=readings(readings_table(), TODAY), comparison=compare(editions),
        texts={one.id: one.text for one in editions},
    )  # fmt: skip
