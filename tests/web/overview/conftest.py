"""A site on the day after a unit reported, asked for help, and was chased."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from luoshi.store.moment import playing

if TYPE_CHECKING:
    from casting import Cast

DAY = date(2023, 6, 10)


@pytest.fixture
def site_day() -> date:
    return DAY


def play(cast: Cast) -> Cast:
    """Assigned, planned, reported with a request, accepted, and chased two days ago."""
    cast.assigned()
    nodes = [{"name": "道面完工", "day": "2023-06-15", "percent": "90"}]
    said = {
        "progress": "基层完成 800 米",
        "difficulties": "雨季",
        "cause": "weather",
        "next_step": "抢工",
        "ask": "请气象局逐日预报",
    }
    seen = [{"id": "s1", "kind": "site_check", "day": "2023-05-24", "place": "跑道北端"}]
    steps = (
        ("liaison", "sign", date(2023, 3, 2), {}),
        ("helper", "sign_too", date(2023, 3, 2), {}),
        ("liaison", "file_plan", date(2023, 3, 8), {"measures": "分两段摊铺", "nodes": nodes, "person": "王华"}),
        ("supervisor", "start", date(2023, 3, 9), {}),
        ("liaison", "report", date(2023, 5, 20), {"percent": 35, **said}),
        ("supervisor", "accept", date(2023, 5, 25), {"verified": 30, "evidence": seen}),
        ("supervisor", "remind", date(2023, 6, 8), {}),
    )
    for part, move, day, given in steps:
        with playing(_morning(day)):
            moved = cast.move(part, move, day, **given)
        assert moved.problems == (), (move, moved.problems)
    return cast


def _morning(day: date) -> object:
    from luoshi.web.rehearse.data import morning

    return morning(day)


@pytest.fixture
def played(cast: Cast) -> Cast:
    """The cast, played."""
    return play(cast)


@pytest.fixture
def lasting_play(lasting_cast: Cast) -> Cast:
    """The same, committed: a live site shows it."""
    return play(lasting_cast)
