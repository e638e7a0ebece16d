"""What a figure can be, given how it was written; arithmetic of such intervals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.check.intervals import Interval, in_base, short, written
from luoshi.plan import Figure


def figure(value: str, unit: str, comparator: str = "eq", value2: str | None = None) -> Figure:
    made = {"id": "f1", "start": 0, "end": 1, "text": "", "value": value, "unit": unit, "rule": "typed"}
    return Figure.model_validate({**made, "comparator": comparator, "value2": value2})


@pytest.mark.parametrize(
    ("value", "unit", "low", "high"),
    [
        ("460", "亿元", "455", "465"),
        ("460.0", "亿元", "459.95", "460.05"),
        ("463", "亿元", "462.5", "463.5"),
        ("20", "亿元", "19.5", "20.5"),
        ("1200", "亿元", "1150", "1250"),
        ("10", "%", "9.5", "10.5"),
        ("7.5", "%", "7.45", "7.55"),
        ("163", "件", "163", "163"),
        ("30.9", "万人", "30.85", "30.95"),
        ("56020", "元", "56015", "56025"),
        ("2.3", "倍", "2.25", "2.35"),
    ],
)
def test_a_figure_is_as_wide_as_it_was_rounded(value: str, unit: str, low: str, high: str) -> None:
    assert written(figure(value, unit)) == Interval(Decimal(low), Decimal(high))


def test_words_of_comparison_widen_or_open_it() -> None:
    assert written(figure("100", "亿元", "approx")) == Interval(Decimal(95), Decimal(105))
    assert written(figure("5", "%", "range", "6")) == Interval(Decimal("4.5"), Decimal("6.5"))
    for comparator in ("ge", "gt", "le", "lt"):
        assert written(figure("100", "亿元", comparator)) is None


def test_ratios_and_fractions_are_no_amounts() -> None:
    assert written(figure("1:2:3", "")) is None
    assert written(figure("2/3", "")) is None


def test_units_go_to_their_base_and_unknown_ones_nowhere() -> None:
    assert in_base(figure("46.0", "亿元")) == Interval(Decimal(4595000000), Decimal(4605000000))
    assert in_base(figure("46", "个某某")) is None


@given(*[st.decimals(1, 10**6, places=2)] * 2, *[st.decimals(0, 50, places=2)] * 2)
def test_what_the_numbers_give_lies_in_what_the_intervals_give(
    one: Decimal, two: Decimal, half: Decimal, other: Decimal
) -> None:
    first, second = Interval(one, one).wider(0, half), Interval(two, two).wider(0, other)
    assert Interval(one + two, one + two).meets(first + second)
    assert Interval(one - two, one - two).meets(first - second)
    ratio = first.over(second)
    assert ratio is not None
    assert ratio.low <= one / two <= ratio.high


def test_a_root_undoes_a_power() -> None:
    rate = Interval(Decimal("1.61051"), Decimal("1.61051")).root(5).shifted(-1).scaled(100)
    assert short(rate.low) == "10"


def test_nothing_is_divided_by_what_may_be_nought() -> None:
    assert Interval(Decimal(1), Decimal(2)).over(Interval(Decimal(0), Decimal(1))) is None


@pytest.mark.parametrize(
    ("value", "shown"), [("0", "0"), ("1234.56", "1235"), ("0.012345", "0.01234"), ("4374", "4374")]
)
def test_computed_numbers_are_shown_with_four_digits(value: str, shown: str) -> None:
    assert short(Decimal(value)) == shown
