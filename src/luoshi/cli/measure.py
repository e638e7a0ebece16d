"""``luoshi measure``: where every target of a plan is against where it should be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console, Group
from rich.padding import Padding
from rich.text import Text

from luoshi.cli.faults import show_problems
from luoshi.cli.frame import Verb
from luoshi.cli.sheets import paths_of, readings_of
from luoshi.cli.states import SAME_PROFILE, day_of, plan_of
from luoshi.cli.terminal import aside, output, plain
from luoshi.cli.writing import Output, write_file, write_folder
from luoshi.door import bytes_of
from luoshi.measure import (
    Measured,
    Profile,
    Report,
    measure_plan,
    profile,
    profile_of,
    profiles,
    sentences,
    to_json,
)
from luoshi.measure.light import DEFAULT
from luoshi.measure.telling import shape
from luoshi.problems import Unreadable, problem

_STYLES = {"green": "green", "yellow": "yellow", "red": "red", "blue": "blue", "grey": "dim", "stale": "dim"}
_ORDER = ("red", "yellow", "stale", "green", "blue", "grey")


@click.command(
    cls=Verb,
    examples=(
        "luoshi measure plan.json --readings 读数.xlsx",
        "luoshi measure plan.json --readings 读数.csv --today 2023-10-20 --profile yinchuan",
        "luoshi measure plan.json --readings 读数.xlsx --paths 路径.csv --xlsx 衡量.xlsx --svg 图",
        "luoshi measure plan.json --readings 读数.xlsx --json > 衡量.json",
    ),
)
@click.argument("plan", type=click.Path(path_type=Path), metavar="PLAN", help="计划或报告 · a plan, or a report")
@click.option(
    "--readings", "table", type=click.Path(path_type=Path), metavar="FILE", required=True,
    help="读数表，Excel 或 CSV · the readings, Excel or CSV",
)  # fmt: skip
@click.option("--paths", type=click.Path(path_type=Path), metavar="FILE", help="路径表 · a table of paths")
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="按哪一天看，默认今天 · as of which day"
)
@click.option(
    "--profile", "lights", default=DEFAULT, show_default=True, metavar="NAME",
    help=f"灯号规则，或一个 .toml 文件 · the rules of lights, or a file: {' '.join(profiles())}",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON · print JSON and nothing else")
@click.option("--xlsx", type=Output(".xlsx"), metavar="FILE", help="写成 Excel · write a workbook")
@click.option(
    "--svg", type=click.Path(path_type=Path), metavar="DIR", help="每个指标画一张图 · a picture an indicator, into DIR"
)
@click.option("--all", "everything", is_flag=True, help="没有读数的也列出 · list targets without readings too")
def verb(
    *,
    plan: Path,
    table: Path,
    paths: Path | None,
    today: datetime | None,
    lights: str,
    as_json: bool,
    xlsx: Path | None,
    svg: Path | None,
    everything: bool,
) -> int:
    """衡量：每个指标现在到哪里了，按路径应该到哪里，亮什么灯，为什么，还需要多快。

    Measures every target of a plan: where it is, where it should be, its light and why, where it is going, and what is
    still needed.
    """
    day = day_of(today)
    read = plan_of(plan)
    report = measure_plan(read, readings_of(table, day, read), day, by=_profile(lights), said=paths_of(paths))
    shown = [one for one in report.measured if everything or one.points or one.yearly or one.problems]
    if xlsx is not None:
        from luoshi.publish.indicators import workbook  # noqa: PLC0415 — only where it is asked for

        write_file(xlsx, workbook(report))
    if svg is not None:
        from luoshi.publish.indicators import pictures  # noqa: PLC0415 — drawing loads a typesetter

        write_folder(svg, pictures(report))
    if as_json:
        click.echo(to_json(report, indent=2))
        return 0
    _show(output(), report, shown)
    show_problems(aside(), dict.fromkeys(report.problems))
    return 0


def _profile(name: str) -> Profile:
    """The profile of this name, or of the name that the verbs of supervision know it by, or in the file."""
    name = next((short for short, dated in SAME_PROFILE.items() if dated == name), name)
    if name in profiles():
        return profile(name)
    path = Path(name)
    if path.suffix != ".toml" or not path.is_file():
        raise Unreadable([problem("M022", name=name, detail=f"没有这个名字，有的是：{'、'.join(profiles())}")])
    return profile_of(bytes_of(path).decode("utf-8", "replace"), path.stem)


def _show(console: Console, report: Report, shown: Sequence[Measured]) -> None:
    """One indicator after the other, the worst first, then how many there are of each light."""
    for one in sorted(shown, key=lambda one: _ORDER.index(one.light.colour)):
        names = shape(one)
        style = _STYLES[one.light.colour]
        console.print(
            Text.assemble(
                (f"{names['shape']} {names['zh']} ", f"bold {style}"), (plain(one.target.name), "bold"),
                (f"  {plain(one.target.words)}  {one.target.id}", "dim"),
            )
        )  # fmt: skip
        for zh, en in sentences(one):
            console.print(_two(zh, en))
        for found in one.problems:
            console.print(Text.assemble(("    · ", "dim"), (f"{found.code} {plain(found.message)}", "dim")))
    console.print(_counts(report, shown))


def _two(zh: str, en: str) -> Padding:
    return Padding(Group(Text(plain(zh)), Text(plain(en), style="dim")), (0, 0, 0, 4))


def _counts(report: Report, shown: Sequence[Measured]) -> Text:
    counts = Counter(shape(one)["shape"] + shape(one)["zh"] for one in shown)
    said = "  ".join(f"{name} {count}" for name, count in counts.most_common())
    left = len(report.measured) - len(shown)
    rest = f"  另有 {left} 个目标没有读数（--all 列出） · {left} more without readings" if left else ""
    return Text(f"{report.today} · {report.profile.title}：{said}{rest}")
