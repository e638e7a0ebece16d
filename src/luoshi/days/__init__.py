"""Time without a clock: periods with precision and arithmetic."""

from luoshi.days.period import Parts, Period, period

__all__ = ["Parts", "Period", "period"]
