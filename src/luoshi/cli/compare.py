"""``luoshi compare``: what became of what was promised, over two or more reports of one place."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from luoshi.cli.bars import bar
from luoshi.cli.faults import Unwritable, heading
from luoshi.cli.frame import Verb
from luoshi.cli.terminal import aside, output, plain, print_json
from luoshi.cli.writing import write_folder
from luoshi.compare import Bands, Comparison, Edition, Meaning, Promise, by_ngrams, compare
from luoshi.door import open_decisions, open_edition
from luoshi.intake.folder import reports_in
from luoshi.plan import Finding
from luoshi.problems import Problem, catalogue, problem
from luoshi.publish.labels import label
from luoshi.publish.ledger import ledger_page, ledger_pdf, ledger_workbook, shapes

FILES = {
    "ledger.html": "承诺总账，打开就能看，点格子看原句 · the ledger, for any browser",
    "ledger.pdf": "同一本账，打印 · the same, for print",
    "ledger.xlsx": "每一条承诺、结果、算式和原句 · every promise with both sentences",
    "comparison.json": "给程序用 · for programs",
}
_STYLES = {"met": "green", "missed": "red", "met_other_basis": "yellow", "not_comparable": "magenta"}
_SHOWN = ("met", "missed", "met_other_basis", "not_comparable")


@click.command(
    cls=Verb,
    examples=(
        "luoshi compare 某县-2022.docx 某县-2023.docx",
        "luoshi compare 2021.txt 2022.txt 2023.txt --out 总账",
        "luoshi compare 某县历年报告 --out 总账",
        "luoshi compare 2022.json 2023.json --json > 比较.json",
        "luoshi compare 2022.txt 2023.txt --decisions 判定.json",
    ),
)
@click.argument(
    "reports",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    metavar="REPORT...",
    help="报告文件或计划 JSON，两份以上；也可以是文件夹 · reports or plans, two or more; or a folder",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="总账写到哪个文件夹 · the folder")
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON · print JSON and nothing else")
@click.option("--all", "everything", is_flag=True, help="没有报告的、未到期的也列出来 · list every promise")
@click.option(
    "--decisions", type=click.Path(path_type=Path), metavar="FILE", help="用上人的判定 · a person's decisions"
)
@click.option(
    "--bands", type=click.Path(path_type=Path), metavar="FILE", help="“左右”允许差多少 · how far off “about” may be"
)
@click.option("--match", "by_meaning", is_flag=True, help="名字也按字形相近来找，要装 match · looser names too")
@click.option("--quiet", is_flag=True, help="不显示进度和说明 · no progress, no account")
def verb(
    *,
    reports: tuple[Path, ...],
    out: Path | None,
    as_json: bool,
    everything: bool,
    decisions: Path | None,
    bands: Path | None,
    by_meaning: bool,
    quiet: bool,
) -> None:
    """把前面报告的承诺，一条一条对到后面报告的结果上，按写出的数判定。

    Links every promise of one report to what the later reports say of it, and judges by the figures as written.
    """
    paths = [path for given in reports for path in _expanded(given)]
    editions = opened(paths, quiet=quiet)
    found = compare(
        editions,
        decisions=open_decisions(decisions).decisions if decisions else (),
        rules=read_bands(bands) if bands else None,
        meaning=_looser(editions) if by_meaning else None,
    )
    refuse(found.problems)
    if out is not None:
        write_folder(out, _files(found))
    if as_json:
        print_json(found.to_json(indent=2))
        return
    if not quiet:
        remarks(found.problems)
    _show(output(), found, everything=everything)
    if out is not None and not quiet:
        _written(output(), out)


def _expanded(given: Path) -> list[Path]:
    return reports_in(given) if given.is_dir() else [given]


def opened(paths: list[Path], *, quiet: bool) -> list[Edition]:
    """Every report, in the order given, with a bar while it takes long. Raises :class:`luoshi.Unreadable`."""
    editions = []
    with bar(stages=len(paths), quiet=quiet) as shown:
        for path in paths:
            shown.next(f"读 reading {path.name}")
            editions.append(open_edition(path, progress=shown.part))
    return editions


def _looser(editions: list[Edition]) -> Meaning:
    try:
        return by_ngrams(editions)
    except ImportError as error:
        raise Unwritable([problem("V015")]) from error


def read_bands(path: Path) -> Bands:
    """The bands of a file. Raises :class:`Unwritable` where it is none."""
    try:
        return Bands.from_toml(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError, ArithmeticError) as error:
        raise Unwritable([problem("V014", path=path, detail=error)]) from error


def refuse(problems: tuple[Finding, ...]) -> None:
    """Stop where a problem is an error. Raises :class:`Unwritable`."""
    if any(catalogue()[one.code].severity == "error" for one in problems):
        raise Unwritable([Problem(one.code, one.message, one.why, one.advice) for one in problems])


def remarks(problems: tuple[Finding, ...]) -> None:
    """Say what is odd about the reports, on standard error."""
    for one in problems:
        aside().print(Text.assemble(heading(catalogue()[one.code]), f"\n    {plain(one.message)}"))


def _files(found: Comparison) -> dict[str, bytes]:
    return {
        "ledger.html": ledger_page(found),
        "ledger.pdf": ledger_pdf(found),
        "ledger.xlsx": ledger_workbook(found),
        "comparison.json": (found.to_json(indent=2) + "\n").encode("utf-8", "backslashreplace"),
    }


def _show(console: Console, found: Comparison, *, everything: bool) -> None:
    rows = [one for one in found.promises if everything or one.verdict in _SHOWN]
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for name, width in (("年 year", 5), ("判定 verdict", 13), ("承诺 promise", None), ("结果 outcome", None)):
        table.add_column(name, min_width=width, overflow="fold", header_style="dim")
    for one in rows:
        table.add_row(one.report, mark(one), plain(one.quote.text), _outcome(one))
    if rows:
        console.print(table)
    counts: Counter[str] = Counter(one.verdict for one in found.promises)
    told = "  ".join(f"{shapes()[name]} {label('verdict', name)} {counts[name]}" for name in shapes())
    console.print(f"{len(found.promises)} 条承诺 promises：{told}")


def mark(one: Promise) -> Text:
    """A verdict by shape, word and colour."""
    return Text(f"{shapes()[one.verdict]} {label('verdict', one.verdict)}", style=_STYLES.get(one.verdict, "dim"))


def _outcome(one: Promise) -> Text:
    outcome = one.outcome
    words = "；".join(plain(quote.text) for quote in outcome.quotes)
    told = f"{words}（{outcome.report}年报告）" if words else ""
    plainly = one.verdict in ("met", "missed") and outcome.arithmetic and len(outcome.numbers) == 1
    lines = [told, outcome.arithmetic, "；".join((*(() if plainly else (outcome.because,)), *outcome.notes))]
    text = Text("\n").join(Text(plain(line), style="" if nth == 0 else "dim") for nth, line in enumerate(lines) if line)
    if one.carried:
        text.append(f"\n又承诺了 {one.carried} 次 · carried over", style="dim")
    return text


def _written(console: Console, out: Path) -> None:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    for name, about in FILES.items():
        table.add_row(str(out / name), about)
    console.print(table)
