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
from luoshi.cli.opening import as_path, is_plan, report
from luoshi.cli.terminal import aside, output
from luoshi.cli.writing import fitting, write_file
from luoshi.door import bytes_of, open_report, open_text
from luoshi.plan import Plan
from luoshi.problems import Problem, Unreadable, problem
from luoshi.publish.findings import page, sarif, wire

FOUND = 3
_CONFIG = "luoshi.toml"
_ENDINGS = {"text": (".txt", ".text"), "json": (".json",), "sarif": (".sarif", ".json"), "html": (".html", ".htm")}
_SHOWN = 12


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
    if out is not None:
        fitting(out, *_ENDINGS[form])
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
    if not is_plan(path):
        document, plan = open_report(path)
        return Subject(plan, document.text)
    plan = Plan.from_json(bytes_of(path))
    return Subject(plan, _text_of(plan, text) if text else None)


def _text_of(plan: Plan, path: Path) -> str:
    """The text that ``plan`` was read from. Raises Unreadable where the plan's words do not stand in it (K011)."""
    document, _ = open_text(path)
    if document.sha256 != plan.document.sha256:
        quoted = [(one.start, one.text) for one in plan.commitments]
        quoted += [(one.start, one.text) for one in plan.figures]
        wrong = next((each for each in quoted if not document.text.startswith(each[1], each[0])), None)
        if wrong is not None:
            at, words = wrong
            found = document.text[at : at + _SHOWN] or "（没有字）"
            source = plan.document.source or "（没有写）"
            raise Unreadable(
                [problem("K011", name=path.name, at=at, quoted=words[:_SHOWN], found=found, source=source)]
            )
    return document.text


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
