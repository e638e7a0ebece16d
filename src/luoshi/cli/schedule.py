"""``luoshi schedule``: a plan worked backwards from its deadlines and forwards from a day."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

import click

from luoshi.cli.frame import Verb
from luoshi.cli.states import plan_of
from luoshi.cli.terminal import aside, output
from luoshi.cli.timetable import show_item, show_moves, show_schedule
from luoshi.cli.writing import write_folder
from luoshi.door import bytes_of, processors
from luoshi.problems import Problem, Unreadable, problem
from luoshi.publish.gantt import gantt
from luoshi.publish.icalendar import feed
from luoshi.publish.timetable import SHEETS, timetable, timetable_csv
from luoshi.schedule import Effort, Progress, Schedule, Setting, Trying, know, moves, schedule

F = TypeVar("F", bound=Callable[..., Any])
_SHOWN = 8
_TABLES = ("progress", "capacity", "confirmed", "calendars")


class _Day(click.ParamType[date]):
    """A day written 2026-03-01."""

    name = "DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007 — a day, not a moment
        except ValueError:
            self.fail(f"{value} 不是 2026-03-01 这样的日期 · not a date such as 2026-03-01", param, ctx)


class _Move(click.ParamType[tuple[str, date]]):
    """A step and a day: i17/permit=2026-06-01."""

    name = "STEP=DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, date]:
        if isinstance(value, tuple):
            return value
        step, _, day = str(value).rpartition("=")
        if step.count("/") != 1:
            self.fail(f"{value} 应写成 i17/permit=2026-06-01 · write it so", param, ctx)
        return step, _Day().convert(day, param, ctx)


def _file(name: str, words: str) -> Callable[[F], F]:
    return click.option(f"--{name}", type=click.Path(path_type=Path), metavar="FILE", help=words)


@click.command(
    cls=Verb,
    examples=(
        "luoshi schedule plan.json --today 2026-03-01",
        "luoshi schedule plan.json --today 2026-03-01 --out 排期",
        "luoshi schedule plan.json --today 2026-03-01 --item i17",
        "luoshi schedule plan.json --today 2026-03-01 --progress 进展.csv --capacity 能力.csv --seconds 10",
        "luoshi schedule plan.json --today 2026-03-01 --move i17/permit=2026-06-01",
    ),
)
@click.argument("plan", type=click.Path(path_type=Path), metavar="PLAN", help="计划或报告 · a plan, or a report")
@click.option("--today", type=_Day(), required=True, metavar="DATE", help="以哪一天为今天 · the day to count from")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="结果写到文件夹 · a folder for the results")
@click.option("--json", "as_json", is_flag=True, help="只输出 JSON · print JSON and nothing else")
@click.option("--item", metavar="ID", help="只看这个事项，逐步说明 · one item, step by step")
@_file("progress", "进展表：哪些步骤已开始、办结 · steps begun and done")
@_file("capacity", "能力表：各单位能同时办几件 · how many steps a unit can do at once")
@_file("confirmed", "确认表：事项用哪套程序 · which procedure an item follows")
@_file("calendars", "单位日历：单位自己的办公、休息日 · units' own days on and off")
@click.option("--move", type=_Move(), metavar="STEP=DATE", multiple=True, help="若这一步不早于某日，什么会变 · what if")
@click.option(
    "--seconds", type=click.FloatRange(min=0), default=2.0, show_default=True, help="有能力表时最多找多久 · search time"
)
@click.option("--quiet", is_flag=True, help="不显示结果和提示 · no account, no hints")
def verb(
    *,
    plan: Path,
    today: date,
    out: Path | None,
    as_json: bool,
    item: str | None,
    move: tuple[tuple[str, date], ...],
    seconds: float,
    quiet: bool,
    **tables: Path | None,
) -> int:
    """从期限倒排、从今天顺排：每一步最迟哪天起步，来不来得及，卡在哪里。

    Works a plan backwards from its deadlines and forwards from a day: the latest start of every step, what is too late
    already, and why.
    """
    read = plan_of(plan)
    setting = _setting(tables)
    with _trying(seconds, limited=bool(setting.capacity)) as trying:
        found = schedule(read, today, setting, trying)
        _known(found, move)
        moved = schedule(read, today, _moved(setting, move), trying) if move else None
    if item is not None and item not in {one.id for one in found.items}:
        raise Unreadable([problem("S012", item=item)])
    if out is not None:
        write_folder(out, _files(moved or found))
    if as_json:
        sys.stdout.buffer.write((found if moved is None else moved).to_json(indent=2).encode("utf-8") + b"\n")
        sys.stdout.buffer.flush()
    elif not quiet:
        _tell(found, moved, item, out)
    return 0


def _tell(found: Schedule, moved: Schedule | None, item: str | None, out: Path | None) -> None:
    if moved is not None:
        show_moves(output(), moves(found, moved))
    elif item is not None:
        show_item(output(), found, item)
    else:
        show_schedule(output(), found)
    if out is not None:
        aside().print(f"已写出 · written: {out}", soft_wrap=True)


def _files(found: Schedule) -> dict[str, bytes]:
    tables = {f"{name}.csv": timetable_csv(found, name) for name in SHEETS[:3]}
    return {
        "schedule.json": (found.to_json(indent=2) + "\n").encode("utf-8"),
        "schedule.xlsx": timetable(found),
        **tables,
        "gantt-units.svg": gantt(found, "unit"),
        "gantt-chains.svg": gantt(found, "chain"),
        "schedule.ics": feed(found),
    }


def _setting(tables: dict[str, Path | None]) -> Setting:
    """The tables that were named, each of them or none. Raises Unreadable with every problem."""
    setting, problems = Setting(), list[Problem]()
    for kind in _TABLES:
        if (path := tables.get(kind)) is not None:
            known = know(setting, kind, bytes_of(path).decode("utf-8-sig", "replace"), path.name)
            setting = known.setting
            problems += known.problems
    if problems:
        raise Unreadable(problems)
    return setting


def _known(found: Schedule, move: tuple[tuple[str, date], ...]) -> None:
    """Stop where a step to be moved is none of the schedule. Raises Unreadable with every such step."""
    keys = [step.key for step in found.steps]
    unknown = [step for step, _ in move if step not in keys]
    if unknown:
        raise Unreadable([problem("S013", step=step, near=_near(step, keys)) for step in unknown])


def _near(step: str, keys: list[str]) -> str:
    """The steps that may have been meant, the most alike first: those of the item, else of all."""
    own = [key for key in keys if key.startswith(step.partition("/")[0] + "/")]
    return "、".join(get_close_matches(step, own or keys, n=_SHOWN, cutoff=0.0 if own else 0.6)) or "无"


def _moved(setting: Setting, move: tuple[tuple[str, date], ...]) -> Setting:
    progress = dict(setting.progress)
    for step, day in move:
        progress[step] = replace(progress.get(step, Progress()), earliest=day)
    return replace(setting, progress=progress)


@contextmanager
def _trying(seconds: float, *, limited: bool) -> Iterator[Trying]:
    """The search for as long as ``seconds`` allow, on every processor; without limits there is nothing to find."""
    if not limited or seconds <= 0:
        yield Trying()
        return
    workers, began = processors(), perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        effort = Effort(
            children=10**9, islands=workers, left=lambda: seconds - (perf_counter() - began), together=pool.map
        )
        yield Trying(effort, seconds, workers)
