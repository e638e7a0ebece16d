"""Somebody who enters, the item of the cast played to a reminder, and the day on which that is."""

from played import enter, lasting_play, on_the_day, played

__all__ = ["enter", "lasting_play", "on_the_day", "played"]
