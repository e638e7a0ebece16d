"""Time without a clock: periods, and days counted as natural, working or a unit's own."""

from luoshi.days.period import Period
from luoshi.days.workdays import Workdays

__all__ = ["Period", "Workdays"]
