<<<<<<< HEAD
"""Time without a clock: periods, and days counted as natural, working or a unit's own."""

from luoshi.days.period import Period
from luoshi.days.workdays import Workdays

__all__ = ["Period", "Workdays"]
=======
"""Time without a clock: periods with precision and arithmetic."""

from luoshi.days.months import Months, Parts, months_in

__all__ = ["Months", "Parts", "months_in"]
>>>>>>> main
