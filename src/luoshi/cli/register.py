"""``luoshi register``: the register with its states, out to the units and back in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from luoshi.cli import states
from luoshi.cli.faults import show_problems
from luoshi.cli.frame import Verb
from luoshi.cli.terminal import aside, output, plain
from luoshi.cli.writing import write_file, write_folder
from luoshi.door import open_edition
from luoshi.intake import open_table
from luoshi.measure import Readings, readings
from luoshi.problems import Problem, Unreadable, has_errors, problem
from luoshi.publish.dossier import Dossier, dossier
from luoshi.publish.register import (
    Applied,
    Change,
    Returned,
    applied,
    register_csv_of,
    register_of,
    returned,
    unit_copies,
)
from luoshi.publish.register.returned import Side
from luoshi.source import Document
from luoshi.supervise import Actor, Docket, rules, units

_ROLES = {"lead": "牵头单位", "office": "督查室"}
_NEXT = "\n还没有写入；看过没有问题，加 --apply --by 姓名 · not written yet: add --apply --by NAME"
_SHOWN = 60  # characters of a cell in the preview


@click.command(
    cls=Verb,
    examples=(
        "luoshi register plan.json --items 状态.json --xlsx 台账.xlsx",
        "luoshi register plan.json --items 状态.json --unit 区住建局 --xlsx 住建局.xlsx",
        "luoshi register plan.json --items 状态.json --by-unit 各单位",
        "luoshi register plan.json --items 状态.json --back 住建局.xlsx --unit 区住建局",
        "luoshi register plan.json --items 状态.json --back 住建局.xlsx --unit 区住建局 --by 王华 --apply",
    ),
)
@states.plan
@states.today
@states.items
@click.option(
    "--readings", "table", type=click.Path(path_type=Path), metavar="FILE",
    help="读数表，给出基数 · the readings, for the base values",
)  # fmt: skip
@states.profile
@click.option("--unit", default="", metavar="UNIT", help="只要这个单位的；交回时：谁交的 · that unit's; back: whose")
@click.option("--xlsx", type=click.Path(path_type=Path), metavar="FILE", help="写成 Excel · write a workbook")
@click.option("--csv", type=click.Path(path_type=Path), metavar="FILE", help="写成 CSV · write CSV")
@click.option("--by-unit", type=click.Path(path_type=Path), metavar="DIR", help="每个单位一份 · a workbook a unit")
@click.option(
    "--back", type=click.Path(path_type=Path), metavar="FILE",
    help="收回的台账：看改了什么 · a register that comes back: what it changes",
)  # fmt: skip
@click.option("--apply", is_flag=True, help="写入收回的改动 · make the changes")
@click.option("--by", default="", metavar="NAME", help="谁交回的 · who hands it in")
@click.option(
    "--role", type=click.Choice(tuple(_ROLES)), help="以什么身份，有 --unit 就是 lead · as what; lead with --unit"
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE",
    help="新的状态写到这里，默认写回 --items · where the new states go, over --items if not given",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
def verb(
    *,
    plan: Path,
    today: datetime | None,
    items: Path | None,
    table: Path | None,
    profile: str,
    unit: str,
    xlsx: Path | None,
    csv: Path | None,
    by_unit: Path | None,
    back: Path | None,
    apply: bool,
    by: str,
    role: str | None,
    out: Path | None,
    as_json: bool,
) -> int:
    """任务台账：发给督查室和各单位填；收回来先看改了哪些格，再整份写入或不写。

    The register: given out with lights and states, locked but for what may be filled in. A copy that comes back is
    shown as a difference, cell by cell, and with --apply is made in whole or not at all.
    """
    docket, day = states.docket_of(items), states.day_of(today)
    whole = _dossier(plan, docket, day, table=table, profile=profile)
    if back is not None:
        target = out or items
        if apply and (not by or target is None):
            raise click.UsageError("--apply 要有 --by，以及 --items 或 --out · it needs --by, and --items or --out")
        actor = Actor(role=role or ("lead" if unit else "office"), unit=unit, person=by)
        return _take_back(back, whole, docket, actor, target=target if apply else None, as_json=as_json)
    _known_unit(unit, whole)
    _give_out(whole, unit, xlsx=xlsx, csv=csv, folder=by_unit)
    return 0


def _dossier(path: Path, docket: Docket | None, day: date, *, table: Path | None, profile: str) -> Dossier:
    edition = open_edition(path)
    document = Document.from_text(edition.text, edition.plan.document.source)
    read = _readings(table, day) if table else None
    return dossier(edition.plan, document, day, docket=docket, readings=read, by=rules(lights=profile))


def _readings(path: Path, day: date) -> Readings:
    sheet = open_table(path)
    found = None if has_errors(sheet.problems) else readings(sheet.rows, day)
    if found is None or has_errors(found.problems):
        raise Unreadable(sheet.problems if found is None else found.problems)
    return found


def _known_unit(unit: str, whole: Dossier) -> None:
    """A unit that has no part in anything is most likely called otherwise; its copy would be empty."""
    names = units(whole.matters)
    if unit and unit not in names:
        raise Unreadable([problem("L021", unit=unit, known="、".join(names[:12]) or "无")])


def _give_out(whole: Dossier, unit: str, *, xlsx: Path | None, csv: Path | None, folder: Path | None) -> None:
    """Write what was asked for; say where it is and what is odd."""
    if not (xlsx or csv or folder):
        raise click.UsageError("要写到哪里：--xlsx、--csv、--by-unit，或 --back · say where it is to go")
    if xlsx:
        write_file(xlsx, register_of(whole, unit))
    if csv:
        write_file(csv, register_csv_of(whole, unit))
    if folder:
        write_folder(folder, unit_copies(whole))
    for path in filter(None, (xlsx, csv, folder)):
        output().print(f"写在 · written to: {plain(str(path))}", soft_wrap=True)
    show_problems(aside(), whole.problems)


# ── back in ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _take_back(
    path: Path, whole: Dossier, docket: Docket | None, by: Actor, *, target: Path | None, as_json: bool
) -> int:
    """Show what the file changes; with a ``target`` write the new states there if nothing stands against it."""
    sheet = open_table(path)
    if has_errors(sheet.problems):
        raise Unreadable(sheet.problems)
    # A workbook's sheet has a name, a CSV file has none.
    side: Side = "lead" if by.role == "lead" else "office"
    found = returned(sheet.rows, whole, side, guards=not sheet.name)
    made = Applied() if has_errors(found.problems) else applied(found.changes, whole, by)
    problems = (*found.problems, *made.problems)
    bad = has_errors(problems)
    written = target if target and made.entries and not bad else None
    if written:
        write_file(written, (made.on(docket).to_json(indent=2) + "\n").encode("utf-8"))
    if as_json:
        click.echo(json.dumps(_wire(found, made, problems, whole, written), ensure_ascii=False, indent=2))
    else:
        _show(output(), found, made, whole, by)
        show_problems(aside(), problems)
        output().print(_ending(found, made, written, bad=bad, asked=target is not None), soft_wrap=True)
    return 2 if bad else 0


def _wire(
    found: Returned, made: Applied, problems: Sequence[Problem], whole: Dossier, written: Path | None
) -> dict[str, Any]:
    moves = whole.rules.workflow.moves
    return {
        "rows": found.rows,
        "changes": [_change(one) for one in found.changes],
        "conflicts": [_change(one) for one in found.conflicts],
        "moves": [{"matter": one.matter, "move": one.move, "zh": moves[one.move].zh} for one in made.entries],
        "problems": [{"code": one.code, "severity": one.severity, "message": one.message} for one in problems],
        "written": str(written) if written else None,
    }


def _change(one: Change) -> dict[str, object]:
    said = {"row": one.row, "cell": one.cell, "matter": one.matter, "column": one.column.zh}
    return {**said, "before": one.before, "after": one.after}


def _show(console: Console, found: Returned, made: Applied, whole: Dossier, by: Actor) -> None:
    who = " ".join(filter(None, (by.unit, by.person, f"（{_ROLES[by.role]}）")))
    counts = f"认出 {found.rows} 行，改动 {len(found.changes)} 格，冲突 {len(found.conflicts)} 格"
    console.print(Text.assemble((plain(who), "bold"), f"  {counts}"))
    for name, cells in groupby(found.changes, key=lambda one: one.matter):
        _matter(console, name, cells, made, whole)


def _matter(console: Console, name: str, cells: Iterable[Change], made: Applied, whole: Dossier) -> None:
    """A matter, its cells before and after, the moves that come of them."""
    console.print(Text.assemble((f"\n{plain(name)}  ", "dim"), (plain(whole.by_id[name].matter.title), "bold")))
    for one in cells:
        before = _brief(one.before) if one.column.key != "evidence" else "（另加）"
        place = f"  {one.cell:<6}"
        line = Text.assemble((place, "dim"), f"{one.column.zh}：", (before, "dim"), " → ", _brief(one.after))
        console.print(line, soft_wrap=True)
    moves = [whole.rules.workflow.moves[one.move].zh for one in made.entries if one.matter == name]
    if moves:
        console.print(Text(f"  动作 moves：{'、'.join(moves)}", style="dim"))


def _brief(text: str) -> str:
    shown = plain(text.replace("\n", "；"))
    return f"{shown[:_SHOWN]}…" if len(shown) > _SHOWN else shown or "（空）"


def _ending(found: Returned, made: Applied, written: Path | None, *, bad: bool, asked: bool) -> str:
    if written:
        return f"\n已写入 · written: {plain(str(written))}（{len(made.entries)} 个动作）"
    if bad:
        return "\n有错误，一格也没有写入 · there are errors, nothing was written"
    if not found.changes:
        return "\n没有改动 · nothing was changed"
    return "\n没有可以写入的 · nothing to write" if asked else _NEXT
