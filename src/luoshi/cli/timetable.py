"""A schedule in the terminal: how many are in time, which are late and why, one item step by step, what moves."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from luoshi.cli.faults import remark
from luoshi.cli.terminal import plain
from luoshi.schedule import Move, PlannedItem, PlannedStep, Schedule

_SHOWN = 12
LIGHTS = {
    "late": ("✖", "来不及 late", "bold red"),
    "tight": ("▲", "很紧 tight", "yellow"),
    "fine": ("●", "来得及 in time", "green"),
    "regular": ("◇", "逐期推进 regular", "blue"),
}
_TIGHT = 20  # working days in hand


def show_schedule(console: Console, found: Schedule) -> None:
    """The counts, the items that are too late with the reason, and the next steps that must start."""
    console.print(Text(plain(found.title or "排期"), style="bold").append(f"  以 {found.today} 为今天", style="dim"))
    console.print(_counts(found))
    late = found.late()
    for item in late[:_SHOWN]:
        console.print(_headline(item))
        console.print(Text(f"    {plain(item.words)}"))
    if len(late) > _SHOWN:
        console.print(Text(f"  另有 {len(late) - _SHOWN} 项来不及 · more", style="dim"))
    console.print(_next(found))
    for one in found.problems:
        console.print(remark(one, ""))


def _light(item: PlannedItem) -> tuple[str, str, str]:
    if item.regular and item.late <= 0:
        return LIGHTS["regular"]
    return LIGHTS["late" if item.late > 0 else "tight" if item.late > -_TIGHT else "fine"]


def _headline(item: PlannedItem) -> Text:
    shape, word, style = _light(item)
    return Text.assemble(
        (f"{shape} {word}", style), f"  {item.id}  ", (plain(item.title), "bold"), (f"  [{item.procedure_name}]", "dim")
    )


def _counts(found: Schedule) -> Table:
    table = _table()
    for light in LIGHTS.values():
        shape, word, style = light
        count = sum(_light(item) == light for item in found.items)
        table.add_row(Text(f"{shape} {word}", style=style), str(count))
    table.add_row("步骤 steps", str(len(found.steps)))
    table.add_row("未排 left out", str(len(found.left_out)))
    return table


def _next(found: Schedule) -> Table:
    """The steps still to begin whose latest start comes first."""
    table = _table("最迟起步 · must start", "步骤 · step", "责任单位 · unit", "事项 · item")
    waiting = [
        step for step in found.steps if step.state == "todo" and step.latest and step.latest.start >= found.today
    ]
    titles = {item.id: item.title for item in found.items}
    for step in sorted(waiting, key=lambda step: (step.latest.start if step.latest else found.today, step.key))[
        :_SHOWN
    ]:
        day = step.latest.start if step.latest else None
        table.add_row(str(day), plain(step.name), plain(step.unit), plain(titles[step.item]))
    return table


def show_item(console: Console, found: Schedule, name: str) -> None:
    """One item: what it comes to, what was assumed, its steps, the chain link by link."""
    (item,) = (one for one in found.items if one.id == name)
    console.print(_headline(item))
    console.print(Text(f"  {plain(item.words)}"))
    basis = "已由人确认" if item.basis == "confirmed" else f"程序提出，待确认：{item.why}"
    console.print(Text(f"  程序 procedure：{item.procedure_name}（{basis}）", style="dim"))
    for words in item.assumptions:
        console.print(Text(f"  假定 assumed：{plain(words)}", style="yellow"))
    console.print(_steps(list(found.of(name))))
    chain = _table("从 · from", "到 · to", "天 · days", "为什么 · why")
    for link in item.chain:
        chain.add_row(str(link.begin), str(link.end), str(link.days), plain(link.words))
    chain.add_row("", "", str(sum(link.days for link in item.chain)), "合计 · sum", style="bold")
    console.print(chain)


def _steps(steps: Sequence[PlannedStep]) -> Table:
    table = _table(
        "步骤 · step", "责任单位 · unit", "最早 · earliest", "计划 · planned", "最迟 · latest", "余量 · slack"
    )
    for step in steps:
        latest = str(step.latest.start) if step.latest else "—"
        mark = "◆ " if step.critical else ""
        table.add_row(
            f"{mark}{plain(step.name)}",
            plain(step.unit),
            str(step.earliest.start),
            str(step.planned.start),
            latest,
            str(step.slack),
        )
    return table


def show_moves(console: Console, found: Sequence[Move]) -> None:
    """What moves, a row a date."""
    if not found:
        console.print("没有日期变动 · nothing moves")
        return
    table = _table("编号 · key", "名称 · name", "日期 · date", "原来 · before", "现在 · now", "天 · days")
    for move in found:
        table.add_row(
            move.key,
            plain(move.name),
            _WHAT[move.what],
            str(move.before),
            str(move.after),
            f"{move.days:+d}" if move.days is not None else "—",
        )
    console.print(table)


_WHAT = {"planned start": "计划开始", "planned finish": "计划办结", "latest start": "最迟开始", "finish": "最早完成"}


def _table(*heads: str) -> Table:
    table = Table(box=None, show_header=bool(heads), pad_edge=False, padding=(0, 2, 0, 0))
    for head in heads or ("", ""):
        table.add_column(head, overflow="fold")
    return table
