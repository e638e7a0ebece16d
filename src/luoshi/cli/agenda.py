"""``luoshi agenda``: 今日事今日毕、明日事今日谋."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import click
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from luoshi.cli import states
from luoshi.cli.faults import show_problems
from luoshi.cli.frame import Verb
from luoshi.cli.terminal import aside, output, plain
from luoshi.cli.writing import Output, write_file
from luoshi.days import Workdays
from luoshi.problems import Problem, problem
from luoshi.publish.supervision import agenda_rows, as_csv, as_xlsx
from luoshi.supervise import Agenda, Rules, agenda, matters, rules, units
from luoshi.supervise.agenda import BUCKETS, Bucket, Row
from luoshi.supervise.words import word

_STYLES = {"blue": "blue", "green": "green", "yellow": "yellow", "red": "bold red", "grey": "dim", "stale": "dim"}
_SHOWN = 12
_LINES = 20


@click.command(
    cls=Verb,
    examples=(
        "luoshi agenda 结果/plan.json --today 2026-03-02",
        "luoshi agenda 结果/plan.json --unit 区住建局 --items 状态.json --xlsx 日程.xlsx",
    ),
)
@states.plan
@states.today
@click.option("--unit", metavar="UNIT", help="只看这个单位牵头和配合的 · only what this unit leads or helps with")
@states.items
@click.option("--days", type=click.IntRange(1, 3660), default=30, show_default=True, help="看到几天以后 · days ahead")
@states.profile
@click.option("--xlsx", type=Output(".xlsx"), metavar="FILE", help="另存为 Excel · also as Excel")
@click.option("--csv", type=Output(".csv"), metavar="FILE", help="另存为 CSV · also as CSV")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
def verb(
    *,
    plan: Path,
    today: datetime | None,
    unit: str | None,
    items: Path | None,
    days: int,
    profile: str,
    xlsx: Path | None,
    csv: Path | None,
    as_json: bool,
) -> None:
    """今日事今日毕、明日事今日谋：什么逾期了，今天到期什么，明天要准备什么。

    What is late, what is due today, and what to prepare for the next working day and after.
    """
    day = states.day_of(today)
    in_force = rules(lights=profile)
    found, problems = matters(states.plan_of(plan), day, states.docket_of(items))
    made = agenda(found, day, in_force, unit=unit, horizon=days)
    rows = agenda_rows(made, in_force)
    if xlsx:
        write_file(xlsx, as_xlsx({"agenda": rows}, day))
    if csv:
        write_file(csv, as_csv("agenda", rows))
    if as_json:
        click.echo(json.dumps(_wire(made, in_force), ensure_ascii=False, indent=2, default=str))
    else:
        _show(output(), made, in_force)
    show_problems(aside(), [*problems, *_remarks(unit, units(found)), *_provisional(day, days)])


def _provisional(today: date, ahead: int) -> Iterable[Problem]:
    """Days of a year whose holidays have not been announced may still move."""
    years = range(today.year, (today + timedelta(days=ahead)).year + 1)
    if unknown := [str(year) for year in years if Workdays.china().provisional(year)]:
        yield problem("D040", years="、".join(unknown))


def _remarks(unit: str | None, known: tuple[str, ...]) -> Iterable[Problem]:
    """A unit that has no part in anything is most likely called otherwise."""
    if unit is not None and unit not in known:
        shown = "、".join(known[:_SHOWN]) + ("……" if len(known) > _SHOWN else "")
        yield problem("D039", unit=unit, known=shown or "无")


def _wire(made: Agenda, in_force: Rules) -> dict[str, object]:
    """The agenda as JSON: the rows of the table with the names that programs use beside the Chinese ones."""
    rows = [
        {
            **shown,
            "bucket": row.bucket,
            "what": row.owed.what,
            "detail": row.owed.detail,
            "role": row.owed.role,
            "part": row.part,
            "light": row.light.colour,
            "hollow": row.light.hollow,
            "rule": row.light.rule,
            "prepare": list(row.prepare),
        }
        for row, shown in zip(made.rows, agenda_rows(made, in_force), strict=True)
    ]
    return {
        "today": made.today,
        "tomorrow": made.tomorrow,
        "unit": made.unit,
        "profile": in_force.profile.name,
        "rows": rows,
    }


def _show(console: Console, made: Agenda, in_force: Rules) -> None:
    whose = plain(made.unit) if made.unit else "全部单位 · every unit"
    console.print(Text.assemble((f"{made.today}", "bold"), f"  {whose}  ", (in_force.profile.zh, "dim")))
    shown = {id(row): cells for row, cells in zip(made.rows, agenda_rows(made, in_force), strict=True)}
    for bucket in BUCKETS:
        rows = made.of(bucket)
        console.print(_heading(bucket, rows, made))
        for row in rows[:_LINES]:
            _line(console, row, {key: plain(str(cell)) for key, cell in shown[id(row)].items()})
        if len(rows) > _LINES:
            console.print(f"  ……还有 {len(rows) - _LINES} 件，用 --unit、--xlsx 或 --json 看全 · more", style="dim")


def _heading(bucket: Bucket, rows: tuple[Row, ...], made: Agenda) -> Text:
    until = f"（{made.tomorrow}）" if bucket == "tomorrow" else ""
    line = Text.assemble((f"\n{word('bucket', bucket)}{until} · {word('bucket', bucket, 'en')}", "bold"))
    return line.append(f"  {len(rows)} 件" if rows else "  无 · none", style="dim")


def _line(console: Console, row: Row, cells: dict[str, str]) -> None:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    style = _STYLES[row.light.colour]
    what = f"{cells['what']} {cells['detail']}".strip()
    table.add_row(
        Text(f"{cells['light']}", style=style), Text.assemble((cells["title"], "bold"), f"  {cells['matter']}")
    )
    table.add_row(cells["due"], Text.assemble(what, (f"  {_left(row.days)}  {cells['unit']} {cells['part']}", "dim")))
    table.add_row("", Text(f"灯号 {cells['why']}", style="dim"))
    if cells["prepare"]:
        table.add_row("", Text(f"备好 {cells['prepare']}", style="dim"))
    console.print(Padding(table, (0, 0, 0, 2)))


def _left(days: int) -> str:
    if days == 0:
        return "今天"
    return f"还有 {days} 天" if days > 0 else f"逾期 {-days} 天"
