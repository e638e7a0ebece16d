"""The matter of the cast runs and is behind, on a site that lives on 20 May 2023."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from casting import Cast

DAY = date(2023, 5, 20)


@pytest.fixture
def site_day() -> date:
    return DAY


def run(cast: Cast) -> Cast:
    """The matter runs, has been reported on, and is late on its first node; its columns are those of 20 May."""
    node = [{"name": "初步设计批复", "day": "2023-04-10", "percent": "60"}]
    said = {"progress": "基层完成", "difficulties": "雨季影响", "next_step": "六月完工", "cause": "weather"}
    steps: tuple[tuple[str, str, date, dict[str, Any]], ...] = (
        ("liaison", "sign", date(2023, 3, 2), {}),
        ("liaison", "file_plan", date(2023, 3, 8), {"measures": "分两段", "nodes": node, "person": "王华"}),
        ("supervisor", "start", date(2023, 3, 9), {}),
        ("liaison", "report", date(2023, 5, 10), {"percent": 10, **said}),
        ("supervisor", "accept", DAY, {"verified": 0}),
    )
    return cast.walk(steps)


@pytest.fixture
def running(cast: Cast) -> Cast:
    """The cast with its matter running and behind."""
    cast.assigned()
    return run(cast)


@pytest.fixture
def lasting_run(lasting_cast: Cast) -> Cast:
    """The same, committed: a live site shows it."""
    lasting_cast.assigned()
    return run(lasting_cast)
