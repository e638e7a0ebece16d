"""Numbers and units: exact decimals, Chinese numerals, unit algebra."""

from luoshi.amounts.algebra import Incompatible
from luoshi.amounts.amount import SCALES, Amount, Unit, split, units
from luoshi.amounts.numerals import numeral, plain

__all__ = ["SCALES", "Amount", "Incompatible", "Unit", "numeral", "plain", "split", "units"]
