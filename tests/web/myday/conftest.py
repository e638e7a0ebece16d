"""The item of the cast played to a reminder, and the day on which that is."""

from played import lasting_play, played, site_day

__all__ = ["lasting_play", "played", "site_day"]
