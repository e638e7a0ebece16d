"""Short ways to write targets, series, tables and a plan, for the tests of measuring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.amounts import Amount
from luoshi.days import Months, months_in
from luoshi.measure import Reading, Series, Target

TODAY = date(2023, 10, 20)


def target(value: str | int = 100, **changes: Any) -> Target:
    """A target of 100 家 that add up over 2023, changed as the test wants."""
    made: dict[str, Any] = {
        "id": "f1", "name": "示例指标", "value": Decimal(value), "unit": "家", "nature": "flow", "better": "up",
        "period": Months.whole_year(2023), "names": ("f1", "示例指标"),
    }  # fmt: skip
    return Target(**made | changes)


def series(*rows: str, unit: str = "家", growth: bool = False, level: int = 3) -> Series:
    """``series("2023年1—9月 60", "2023年9月 61 时点", "2022年 80 断点")``."""
    readings = []
    for row in rows:
        when, value, *marks = row.split()
        period = months_in(when)
        assert period is not None, when
        cumulative = "当期" not in marks and period.from_january and period.count > 1
        scope = "point" if "时点" in marks else "cumulative" if cumulative or "累计" in marks else "single"
        readings.append(
            Reading(
                period, Amount(Decimal(value), unit), scope, level=level, broken="断点" in marks, row=len(readings) + 2
            )
        )  # fmt: skip
    return Series("示例指标", unit, tuple(readings), growth)


def table(text: str) -> list[Sequence[str]]:
    """A table from lines with ``|`` between cells."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


PLAN = {
    "format": "luoshi.plan/1",
    "document": {"title": "示例报告", "year": 2023, "term": ["2023-01-01", "2023-12-31"]},
    "figures": [
        {"id": "f1", "start": 0, "end": 4, "text": "30个", "value": "30", "unit": "个", "tense": "plan", "rule": "r",
         "indicator": {"text": "老旧小区", "start": 0, "end": 4, "name": "老旧小区", "code": "housing.old"}},
        {"id": "f2", "start": 5, "end": 9, "text": "6.5%以上", "value": "6.5", "unit": "%", "tense": "plan",
         "rule": "r", "measure": "growth", "direction": "up", "comparator": "ge",
         "indicator": {"text": "GDP", "start": 5, "end": 8, "name": "地区生产总值", "code": "gdp"}},
        {"id": "f3", "start": 10, "end": 14, "text": "4%以内", "value": "4", "unit": "%", "tense": "plan", "rule": "r",
         "comparator": "le", "indicator": {"text": "失业率", "start": 10, "end": 13}},
        {"id": "f4", "start": 15, "end": 18, "text": "5家", "value": "5", "unit": "家", "tense": "done", "rule": "r",
         "indicator": {"text": "已经引进", "start": 15, "end": 18}},
        {"id": "f5", "start": 20, "end": 24, "text": "150亿元", "value": "150", "unit": "亿元", "tense": "plan",
         "rule": "r",
         "indicator": {"text": "工业产值", "start": 20, "end": 24},
         "period": {"text": "到2025年", "start": 0, "end": 5, "from": "2021-01-01", "to": "2025-12-31",
                    "precision": "years"}},
    ],
}  # fmt: skip
