"""Shares that add up to 100.0 % whatever is counted."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.publish.papers.shares import shares

WHOLE = Decimal("100.0")


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_shares_add_up_to_a_hundred_or_nothing_was_counted(counts: list[int]) -> None:
    assert sum(shares(counts)) == (WHOLE if any(counts) else 0)


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=12))
def test_no_share_is_further_than_a_tenth_from_the_exact_one(counts: list[int]) -> None:
    whole = sum(counts)
    for count, share in zip(counts, shares(counts), strict=True):
        exact = Decimal(100 * count) / whole if whole else Decimal(0)
        assert abs(share - exact) < Decimal("0.1")


@given(st.lists(st.integers(0, 5000), min_size=2, max_size=12))
def test_more_of_something_never_has_the_smaller_share(counts: list[int]) -> None:
    found = sorted(zip(counts, shares(counts), strict=True))
    assert [share for _, share in found] == sorted(share for _, share in found)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((1, 1, 1), ("33.4", "33.3", "33.3")),
        ((17, 10, 24, 9, 162), ("7.7", "4.5", "10.8", "4.0", "73.0")),
        ((0, 0), ("0.0", "0.0")),
        ((5,), ("100.0",)),
        ((1, 999), ("0.1", "99.9")),
        ((0, 3, 0), ("0.0", "100.0", "0.0")),
    ],
)
def test_cases_worked_by_hand(counts: tuple[int, ...], told: tuple[str, ...]) -> None:
    assert tuple(map(str, shares(counts))) == told
