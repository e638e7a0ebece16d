"""``luoshi check``: findings in a report like those of a compiler, for people, for programs, for review tools."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click

import luoshi
from luoshi.check import Diagnostic, Result, Settings, check, parsed, rules, unknown
from luoshi.cli.diagnostics import account, listing, show
from luoshi.cli.faults import Unwritable, show_problems
from luoshi.cli.frame import Verb
from luoshi.cli.opening import as_path, report
from luoshi.cli.states import bytes_of
from luoshi.cli.terminal import aside, output
from luoshi.cli.writing import write_file
from luoshi.door import open_report, open_text
from luoshi.plan import Plan
from luoshi.problems import Problem, Unreadable, problem
from luoshi.publish.findings import page, sarif, wire

FOUND = 3
_CONFIG = "luoshi.toml"


class Subject(NamedTuple):
    """What is checked: a plan, and the text it was read from where that is at hand."""

    plan: Plan
    text: str | None


def _print_rules(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted:
        output().print(listing(rules().values()))
        ctx.exit()


@click.command(
    cls=Verb,
    examples=(
        "luoshi check 报告.docx",
        "luoshi check 报告.docx --earlier 去年.docx",
        "luoshi check 报告.docx --select N,T --ignore T05",
        "luoshi check 报告.docx --format html --out 检查.html",
        "luoshi check plan.json --text 报告.txt --format sarif",
    ),
)
@report
@click.option(
    "--earlier", type=click.Path(path_type=Path), metavar="FILE", help="去年的报告或计划 · last year's report or plan"
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "sarif", "html")),
    default="text",
    show_default=True,
    help="输出什么 · what to print",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="写到文件 · write to a file")
@click.option(
    "--select", multiple=True, metavar="CODES", help="只查这些：编号的开头，逗号隔开 · only these, beginnings of codes"
)
@click.option("--ignore", multiple=True, metavar="CODES", help="不查这些 · leave these out")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="配置文件，默认用这里或报告旁边的 luoshi.toml · settings, by default luoshi.toml here or beside the report",
)
@click.option(
    "--text", type=click.Path(path_type=Path), metavar="FILE", help="计划文件的原文 · the text of a plan file"
)
@click.option(
    "--rules",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_rules,
    help="列出全部规则 · list every rule",
)
def verb(
    *,
    report: Path,
    earlier: Path | None,
    form: str,
    out: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    config: Path | None,
    text: Path | None,
) -> int:
    """查一份报告：数字打架、目标没有着落、承诺没法销号、结构对不上、没有单位管。

    Checks a report or a plan: numbers that disagree, targets and promises that nobody can be held to.
    """
    settings = _settings(config, report, select, ignore)
    with as_path(report) as path:
        this = _subject(path, text)
    before = _subject(earlier, None) if earlier else None
    result = check(
        this.plan, this.text, earlier=before and before.plan, earlier_text=before and before.text, settings=settings
    )
    _tell(result, this, before, form, out)
    return FOUND if settings.fails(one.severity for one in result.found) else 0


def _tell(result: Result, this: Subject, before: Subject | None, form: str, out: Path | None) -> None:
    """Print or write the result; what could not be checked and what was let pass go to standard error."""
    if form == "text" and out is None:
        show(output(), result.found, this.plan, this.text)
    else:
        made = _made(result, this, before, form)
        if out is not None:
            write_file(out, made.encode("utf-8", "surrogatepass"))
        else:
            sys.stdout.buffer.write(made.encode("utf-8", "surrogatepass"))
            sys.stdout.buffer.flush()
    show_problems(aside(), result.problems)
    account(aside(), result)
    if out is not None:
        aside().print(f"已写出 · written: {out}", soft_wrap=True)


def _made(result: Result, this: Subject, before: Subject | None, form: str) -> str:
    match form:
        case "json":
            return wire(result, this.plan, this.text)
        case "sarif":
            name = before.plan.document.source if before else ""
            return sarif(result, this.plan, this.text, version=luoshi.__version__, earlier=name)
        case "html":
            return page(result, this.plan, this.text)
        case _:
            return _text(result.found, this)


def _text(found: Sequence[Diagnostic], this: Subject) -> str:
    console = output()
    with console.capture() as shown:
        show(console, found, this.plan, this.text)
    return shown.get()


def _subject(path: Path, text: Path | None) -> Subject:
    """A report opened and read, or a plan file with its text where one is named. Raises Unreadable."""
    if not _is_plan(path):
        document, plan = open_report(path)
        return Subject(plan, document.text)
    plan = Plan.from_json(bytes_of(path))
    return Subject(plan, open_text(text)[0].text if text else None)


def _is_plan(path: Path) -> bool:
    """Whether the file is JSON: a report never begins with a brace."""
    try:
        with path.open("rb") as file:
            return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    except OSError:
        return False


def _settings(config: Path | None, report: Path, select: tuple[str, ...], ignore: tuple[str, ...]) -> Settings:
    """The settings of the file and the command line; what the command line selects or ignores goes first."""
    chosen, left = _codes(select), _codes(ignore)
    faults = list(unknown((*chosen, *left)))
    settings, found = _configured(config, report)
    faults += found
    if faults:
        raise Unwritable(faults)
    wanted = chosen or settings.select
    return replace(settings, select=wanted, extend=() if chosen else settings.extend, ignore=(*settings.ignore, *left))


def _configured(config: Path | None, report: Path) -> tuple[Settings, tuple[Problem, ...]]:
    places = [config] if config else [Path(_CONFIG), report.parent / _CONFIG]
    for path in places:
        try:
            return parsed(path.read_text(encoding="utf-8"), path.name)
        except FileNotFoundError as error:
            if config:
                raise Unreadable([problem("I001", name=path)]) from error
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise Unreadable([problem("K002", name=path.name, detail=reason)]) from error
    return Settings(), ()


def _codes(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code.strip().upper() for one in given for code in one.replace("，", ",").split(",") if code.strip())
