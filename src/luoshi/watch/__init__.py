"""The clock of a site: one pass finds what is due, keeps the lights, writes the digests, and sends what waits."""

from luoshi.watch.digests import digests
from luoshi.watch.passing import Passed, tick

__all__ = ["Passed", "digests", "tick"]
