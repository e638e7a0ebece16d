"""The forecast: what it says about simple series, that its table is whole, and what it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.measure import forecast
from luoshi.measure.forecast import FARTHEST, FEWEST, drift, errors

STEADY = [100.0, 110.0, 120.0, 130.0, 140.0, 150.0]
NOISY = [100.0, 130.0, 95.0, 140.0, 90.0, 105.0]


def test_a_steady_series_goes_on_damped() -> None:
    middle, scale = drift(STEADY, 1)
    assert (middle, scale) == (pytest.approx(159), 10)
    assert drift(STEADY, 3)[0] == pytest.approx(150 + 10 * (0.9 + 0.81 + 0.729))


def test_a_noisy_series_is_not_believed() -> None:
    assert abs(drift(NOISY, 1)[0] - 105) < 2


def test_recent_years_weigh_more() -> None:
    late = [100.0, 101, 102, 103, 110, 118]
    early = [100.0, 108, 115, 116, 117, 118]
    assert drift(late, 1)[0] > drift(early, 1)[0]


@pytest.mark.parametrize(
    ("values", "years"), [(STEADY[:4], 1), (STEADY, 0), (STEADY, FARTHEST + 1), ([7.0] * 9, 1), ([0.0] * 9, 1)]
)
def test_where_nothing_sound_can_be_said_there_is_none(values: list[float], years: int) -> None:
    assert forecast(values, years) is None
    assert FEWEST == 5


def test_the_table_of_errors_is_whole_and_in_order() -> None:
    table = errors()
    lengths = {length for length, _ in table}
    assert min(lengths) == FEWEST
    assert set(table) == {(length, years) for length in lengths for years in range(1, FARTHEST + 1)}
    assert all(list(row) == sorted(row) and len(row) == 39 for row in table.values())
    assert all(row[3] < 0 < row[-4] for row in table.values())


series = st.lists(st.floats(-1e6, 1e6), min_size=5, max_size=40)
years = st.integers(1, FARTHEST)


@given(series, years)
def test_a_range_holds_its_middle_and_chances_fall_with_the_target(values: list[float], ahead: int) -> None:
    made = forecast(values, ahead)
    if made is None:
        return
    assert made.low < made.high
    targets = [made.middle + made.scale * step for step in (-20, -2, -1, 0, 1, 2, 20)]
    chances = [made.chance(one) for one in targets]
    assert chances == sorted(chances, reverse=True)
    assert all(0 < chance < 1 for chance in chances)
    assert made.chance(made.low) == pytest.approx(0.9, abs=1e-9)
    assert made.chance(made.high) == pytest.approx(0.1, abs=1e-9)
    assert made.chance(targets[2]) + made.chance(targets[2], up=False) == pytest.approx(1)


@given(series, years, st.floats(0.001, 1000))
def test_another_unit_changes_no_chance(values: list[float], ahead: int, times: float) -> None:
    here, there = forecast(values, ahead), forecast([value * times for value in values], ahead)
    # Changes that are a billionth of the values are lost in the rounding of the values themselves.
    if here is not None and there is not None and here.scale > 1e-6 * max(map(abs, values)):
        target = here.middle + here.scale / 3
        assert there.chance(target * times) == pytest.approx(here.chance(target), abs=1e-6)
        assert there.low == pytest.approx(here.low * times, rel=1e-6, abs=1e-6 * here.scale * times)


@given(series, st.floats(-1e5, 1e5))
def test_moving_a_series_up_moves_its_forecast(values: list[float], more: float) -> None:
    here, there = drift(values, 2)[0], drift([value + more for value in values], 2)[0]
    assert there - here == pytest.approx(more, abs=1e-3)
