"""Readings that disagree with each other are told, sound ones are left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_indicators import series

from luoshi.measure import consistency


def codes(*rows: str, unit: str = "亿元", growth: bool = False) -> list[tuple[str, int]]:
    found = consistency(series(*rows, unit=unit, growth=growth))
    return [(one.code, int(one.message.split("第 ")[1].split(" ")[0])) for one in found]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (("2019年 300", "2020年 320", "2021年 3400000", "2022年 360"), [("M009", 4)]),
        (("2019年 300", "2020年 32", "2021年 340"), [("M009", 3)]),
        (("2020年 300", "2021年 32000", "2022年 340"), [("M009", 3)]),
        (("2021年12月 300 时点", "2022年12月 30500000000 时点"), [("M009", 3)]),
        (("2018年 100", "2019年 104", "2020年 109", "2021年 113", "2022年 190"), [("M010", 6)]),
        (("2023年1—3月 30", "2023年1—6月 25"), [("M011", 3)]),
        (("2023年1月 10", "2023年2月 12", "2023年3月 11", "2023年1—3月 40"), [("M012", 5)]),
        (("2022年一季度 10 当期", "2022年二季度 12 当期", "2022年1—6月 22.4"), []),
        (("2022年一季度 10 当期", "2022年二季度 12 当期", "2022年1—6月 27"), [("M012", 4)]),
    ],
)
def test_what_disagrees_is_told_with_its_row(rows: tuple[str, ...], found: list[tuple[str, int]]) -> None:
    assert codes(*rows) == found


@pytest.mark.parametrize(
    "rows",
    [
        ("2018年 100", "2019年 104", "2020年 109", "2021年 113", "2022年 118"),
        ("2019年 300", "2020年 320", "2021年 3400000 断点"),
        ("2018年 100", "2019年 104", "2020年 109", "2021年 113", "2022年 190 断点"),
        ("2022年1—9月 90", "2022年 120", "2023年1—3月 28"),
        ("2021年 100", "2022年 230"),
        ("2020年 0", "2021年 5", "2022年 9"),
        ("2023年1月 10", "2023年2月 3", "2023年3月 25"),
        ("2022年12月 50 时点", "2023年9月 49 时点"),
    ],
)
def test_sound_readings_are_left_alone(rows: tuple[str, ...]) -> None:
    assert codes(*rows) == []


def test_rates_may_fall_and_change_sign() -> None:
    assert codes("2023年1—3月 6", "2023年1—6月 -5", unit="%", growth=True) == []


@given(
    st.lists(st.floats(0.97, 1.09), min_size=4, max_size=9), st.integers(50, 5000), st.data(),
    st.sampled_from([Decimal("0.0001"), Decimal(100), Decimal(1000), Decimal(10000)]),
)  # fmt: skip
def test_a_planted_slip_is_found_and_calm_series_are_not_accused(
    steps: list[float], start: int, data: st.DataObject, times: Decimal
) -> None:
    values, now = [], float(start)
    for step in steps:
        now *= step
        values.append(Decimal(f"{now:.2f}"))
    rows = [f"{2010 + at}年 {value}" for at, value in enumerate(values)]
    assert [code for code, _ in codes(*rows) if code != "M010"] == []
    at = data.draw(st.integers(1, len(values) - 1))
    rows[at] = f"{2010 + at}年 {values[at] * times:.6f}"
    assert ("M009", at + 2) in codes(*rows)
