"""Entering readings through the pages of an indicator: what the tests of indicators share."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.test import Client

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.store.models import Person

Enter = Callable[["Person"], Client]
TARGET, NAME = "f132", "重点项目"  # 安排重点项目92个, of the item i19; f120 has no item
INVEST = "f133"  # 年度投资185亿元, of an item without a lead


def address(cast: Cast, target: str = TARGET, more: str = "") -> str:
    assert cast.report is not None
    return f"/indicators/{cast.report.pk}/{target}/{more}"


def reading(period: str = "2023年1—9月", value: str = "70", **more: Any) -> dict[str, Any]:
    said = {
        "period": period,
        "value": value,
        "unit": "个",
        "level": "2",
        "openness": "internal",
        "source": "发改局月报",
    }
    return {**said, "source": "发改局月报", **more}


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())
