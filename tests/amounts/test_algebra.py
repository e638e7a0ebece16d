"""Amounts by what their units mean: sums, products, comparisons, what is refused; pint as the oracle."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.amounts import Amount, Incompatible


def amount(text: str) -> Amount:
    """``460亿元`` → an amount."""
    digits = text.rstrip("".join(char for char in text if not (char.isdigit() or char in "-.")))
    return Amount(Decimal(digits), text.removeprefix(digits))


@pytest.mark.parametrize(
    ("given_", "into", "said"),
    [
        ("460亿元", "万元", "4600000"),
        ("15万人", "人", "150000"),
        ("3亩", "平方米", "2000"),
        ("15亩", "公顷", "1"),
        ("1公顷", "平方米", "10000"),
        ("1平方公里", "亩", "1500"),
        ("1.5吨", "公斤", "1500"),
        ("2万斤", "吨", "10"),
        ("95%", "‰", "950"),
        ("2倍", "%", "200"),
        ("6万元/亩", "元/平方米", "90"),
        ("0.5吨标准煤/万元", "吨标准煤/元", "0.00005"),
        ("12公里", "米", "12000"),
        ("7人", "人", "7"),
    ],
)
def test_a_conversion_is_exact(given_: str, into: str, said: str) -> None:
    assert amount(given_).to(into) == Amount(amount(given_).to(into).value, into)
    assert amount(given_).to(into).value == Decimal(said)


@pytest.mark.parametrize(
    ("left", "sign", "right", "said"),
    [
        ("460亿元", "+", "5000万元", "460.5亿元"),
        ("460亿元", "-", "5000万元", "459.5亿元"),
        ("7%", "-", "6.5%", "0.5百分点"),
        ("6.5%", "+", "0.5个百分点", "7%"),
        ("6.5%", "-", "0.5百分点", "6%"),
        ("40%", "+", "35%", "75%"),
        ("460亿元", "*", "7%", "32.2亿元"),
        ("7%", "*", "460亿元", "32.2亿元"),
        ("3倍", "*", "20万人", "60万人"),
        ("460亿元", "/", "230亿元", "2"),
        ("46亿元", "/", "10万人", "46000元/人"),
        ("90亿元", "/", "6亩", "2250000元/平方米"),
        ("46000元/人", "*", "10万人", "4600000000元"),
    ],
)
def test_sums_and_products(left: str, sign: str, right: str, said: str) -> None:
    one, other = amount(left), amount(right)
    made = {"+": one.__add__, "-": one.__sub__, "*": one.__mul__, "/": one.__truediv__}[sign](other)
    assert made.value == amount(said).value
    assert made.unit == amount(said).unit


@pytest.mark.parametrize(
    ("left", "sign", "right", "why"),
    [
        ("460亿元", "+", "15万人", "不能相加减"),
        ("460亿元", "+", "7%", "不能相加减"),
        ("5亿元", "+", "5亿美元", "不能相加减"),
        ("5吨标准煤", "+", "5千瓦时", "不能相加减"),
        ("0.5百分点", "+", "7%", "不能相加减"),
        ("0.5百分点", "*", "5亿元", "百分点"),
        ("5亿元", "*", "1番", "翻番"),
        ("5亿元", "*", "5亿元", "没有"),
        ("5亿元", "+", "5呎", "不认识单位"),
        ("5‰", "-", "4‰", "先换成百分数"),
    ],
)
def test_what_does_not_go_together_is_refused_with_a_reason(left: str, sign: str, right: str, why: str) -> None:
    one, other = amount(left), amount(right)
    with pytest.raises(Incompatible, match=why):
        _ = one + other if sign == "+" else one - other if sign == "-" else one * other


def test_amounts_compare_by_meaning_and_are_equal_as_written() -> None:
    assert amount("4600万元") < amount("1亿元") <= amount("10000万元")
    assert not amount("1亿元") < amount("10000万元")
    assert amount("1亿元") != amount("10000万元")
    with pytest.raises(Incompatible):
        _ = amount("1亿元") < amount("1万人")


@cache
def registry() -> pint.UnitRegistry:
    """The same units for pint, defined from scratch."""
    known = pint.UnitRegistry(None, non_int_type=Decimal)
    known.define("yuan = [money]")
    known.define("wanyuan = 10000 * yuan")
    known.define("yiyuan = 100000000 * yuan")
    known.define("ren = [people]")
    known.define("wanren = 10000 * ren")
    known.define("metre = [length]")
    known.define("kilometre = 1000 * metre")
    known.define("tonne = 1000 * kilo")
    known.define("kilo = [mass]")
    return known


UNITS = {
    "元": "yuan", "万元": "wanyuan", "亿元": "yiyuan", "人": "ren", "万人": "wanren", "米": "metre",
    "公里": "kilometre", "吨": "tonne", "公斤": "kilo",
}  # fmt: skip
values = st.decimals("0.01", "99999", places=2)
names = st.sampled_from(sorted(UNITS))


@given(values, names, values, names)
def test_sums_and_quotients_are_what_pint_says(one: Decimal, unit: str, two: Decimal, other: str) -> None:
    mine, theirs = Amount(one, unit), one * registry()(UNITS[unit])
    mine_too, theirs_too = Amount(two, other), two * registry()(UNITS[other])
    try:
        added = (theirs + theirs_too).to(UNITS[unit]).magnitude
    except pint.DimensionalityError:
        with pytest.raises(Incompatible):
            _ = mine + mine_too
    else:
        assert (mine + mine_too).value == added
        assert (mine < mine_too) == (theirs < theirs_too)
        assert abs((mine / mine_too).value - (theirs / theirs_too).to("").magnitude) < Decimal("1e-15")


@given(values, names, values, names)
def test_a_sum_taken_back_is_the_amount_again(one: Decimal, unit: str, two: Decimal, other: str) -> None:
    mine, more = Amount(one, unit), Amount(two, other)
    try:
        made = mine + more
    except Incompatible:
        return
    assert (made - more).value == one
    assert made.unit == unit
