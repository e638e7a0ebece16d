"""``luoshi overview``: where everything stands, by unit, theme or leader, and what became of every promise."""

from __future__ import annotations

import json
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from luoshi.cli import states
from luoshi.cli.faults import show_problems
from luoshi.cli.frame import Verb
from luoshi.cli.terminal import aside, output, plain
from luoshi.cli.writing import Output, write_file
from luoshi.publish.supervision import as_csv, as_xlsx, fate_rows, roll_rows
from luoshi.supervise import Coverage, Roll, coverage, matters, rollup, rules
from luoshi.supervise.words import values, word

if TYPE_CHECKING:
    from luoshi.supervise.rollup import By

_GROUPS = {"unit": "单位", "theme": "章节", "leader": "责任领导"}


@click.command(
    cls=Verb,
    examples=(
        "luoshi overview 结果/plan.json --items 状态.json --today 2026-06-30",
        "luoshi overview 报告.docx --items 状态.json --by theme --xlsx 汇总.xlsx",
    ),
)
@states.plan
@states.today
@states.items
@click.option(
    "--by", type=click.Choice(tuple(_GROUPS)), default="unit", show_default=True, help="按什么分组 · grouped by what"
)
@states.profile
@click.option("--xlsx", type=Output(".xlsx"), metavar="FILE", help="另存为 Excel（汇总和承诺下落） · as Excel")
@click.option("--csv", type=Output(".csv"), metavar="FILE", help="汇总另存为 CSV · the groups as CSV")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
def verb(
    *,
    plan: Path,
    today: datetime | None,
    items: Path | None,
    by: By,
    profile: str,
    xlsx: Path | None,
    csv: Path | None,
    as_json: bool,
) -> None:
    """到了哪一步：按单位、章节或责任领导汇总，报告里每条承诺的下落。

    Where things stand, by unit, theme or leader; and what became of every promise of the report.
    """
    day, in_force, read = states.day_of(today), rules(lights=profile), states.plan_of(plan)
    found, problems = matters(read, day, states.docket_of(items))
    rolls, made = rollup(found, day, in_force, by), coverage(read, found, in_force)
    grouped, fates = roll_rows(rolls), fate_rows(made, read, found, in_force)
    if xlsx:
        write_file(xlsx, as_xlsx({"rolls": grouped, "fates": fates}, day))
    if csv:
        write_file(csv, as_csv("rolls", grouped))
    if as_json:
        promises = {"counts": made.counts, "unread": made.unread, "commitments": fates}
        groups = [_wire(roll) for roll in rolls]
        whole = {"today": day, "by": by, "profile": profile, "groups": groups, "coverage": promises}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2, default=str))
    else:
        _show(output(), rolls, by)
        _covered(output(), made)
    show_problems(aside(), problems)


def _wire(roll: Roll) -> dict[str, object]:
    """A group as JSON, with the names that programs use; means in percent as decimal numbers."""
    return {
        "key": roll.key,
        "matters": roll.matters,
        "weight": roll.weight,
        "reported": _percent(roll.reported),
        "verified": _percent(roll.verified),
        "lights": roll.lights,
        "classes": roll.classes,
        "causes": roll.causes,
        "green": roll.green,
        "hollow": roll.hollow,
    }


def _percent(value: Fraction | None) -> float | None:
    return None if value is None else float(round(value, 4))


def _show(console: Console, rolls: tuple[Roll, ...], by: By) -> None:
    """A line a group: how many, the two numbers side by side, the lights by shape and word."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in (_GROUPS[by], "事项", "自报%", "核实%", "灯号", "绿灯只凭自报"):
        table.add_column(name, justify="left" if name in (_GROUPS[by], "灯号") else "right", overflow="fold")
    for row, roll in zip(roll_rows(rolls), rolls, strict=True):
        lights = "  ".join(
            f"{word('light', colour, 'shape')}{word('light', colour)}{roll.lights[colour]}"
            for colour in values("light")
            if colour in roll.lights
        )
        hollow = f"{roll.hollow}/{roll.green}" if roll.green else "—"
        cells = (row["key"], row["count"], row["reported"], row["verified"])
        table.add_row(*(plain("—" if cell is None else str(cell)) for cell in cells), lights, hollow)
    console.print(table)


def _covered(console: Console, made: Coverage) -> None:
    counts = "  ".join(f"{word('fate', name)} {made.counts[name]}" for name in values("fate") if name in made.counts)
    line = Text.assemble((f"\n承诺的下落 · what became of the promises  {len(made.fates)}：", "bold"), counts or "无")
    console.print(line)
