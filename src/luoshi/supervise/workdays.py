"""Working days as supervision needs them: one question asked of a calendar, and the counting that follows from it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

_DAY = timedelta(days=1)
_LONGEST_REST = 60  # natural days; no calendar rests longer


class WorkingDays(Protocol):
    """A calendar that knows which days are worked. ``is_workday`` may be answered from any table of holidays."""

    def is_workday(self, day: date) -> bool:
        """Whether ``day`` is a working day."""
        ...


def on_or_after(calendar: WorkingDays, day: date) -> date:
    """The first working day that is not before ``day``."""
    return _walk(calendar, day, _DAY)


def on_or_before(calendar: WorkingDays, day: date) -> date:
    """The last working day that is not after ``day``."""
    return _walk(calendar, day, -_DAY)


def next_working(calendar: WorkingDays, day: date) -> date:
    """The first working day after ``day``."""
    return on_or_after(calendar, day + _DAY)


def add_working(calendar: WorkingDays, day: date, count: int) -> date:
    """The day ``count`` working days after ``day`` (which need not be worked itself); ``count`` 0 is ``day``."""
    for _ in range(count):
        day = next_working(calendar, day)
    return day


def _walk(calendar: WorkingDays, day: date, step: timedelta) -> date:
    for _ in range(_LONGEST_REST):
        if calendar.is_workday(day):
            return day
        day += step
    raise ValueError(f"no working day within {_LONGEST_REST} days of {day}: the calendar rests for ever")
