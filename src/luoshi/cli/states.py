"""What the verbs of supervision share: the plan or report and the file of states they are given."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from luoshi.door import bytes_of, open_report
from luoshi.plan import Plan
from luoshi.supervise import Docket, profiles
from luoshi.supervise.lights import DEFAULT

plan = click.argument(
    "plan",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="计划（luoshi read --out 写出的 .json）或报告 · a plan (.json of luoshi read --out) or a report",
)
today = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="当作哪一天，默认今天 · the day, today if not given",
)
items = click.option(
    "--items", type=click.Path(path_type=Path), metavar="FILE", help="事项状态（JSON） · the states of the items"
)
SAME_PROFILE = {
    "guangyuan": "guangyuan-2018", "sanya": "sanya-2022", "sanya-district": "sanya-2022-districts",
    "xuancheng-strict": "xuancheng-2020", "yichang": "yichang-2015", "yinchuan": "yinchuan-2025",
    "zaozhuang": "zaozhuang-2023",
}  # fmt: skip


class _Profile(click.Choice[str]):
    """A profile of lights by its name; the names that ``luoshi measure`` goes by are understood too."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(SAME_PROFILE.get(value, value), param, ctx)


profile = click.option(
    "--profile", type=_Profile(sorted(profiles())), default=DEFAULT, show_default=True, help="亮灯规则 · the lights"
)


def day_of(given: datetime | None) -> date:
    """The day that was given, or the day where the person sits."""
    return given.date() if given else date.today()  # noqa: DTZ011


def plan_of(path: Path) -> Plan:
    """The plan in a .json file; any other file is a report, and is read. Raises :class:`luoshi.Unreadable`."""
    return Plan.from_json(bytes_of(path)) if path.suffix.lower() == ".json" else open_report(path).plan


def docket_of(path: Path | None) -> Docket | None:
    """The states in the file, if one was given. Raises :class:`luoshi.Unreadable`."""
    return None if path is None else Docket.from_json(bytes_of(path))
