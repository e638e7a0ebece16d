"""The iCalendar feed of a schedule: deadlines, latest starts and finishes, as all-day entries (RFC 5545)."""

from luoshi.publish.icalendar.feed import Due, due_days, feed

__all__ = ["Due", "due_days", "feed"]
