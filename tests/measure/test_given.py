"""A table of paths: what is understood, what is left out and named."""

from __future__ import annotations

from decimal import Decimal

import pytest
from made_indicators import table

from luoshi.days import Months
from luoshi.measure import Given, given

HEAD = "指标 | 路径 | 起点 | 方向 | 性质 | 节点 | 应达到"


def said(*rows: str):
    return given(table("\n".join((HEAD, *rows))))


def test_a_row_says_the_way_and_more_rows_its_steps() -> None:
    found, wrong = said(
        "垃圾分类 | 分步 | 10 | 越高越好 | 累计量 | 2023年6月 | 40", "垃圾分类 | | | | | 2023年9月 | 1,080",
        "信访件 | 上限 | | 越低越好", "  |  | ",
    )  # fmt: skip
    assert wrong == ()
    assert found["垃圾分类"] == Given(
        "stepwise", Decimal(10), "up", "flow",
        ((Months(2023, 6, 1), Decimal(40)), (Months(2023, 9, 1), Decimal(1080))),
    )  # fmt: skip
    assert found["信访件"] == Given("ceiling", None, "down")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("甲 | 螺旋", "M019"),
        ("甲 | 直线 | 很多", "M002"),
        ("甲 | 分步 | | | | 2023年6月 | 很多", "M002"),
        ("甲 | 分步 | | | | 夏天 | 40", "M003"),
        ("甲 | 直线 | NaN", "M002"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(row: str, code: str) -> None:
    found, wrong = said("乙 | 直线", row)
    assert [one.code for one in wrong] == [code]
    assert "第 3 行" in wrong[0].message
    assert list(found) == ["乙"]


def test_a_table_without_names_is_refused() -> None:
    assert [one.code for one in given([])[1]] == ["M001"]
    assert [one.code for one in given(table("甲 | 乙"))[1]] == ["M001"]
