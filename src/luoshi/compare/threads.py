"""Which promises of different years are one story: the same indicator, project or title under the same key."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from luoshi.compare.names import bare, told_apart
from luoshi.compare.pledges import Pledge

_ONE_STORY = 86


class Threads:
    """Gives promises the key of their story; the first name of a story is its key."""

    def __init__(self) -> None:
        self._known: dict[str, list[str]] = {}

    def of(self, pledge: Pledge) -> str:
        """The key: code and measure where the catalogue knows the indicator, else kind and the first name like it."""
        reading = pledge.reading
        if reading and reading.code:
            return f"{reading.code}:{reading.figure.measure}"
        group = f"{reading.figure.measure}" if reading else pledge.kind
        return f"{self._first(group, bare(pledge.name))}:{group}"

    def _first(self, group: str, name: str) -> str:
        known = self._known.setdefault(group, [])
        near = process.extract(name, known, scorer=fuzz.ratio, score_cutoff=_ONE_STORY, limit=3)
        for other, _, _ in near:
            if not told_apart(name, other):
                return other
        known.append(name)
        return name
