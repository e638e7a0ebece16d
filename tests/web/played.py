"""The item of the cast played to where there is something to see."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from casting import Cast

DAY = date(2023, 5, 20)


@pytest.fixture
def site_day() -> date:
    """A little after the moves of the cast."""
    return DAY


def play(cast: Cast) -> Cast:
    """From assigning to a report that the office has looked at, a slip, and a request for a later date."""
    node = [
        {"name": "初步设计批复", "day": "2023-04-10", "percent": "30"},
        {"name": "道面完工", "day": "2023-06-15", "percent": "90"},
    ]
    proof: list[dict[str, Any]] = [
        {"id": "p1", "kind": "papers", "day": "2023-04-20", "note": "监理月报", "openness": "internal"}
    ]
    seen: list[dict[str, Any]] = [{"id": "s1", "kind": "site_check", "day": "2023-04-25", "place": "跑道北端"}]
    said = {
        "progress": "基层完成 800 米",
        "difficulties": "雨季影响摊铺",
        "next_step": "6 月 10 日前完成面层",
        "cause": "weather",
        "ask": "请区气象局提供逐日预报",
    }
    asks = {"request": "extend", "due": "2023-07-31", "reason": "三月连阴雨", "progress": "基层完成 800 米"}
    steps: tuple[tuple[str, str, date, dict[str, Any]], ...] = (
        ("liaison", "sign", date(2023, 3, 2), {}),
        ("helper", "sign_too", date(2023, 3, 2), {}),
        ("liaison", "file_plan", date(2023, 3, 8), {"measures": "分两段摊铺", "nodes": node, "person": "王华"}),
        ("supervisor", "start", date(2023, 3, 9), {}),
        ("liaison", "report", date(2023, 4, 20), {"percent": 35, "evidence": proof, **said}),
        ("supervisor", "accept", date(2023, 4, 25), {"verified": 30, "evidence": seen}),
        ("supervisor", "confirm_node", date(2023, 4, 26), {"node": "初步设计批复", "met_on": "2023-04-25"}),
        ("liaison", "request_change", date(2023, 5, 4), asks),
        ("supervisor", "check_change", date(2023, 5, 5), {"note": "情况属实"}),
        ("leader", "grant_change", date(2023, 5, 8), {}),
        ("supervisor", "remind", date(2023, 5, 16), {}),
    )  # fmt: skip
    return cast.walk(steps)


@pytest.fixture
def played(cast: Cast) -> Cast:
    """The cast, with its item played to a reminder."""
    cast.assigned()
    return play(cast)


@pytest.fixture
def lasting_play(lasting_cast: Cast) -> Cast:
    """The same, committed: a live site shows it."""
    lasting_cast.assigned()
    return play(lasting_cast)
