"""Time without a clock: periods with precision and arithmetic."""

from luoshi.days.months import Months, Parts, months_in

__all__ = ["Months", "Parts", "months_in"]
