"""``luoshi paper``: official papers as Word and PDF, from what is known today."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from luoshi.cli import states
from luoshi.cli.bars import bar
from luoshi.cli.dossiers import Sources, open_dossier
from luoshi.cli.faults import Unwritable, show_problems
from luoshi.cli.frame import Verb
from luoshi.cli.terminal import aside, output
from luoshi.cli.writing import write_file, write_folder
from luoshi.door import bytes_of
from luoshi.problems import Problem, Unreadable, problem
from luoshi.publish.papers import FORMATS, Format, Papers, Wish, kinds, own_templates, papers, templates

_file = click.Path(path_type=Path)


class _Kind(click.ParamType[str]):
    """A kind of paper by its English or its Chinese name."""

    name = "KIND"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        for name, kind in kinds().items():
            if value in (name, kind.zh):
                return name
        known = " ".join(kinds())
        return self.fail(f"没有文书 {value}，有的是 · no such paper, there are: {known}", param, ctx)


class _Formats(click.ParamType[tuple[Format, ...]]):
    """Forms of files, with commas between them."""

    name = "FORMATS"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Format, ...]:
        if isinstance(value, tuple):
            return value
        wanted = [name for name in str(value).split(",") if name]
        known = tuple(form for form in FORMATS if form in wanted)
        if len(known) != len(set(wanted)) or not known:
            self.fail(f"只有 · there are only: {','.join(FORMATS)}", param, ctx)
        return known


@click.command(
    cls=Verb,
    examples=(
        "luoshi paper --list",
        "luoshi paper 通报 plan.json --items 状态.json --readings 读数.xlsx --office office.toml --to 文书",
        "luoshi paper chaser plan.json --items 状态.json --unit 区住房和城乡建设局 --to 催办",
        "luoshi paper 督查通知单 plan.json --items 状态.json --item i12 --format docx --to 通知单.docx",
        "luoshi paper --templates-to 模板",
        "luoshi paper 通报 plan.json --items 状态.json --templates 模板 --to 文书",
    ),
)
@click.argument(
    "kind", type=_Kind(), required=False, metavar="[KIND]", help="哪种文书，中英文名都行 · the kind of paper"
)
@click.argument(
    "plan", type=_file, metavar="[PLAN]", required=False,
    help="报告，或旁边放着报告的计划（.json） · a report, or a plan with its report beside it",
)  # fmt: skip
@click.option("--to", "target", type=_file, metavar="DIR|FILE", help="写到哪个文件夹或文件 · a folder, or one file")
@click.option("--list", "listed", is_flag=True, help="列出文书种类 · list the kinds")
@click.option("--item", "chosen", metavar="ID", multiple=True, help="哪件事项，可以多次 · an item, repeatable")
@click.option("--unit", default="", metavar="UNIT", help="只看这个单位牵头的 · only what this unit leads")
@click.option("--number", default="", metavar="TEXT", help="发文字号或期号 · the number of the paper")
@click.option("--red-head", is_flag=True, help="加红头 · with a red head")
@click.option(
    "--format", "formats", type=_Formats(), default=FORMATS, metavar="FORMATS",
    help="docx,pdf，默认两种都要 · both if not given",
)  # fmt: skip
@click.option("--templates", "own", type=_file, metavar="DIR", help="用这里改过的模板 · an office's own templates")
@click.option(
    "--templates-to", "copy", type=_file, metavar="DIR", help="写出可以改的模板 · write the templates to edit"
)
@states.items
@click.option("--readings", "table", type=_file, metavar="FILE", help="读数表，Excel 或 CSV · the readings")
@click.option("--paths", type=_file, metavar="FILE", help="路径表 · a table of paths")
@click.option("--office", type=_file, metavar="FILE", help="机关信息 office.toml · names for the papers")
@states.today
@states.profile
def verb(
    *,
    kind: str | None,
    plan: Path | None,
    target: Path | None,
    listed: bool,
    chosen: tuple[str, ...],
    unit: str,
    number: str,
    red_head: bool,
    formats: tuple[Format, ...],
    own: Path | None,
    copy: Path | None,
    items: Path | None,
    table: Path | None,
    paths: Path | None,
    office: Path | None,
    today: datetime | None,
    profile: str,
) -> None:
    """出文书：通报、通知单、催办、督查单、专报、代表审议包……Word 和 PDF。

    Writes official papers as Word files in the form of GB/T 9704-2012 and as tagged PDF. A paper about one item is
    made for every item that it is due for, or for those named.
    """
    if listed:
        _list(output())
        return
    if copy is not None:
        write_folder(copy, templates())
        aside().print(f"已写出 · written: {copy}", soft_wrap=True)
        return
    if kind is None or plan is None or target is None:
        raise click.UsageError("要有文书种类、计划和 --to · a kind, a plan and --to are needed")
    own_files, odd = _templates(own)
    with bar(stages=2, quiet=False) as shown:
        shown.next("打开 opening")
        given = Sources(plan, states.day_of(today), profile, items, table, paths, office=office)
        whole = open_dossier(given, shown)
        shown.next(f"{kinds()[kind].zh} {kind}")
        wanted = _of(target) or formats
        made = papers(whole, kind, Wish(chosen, unit, number, red_head, wanted, own_files))
    _write(target, made)
    show_problems(aside(), (*odd, *whole.problems, *made.problems))


def _list(console: Console) -> None:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, kind in kinds().items():
        table.add_row(name, kind.zh, kind.en)
    console.print(table)


def _templates(folder: Path | None) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The Word files of ``folder`` by kind; those whose name begins with ~$ are Word's own."""
    if folder is None:
        return {}, ()
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".docx")
    except OSError as error:
        raise Unreadable([problem("I004", name=folder, reason=error.strerror or error)]) from error
    return own_templates({path.name: bytes_of(path) for path in paths if not path.name.startswith("~$")})


def _of(target: Path) -> tuple[Format, ...]:
    """The one form that the name of a file asks for; none for a folder."""
    return tuple(form for form in FORMATS if target.suffix.lower() == f".{form}")


def _write(target: Path, made: Papers) -> None:
    if not made.files:
        return
    if not _of(target):
        write_folder(target, made.files)
    elif len(made.files) == 1:
        write_file(target, next(iter(made.files.values())))
    else:
        raise Unwritable([problem("F009", count=len(made.files), path=target)])
    aside().print(f"已写出 · written: {len(made.files)} {target}", soft_wrap=True)
