"""``luoshi publish``: everything that can be shown, from one plan, into one folder, whole or not at all."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

import click

from luoshi.cli import states
from luoshi.cli.dossiers import Sources, open_dossier
from luoshi.cli.frame import Verb
from luoshi.cli.publication import check, publish
from luoshi.publish.products import PRODUCTS


class _Names(click.ParamType[tuple[str, ...]]):
    """Names of products, with commas between them."""

    name = "NAMES"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        names, known = tuple(filter(None, str(value).split(","))), [one.name for one in PRODUCTS]
        unknown = [name for name in names if name not in known]
        if unknown or not names:
            odd = "、".join(unknown) or "（空）"
            self.fail(f"没有产品 {odd}，有的是 · no such product, there are: {' '.join(known)}", param, ctx)
        return names


_file = click.Path(path_type=Path)


@click.command(
    cls=Verb,
    examples=(
        "luoshi publish 报告.docx --to 发布",
        "luoshi publish plan.json --items 状态.json --readings 读数.xlsx --office office.toml --to 发布",
        "luoshi publish 2024.docx --earlier 2022.docx --earlier 2023.docx --to 发布",
        "luoshi publish plan.json --items 状态.json --to 发布 --only register",
        "luoshi publish --check 发布",
    ),
)
@click.argument(
    "plan", type=_file, metavar="[PLAN]", required=False,
    help="报告，或旁边放着报告的计划（.json） · a report, or a plan with its report beside it",
)  # fmt: skip
@click.option("--to", "folder", type=_file, metavar="DIR", help="发布到哪个文件夹 · the folder to publish into")
@click.option(
    "--only", type=_Names(), default=(), metavar="NAMES",
    help=f"只出这些，逗号隔开 · only these, with commas between: {','.join(one.name for one in PRODUCTS)}",
)  # fmt: skip
@states.items
@click.option("--readings", "table", type=_file, metavar="FILE", help="读数表，Excel 或 CSV · the readings")
@click.option("--paths", type=_file, metavar="FILE", help="路径表 · a table of paths")
@click.option(
    "--earlier",
    type=_file,
    metavar="REPORT",
    multiple=True,
    help="以前的报告，可以多次 · an earlier report, repeatable",
)
@click.option(
    "--later", type=_file, metavar="REPORT", multiple=True, help="以后的报告，可以多次 · a later report, repeatable"
)
@click.option("--office", type=_file, metavar="FILE", help="机关信息 office.toml · names, licence, what is open")
@states.today
@states.profile
@click.option("--check", "published", type=_file, metavar="DIR", help="核对发布过的文件夹 · check a published folder")
@click.option("--quiet", is_flag=True, help="不显示进度和结果 · no progress, no account")
def verb(
    *,
    plan: Path | None,
    folder: Path | None,
    published: Path | None,
    only: tuple[str, ...],
    items: Path | None,
    table: Path | None,
    paths: Path | None,
    earlier: tuple[Path, ...],
    later: tuple[Path, ...],
    office: Path | None,
    today: datetime | None,
    profile: str,
    quiet: bool,
) -> None:
    """把能发布的都做出来，公开的和内部的分开放；要么全部换新，要么不动。

    Makes all that can be published from one plan: what is open into `public`, the rest into `internal`. All of it or
    none: whatever goes wrong, the folder stays as it was.
    """
    if published is not None:
        check(published, quiet=quiet)
        return
    if plan is None or folder is None:
        raise click.UsageError("要有报告或计划，和 --to · a report or plan is needed, and --to")
    given = Sources(plan, states.day_of(today), profile, items, table, paths, earlier, later, office)
    wanted = tuple(one for one in PRODUCTS if not only or one.name in only)
    publish(partial(open_dossier, given), folder, wanted, quiet=quiet)
