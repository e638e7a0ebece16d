"""``luoshi picture``: the one picture, of what was promised or of what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table

from luoshi.cli import states
from luoshi.cli.bars import bar
from luoshi.cli.compare import opened as editions_of
from luoshi.cli.compare import refuse, remarks
from luoshi.cli.dossiers import Sources, open_dossier
from luoshi.cli.faults import Unwritable, show_problems
from luoshi.cli.frame import Verb
from luoshi.cli.terminal import aside, output
from luoshi.cli.writing import write_file, write_folder
from luoshi.compare import compare
from luoshi.door import open_whole
from luoshi.problems import Problem, has_errors
from luoshi.publish.dossier import opened
from luoshi.publish.onepage import onepage, result, themes, widths

if TYPE_CHECKING:
    from luoshi.publish.onepage import Format, Pictures, Width

_FORMATS: tuple[Format, ...] = ("svg", "png", "pdf")
_FILE = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class Look:
    """How the picture is to look, and in which formats."""

    theme: str
    width: Width
    formats: tuple[Format, ...]


@click.command(
    cls=Verb,
    examples=(
        "luoshi picture 报告.docx --to 图",
        "luoshi picture 2022.docx --later 2023.docx --to 图 --width a3",
        "luoshi picture plan.json --items 状态.json --readings 读数.xlsx --today 2023-10-20 --to 进度.png",
        "luoshi picture 报告.docx --width narrow --theme festive --to 一图读懂.pdf",
    ),
)
@click.argument(
    "plan", type=_FILE, metavar="REPORT", help="报告，或旁边放着报告的计划（.json） · a report, or a plan beside it"
)
@click.option(
    "--kind", type=click.Choice(("promise", "result")),
    help="说了什么，或做到哪了；给了后面三项就是后者 · what was promised, or what came of it",
)  # fmt: skip
@click.option(
    "--later", type=_FILE, metavar="REPORT", multiple=True, help="以后的报告，可以多次 · a later report, repeatable"
)
@states.items
@click.option("--readings", "table", type=_FILE, metavar="FILE", help="读数表，Excel 或 CSV · the readings")
@click.option("--office", type=_FILE, metavar="FILE", help="机关信息 office.toml：什么算公开 · what counts as open")
@click.option("--internal", is_flag=True, help="内部用，没有公开的也画 · for inside: draw what is not open, too")
@states.today
@states.profile
@click.option(
    "--width", type=click.Choice(tuple(widths())), default="phone", show_default=True,
    help="宽度：" + "；".join(f"{name} {told.partition(' · ')[0]}" for name, told in widths().items()) + " · the width",
)  # fmt: skip
@click.option("--theme", type=click.Choice(themes()), default=themes()[0], show_default=True, help="配色 · the colours")
@click.option(
    "--to", type=_FILE, metavar="DIR", required=True,
    help="写到哪个文件夹，或一个 .png .svg .pdf 文件 · a folder, or one file",
)  # fmt: skip
@click.option("--quiet", is_flag=True, help="不显示进度和结果 · no progress, no account")
def verb(
    *,
    plan: Path,
    kind: str | None,
    later: tuple[Path, ...],
    items: Path | None,
    table: Path | None,
    office: Path | None,
    internal: bool,
    today: datetime | None,
    profile: str,
    width: Width,
    theme: str,
    to: Path,
    quiet: bool,
) -> None:
    """一图读懂：说了什么；或者一图看落实：说了的，做到哪了。每个数字都附原句。

    The one picture of a report: what it promises; or, with a later report, or states and readings, what came of it.
    """
    given = Sources(plan, states.day_of(today), profile, items, table, office=office)
    told = bool(later or items or table)
    if kind == "result" and not told:
        raise click.UsageError("要画做到哪了，还要给 --later，或 --items、--readings · say what came of it")
    if later and (items or table):
        raise click.UsageError("--later 与 --items、--readings 只能用一种 · either --later or states and readings")
    ending = to.suffix.lower().removeprefix(".")
    look = Look(theme, width, tuple(form for form in _FORMATS if form == ending) or _FORMATS)
    if kind == "promise" or not told:
        name, made = "promise", _promised(plan, look, quiet=quiet)
    elif later:
        name, made = "result", _compared((plan, *later), look, quiet=quiet)
    else:
        name, made = "result", _followed(given, look, internal=internal, quiet=quiet)
    if has_errors(made.problems):
        raise Unwritable(made.problems)
    files = _written(made, to, name if len(look.formats) > 1 else "")
    show_problems(aside(), made.problems)
    if not quiet:
        _account(files)


def _promised(path: Path, look: Look, *, quiet: bool) -> Pictures:
    with bar(stages=1, quiet=quiet) as shown:
        shown.next("读 reading")
        report = open_whole(path, progress=shown.part)
    return onepage(report.plan, report.document, formats=look.formats, theme=look.theme, width=look.width)


def _compared(paths: tuple[Path, ...], look: Look, *, quiet: bool) -> Pictures:
    editions = editions_of(list(paths), quiet=quiet)
    found = compare(editions)
    refuse(found.problems)
    if not quiet:
        remarks(found.problems)
    texts = {one.id: one.text for one in editions}
    return result(found, texts, formats=look.formats, theme=look.theme, width=look.width)


def _followed(given: Sources, look: Look, *, internal: bool, quiet: bool) -> Pictures:
    with bar(stages=1, quiet=quiet) as shown:
        shown.next("读 reading")
        whole = open_dossier(given, shown)
    cut = whole if internal else opened(whole)
    _stop(cut.problems)
    show_problems(aside(), dict.fromkeys((*cut.problems, *(cut.measured.problems if cut.measured else ()))))
    return result(cut, internal=internal, formats=look.formats, theme=look.theme, width=look.width)


def _stop(problems: tuple[Problem, ...]) -> None:
    if has_errors(problems):
        raise Unwritable(problems)


def _written(made: Pictures, to: Path, name: str) -> list[Path]:
    """Write the files of the picture; one that has a name of its own alone, several into a folder with its words."""
    if name:
        files = {f"{name}.{ending}": data for ending, data in made.files.items()}
        files[f"{name}.txt"] = made.text.encode("utf-8", "replace")
        write_folder(to, files)
        _clear(to, name, files)
        return [to / one for one in files]
    paths = [to.with_name(f"{to.stem}.{ending}") for ending in made.files]
    for path, data in zip(paths, made.files.values(), strict=True):
        write_file(path, data)
    return paths


def _clear(folder: Path, name: str, files: Mapping[str, bytes]) -> None:
    """Take away the further pages of an earlier picture that had more of them (``result.2.png``)."""
    for path in folder.glob(f"{name}.*.*"):
        if path.name not in files and path.name.split(".")[1].isdecimal():
            path.unlink()


def _account(files: list[Path]) -> None:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for path in files:
        table.add_row(f"  {path}")
    output().print("写在 · written to:")
    output().print(table)
