"""Time without a clock: periods with precision and arithmetic, and days counted as natural, working or a unit's own."""

from luoshi.days.months import Months, Parts, months_in
from luoshi.days.period import Period
from luoshi.days.workdays import Announced, Workdays, announced

__all__ = ["Announced", "Months", "Parts", "Period", "Workdays", "announced", "months_in"]
