"""Exact numbers with units: Chinese numerals, 亿元 % 百分点 亩; ``Decimal``, never float."""

from luoshi.amounts.amount import SCALES, Amount, Unit, split, units
from luoshi.amounts.numerals import numeral, plain

__all__ = ["SCALES", "Amount", "Unit", "numeral", "plain", "split", "units"]
