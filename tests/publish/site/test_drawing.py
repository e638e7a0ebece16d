"""Pictures of indicators: every value is where the axis says it is, and nothing is drawn outside of the picture."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.publish.indicators.chart import Chart
from luoshi.publish.site.drawing import BOTTOM, LEFT, RIGHT, TOP, picture, spark

TODAY = date(2023, 6, 30)
DAYS = st.dates(date(2021, 1, 1), date(2025, 12, 31))
VALUES = st.decimals(-10_000, 10_000, allow_nan=False, allow_infinity=False, places=2)


def chart(*values: str, target: str = "100", year: int = 2023) -> Chart:
    months = (3, 6, 9, 12)
    readings = tuple((date(year, months[at], 28), Decimal(value)) for at, value in enumerate(values))
    return Chart("就业", "人", ((date(year, 1, 1), Decimal(0)), (date(year, 12, 31), Decimal(target))), readings, (),
                 (date(year, 12, 31), Decimal(target)), TODAY, sure=True, text="说明")  # fmt: skip


def points(said: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", said)]


def test_values_lie_on_the_axis_where_their_numbers_say() -> None:
    made = picture(chart("20", "40", "60"))
    ticks = {text: y for y, text in made.ticks}
    for (_, y, value), tick in zip(made.dots, ("20", "40", "60"), strict=True):
        assert value == tick
        assert y == pytest.approx(ticks[tick], abs=0.2)
    assert made.target == pytest.approx(ticks["100"], abs=0.2)


def test_more_is_higher_and_later_is_further_right() -> None:
    made = points(picture(chart("10", "30", "80")).readings)
    assert [x for x, _ in made] == sorted(x for x, _ in made)
    assert [y for _, y in made] == sorted((y for _, y in made), reverse=True)


def test_within_a_year_the_axis_has_quarters_and_over_years_it_has_years() -> None:
    assert [text for _, text in picture(chart("10", "30")).days] == ["3月", "6月", "9月", "12月"]
    long = Chart("产值", "亿元", (), tuple((date(year, 12, 31), Decimal(year)) for year in range(2014, 2023)), (),
                 (date(2025, 12, 31), Decimal(2030)), TODAY, sure=True, text="")  # fmt: skip
    years = [text for _, text in picture(long).days]
    assert "2025年" in years
    assert len(years) <= 7


def test_today_is_marked_only_where_it_is_within() -> None:
    assert picture(chart("10")).today is not None
    assert picture(chart("10", year=2020)).today is None


def test_a_range_is_one_shape_from_the_last_reading() -> None:
    base = chart("20", "40")
    band = ((date(2023, 6, 28), Decimal(40), Decimal(40), Decimal(40)), (date(2023, 12, 31), Decimal(70), Decimal(80),
                                                                       Decimal(95)))  # fmt: skip
    made = picture(Chart(base.title, base.unit, base.path, base.readings, band, base.target, TODAY, sure=True, text=""))
    shape = points(made.band)
    assert len(shape) == 4
    assert shape[0] == shape[3] == points(made.readings)[-1]


@given(st.lists(st.tuples(DAYS, VALUES), min_size=1, max_size=12), st.tuples(DAYS, VALUES))
def test_whatever_is_drawn_is_within_the_picture(
    readings: list[tuple[date, Decimal]], target: tuple[date, Decimal]
) -> None:
    drawn = Chart("名", "", (), tuple(sorted(readings)), (), target, TODAY, sure=True, text="")
    made = picture(drawn)
    assert all(LEFT <= x <= RIGHT and TOP - 0.1 <= y <= BOTTOM + 0.1 for x, y in points(made.readings))
    assert TOP - 0.1 <= made.target <= BOTTOM + 0.1
    assert all(TOP - 0.1 <= y <= BOTTOM + 0.1 for y, _ in made.ticks)
    small = spark(drawn)
    assert all(0 <= x <= 240 and 0 <= y <= 48 for x, y in points(small.readings))


@pytest.mark.parametrize("value", ["0", "-5", "0.001", "123456789"])
def test_one_value_that_is_the_target_can_be_drawn(value: str) -> None:
    one = Chart("名", "", (), ((TODAY, Decimal(value)),), (), (TODAY, Decimal(value)), TODAY, sure=True, text="")
    assert len(picture(one).dots) == 1
