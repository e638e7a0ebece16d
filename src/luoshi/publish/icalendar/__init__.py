"""The iCalendar feed of a schedule: deadlines, latest starts and finishes, as all-day entries (RFC 5545)."""

from luoshi.publish.icalendar.feed import feed

__all__ = ["feed"]
