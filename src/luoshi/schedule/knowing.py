"""What a district knows beside the plan, from its own tables: progress, capacity, procedures, calendars."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from io import StringIO
from typing import Any

from luoshi.days import Workdays
from luoshi.problems import Problem, problem
from luoshi.schedule.drafting import Progress, Setting
from luoshi.schedule.procedures import templates

Row = dict[str, str]
HEADS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "progress": {
        "step": ("step", "步骤", "步骤编号"),
        "started": ("started", "开始", "实际开始"),
        "finished": ("finished", "办结", "实际办结"),
        "days": ("days", "天数"),
        "earliest": ("earliest", "不早于"),
    },
    "capacity": {"unit": ("unit", "单位"), "places": ("places", "件数", "同时办理件数")},
    "confirmed": {"item": ("item", "事项", "编号", "事项编号"), "procedure": ("procedure", "程序")},
    "calendars": {"unit": ("unit", "单位"), "day": ("day", "日期"), "open": ("open", "办公")},
}
_YES, _NO = ("1", "是", "yes", "true", "上班"), ("0", "否", "no", "false", "休息")


@dataclass(frozen=True, slots=True)
class Known:
    """The setting with a table added to it, and what is wrong with the table (then the setting is as it was)."""

    setting: Setting
    problems: tuple[Problem, ...] = ()


def know(setting: Setting, kind: str, text: str, name: str = "") -> Known:
    """Add the CSV table ``text`` (from the file ``name``) of ``kind``, one of :data:`HEADS`, to ``setting``.

    Heads are Chinese or English. S010 for each row that cannot be used, S009 where a column is missing; then nothing
    of the table is used.
    """
    rows, problems = _rows(kind, text, name)
    if problems:
        return Known(setting, problems)
    table: dict[str, Any] = {}
    faults = []
    for nth, row in rows:
        try:
            _READERS[kind](table, row)
        except (ValueError, KeyError) as error:
            faults.append(problem("S010", name=name, row=nth, detail=str(error).strip("'")))
    if faults:
        return Known(setting, tuple(faults))
    return Known(_with(setting, kind, table))


def _rows(kind: str, text: str, name: str) -> tuple[list[tuple[int, Row]], tuple[Problem, ...]]:
    reader = csv.reader(StringIO(text.lstrip("\ufeff")))
    lines = [line for line in reader if any(cell.strip() for cell in line)]
    heads = [cell.strip() for cell in lines[0]] if lines else []
    places = {key: next((heads.index(n) for n in names if n in heads), -1) for key, names in HEADS[kind].items()}
    needed = list(HEADS[kind])[: 1 if kind == "progress" else 2]
    missing = [HEADS[kind][key][1] for key in needed if places[key] < 0]
    if missing:
        return [], (problem("S009", name=name, columns="、".join(missing)),)
    return [(nth, _row(line, places)) for nth, line in enumerate(lines[1:], 2)], ()


def _row(line: list[str], places: Mapping[str, int]) -> Row:
    return {key: line[at].strip() if 0 <= at < len(line) else "" for key, at in places.items()}


def _progress(table: dict[str, Any], row: Row) -> None:
    if row["step"].count("/") != 1:
        raise ValueError(f"步骤应写成“事项编号/步骤”，如 i17/permit，不是“{row['step']}”")
    started, finished, earliest = (_day(row[key]) for key in ("started", "finished", "earliest"))
    days = int(row["days"]) if row["days"] else None
    if days is not None and days < 0:
        raise ValueError(f"天数 {days} 小于 0")
    if started and finished and finished < started:
        raise ValueError(f"办结 {finished} 早于开始 {started}")
    table[row["step"]] = Progress(started, finished, days, earliest)


def _capacity(table: dict[str, Any], row: Row) -> None:
    places = int(row["places"])
    if places < 1 or not row["unit"]:
        raise ValueError(f"同时办理的件数要大于 0，不是“{row['places']}”")
    table[row["unit"]] = places


def _confirmed(table: dict[str, Any], row: Row) -> None:
    known = {template.name: template.id for template in templates()} | {one.id: one.id for one in templates()}
    if row["procedure"] not in known:
        raise ValueError(f"没有程序“{row['procedure']}”，有：{'、'.join(one.name for one in templates())}")
    table[row["item"]] = known[row["procedure"]]


def _calendar(table: dict[str, Any], row: Row) -> None:
    day, said = _day(row["day"]), row["open"].lower()
    if day is None or said not in (*_YES, *_NO, ""):
        raise ValueError(f"看不懂“{row['day']}”“{row['open']}”：日期写成 2026-05-01，办公写“是”或“否”")
    table.setdefault(row["unit"], ([], []))[said in _YES].append(day)


_READERS: Mapping[str, Callable[[dict[str, Any], Row], None]] = {
    "progress": _progress,
    "capacity": _capacity,
    "confirmed": _confirmed,
    "calendars": _calendar,
}


def _day(text: str) -> date | None:
    """A day written 2026-05-01, 2026/5/1 or 2026.5.1. Raises ValueError where it is none."""
    if not text:
        return None
    parts = text.replace("/", "-").replace(".", "-").split("-")
    if len(parts) != 3:
        raise ValueError(f"日期“{text}”应写成 2026-05-01")
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        raise ValueError(f"没有“{text}”这一天") from None


def _with(setting: Setting, kind: str, table: dict[str, Any]) -> Setting:
    if kind == "calendars":
        table = {unit: Workdays.china().own(off=off, on=on) for unit, (off, on) in table.items()}
    changes: dict[str, Any] = {kind: {**getattr(setting, kind), **table}}
    return replace(setting, **changes)
