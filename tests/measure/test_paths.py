"""Paths: what should be reached by when; parts that add up to the whole."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_indicators import target

from luoshi.amounts import Amount
from luoshi.days import Months
from luoshi.measure import Path, Reading, added_up, broken_down, standing
from luoshi.measure.observed import Point

MARCH, JUNE, SEPTEMBER, YEAR = (Months(2023, 1, count) for count in (3, 6, 9, 12))
FIVE = Months(2021, 1, 60)


@pytest.mark.parametrize(
    ("path", "at", "value"),
    [
        (Path("linear", target()), MARCH, "25"),
        (Path("linear", target()), YEAR, "100"),
        (Path("linear", target(), base=Decimal(20)), JUNE, "60"),
        (Path("linear", target(80, better="down", nature="stock"), base=Decimal(100)), JUNE, "90"),
        (Path("linear", target(period=FIVE)), Months(2023, 1, 12), "60"),
        (Path("seasonal", target(), shape={3: Decimal("0.2"), 6: Decimal("0.5")}), MARCH, "20"),
        (Path("seasonal", target(), shape={6: Decimal("0.5")}), MARCH, "25"),
        (Path("seasonal", target(), shape={6: Decimal("0.4")}), SEPTEMBER, "70"),
        (Path("stepwise", target(), shape={6: Decimal("0.3"), 9: Decimal("0.8")}), SEPTEMBER, "80"),
        (Path("s_curve", target()), MARCH, "15.625"),
        (Path("s_curve", target()), JUNE, "50"),
        (Path("hold", target(95, nature="stock")), MARCH, "95"),
        (Path("ceiling", target(4, nature="stock", better="down")), MARCH, "4"),
        (Path("ceiling", target(12, better="down")), MARCH, "3"),
        (Path("rank", target(3, nature="rank", better="down"), base=Decimal(6)), JUNE, "5"),
        (Path("yesno", target(1, nature="yesno")), YEAR, "1"),
    ],
)
def test_what_should_be_reached(path: Path, at: Months, value: str) -> None:
    assert path.expected(at) == Decimal(value)


@pytest.mark.parametrize(
    ("path", "at"),
    [
        (Path("linear", target()), Months(2022, 12, 1)),
        (Path("stepwise", target(), shape={6: Decimal("0.3")}), MARCH),
        (Path("yesno", target(1, nature="yesno")), SEPTEMBER),
    ],
)
def test_nothing_is_asked_for_yet(path: Path, at: Months) -> None:
    assert path.expected(at) is None


amounts = st.decimals("0.01", "100000", places=2)
kinds = st.sampled_from(["linear", "s_curve", "seasonal", "stepwise"])
spans = st.sampled_from([Months(2023, 1, 12), FIVE, Months(2023, 4, 7), Months(2022, 10, 30)])
SHAPE = {3: Decimal("0.18"), 6: Decimal("0.46"), 9: Decimal("0.77")}


@given(kinds, amounts, amounts, spans)
def test_a_path_begins_at_its_start_ends_at_its_target_and_never_turns(
    kind: str, base: Decimal, value: Decimal, span: Months
) -> None:
    path = Path(kind, target(str(value), period=span, nature="stock"), base, SHAPE)  # type: ignore[arg-type]
    reached = [path.expected(one) for one in span.parts("month")]
    known = [base, *(one for one in reached if one is not None)]
    assert known[-1] == value
    if kind != "stepwise":
        assert known == sorted(known, reverse=base > value)


@given(kinds, amounts, spans, st.sampled_from(["month", "quarter", "half", "year"]), st.integers(0, 4))
def test_parts_add_up_to_the_target_exactly(kind: str, value: Decimal, span: Months, by: str, digits: int) -> None:
    path = Path(kind, target(str(value), period=span), shape=SHAPE)  # type: ignore[arg-type]
    parts = broken_down(path, by, digits=digits)  # type: ignore[arg-type]
    step = Decimal(1).scaleb(-digits)
    assert sum((part.amount for part in parts), Decimal(0)) == value.quantize(step, rounding="ROUND_HALF_EVEN")
    assert parts[-1].reached == sum((part.amount for part in parts), Decimal(0))
    before = Decimal(0)
    for part in parts:
        exact = path.expected(part.period)
        if exact is not None:
            assert abs(Fraction(part.amount) - (Fraction(exact) - Fraction(before))) < Fraction(step)
            before = exact


def test_years_quarters_and_months_agree_with_each_other() -> None:
    path = Path("linear", target("1000", period=FIVE))
    years = broken_down(path, "year")
    quarters = broken_down(path, "quarter")
    assert [part.amount for part in years] == [200] * 5
    assert sum(part.amount for part in quarters[:4]) == years[0].amount


def test_a_line_to_hold_has_no_parts() -> None:
    assert broken_down(Path("hold", target()), "month") == ()


@pytest.mark.parametrize(
    ("parts", "least", "wrong"), [([60, 40], True, 0), ([60, 50], True, 0), ([60, 50], False, 1), ([60, 30], True, 1)]
)
def test_parts_handed_down_are_checked(parts: list[int], least: bool, wrong: int) -> None:
    assert len(added_up("某指标", Decimal(100), [*map(Decimal, parts)], least=least)) == wrong


@pytest.mark.parametrize(
    ("line", "better", "value", "done"),
    [
        (4, "up", 5, 100),
        (4, "up", 3, 75),
        (4, "up", -1, 0),
        (0, "up", -1, 0),
        (0, "up", 0, 100),
        (4, "down", 4, 100),
        (4, "down", 5, 80),
        (0, "down", 5, 0),
        (-10, "down", -12, 100),
        (-10, "down", -8, 80),
        (-10, "down", 3, 0),
        (-4, "up", -5, 80),
    ],
)
def test_how_much_of_a_line_is_kept_is_a_ratio_and_nought_where_that_means_nothing(
    line: int, better: str, value: int, done: int
) -> None:
    reading = Reading(MARCH, Amount(Decimal(value), "%"))
    kept = standing(Path("hold", target(line, better=better, nature="rate")), Point(MARCH, Decimal(value), reading))
    assert (kept.scheduled, kept.done) == (100, done)


@pytest.mark.parametrize(("value", "done"), [(100, 100), (99, 0)])
def test_a_way_that_begins_at_its_target_is_done_or_not(value: int, done: int) -> None:
    reading = Reading(MARCH, Amount(Decimal(value), "家"))
    path = Path("linear", target(), base=Decimal(100))
    assert standing(path, Point(MARCH, Decimal(value), reading)).done == done


def test_nothing_is_scheduled_before_the_time_begins() -> None:
    before = Months(2022, 12, 1)
    reading = Reading(before, Amount(Decimal(3), "%"))
    now = standing(Path("hold", target(4, nature="rate")), Point(before, Decimal(3), reading))
    assert (now.scheduled, now.done, now.gap, now.ratio) == (None, None, None, None)
