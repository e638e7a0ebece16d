"""The whole sentence around a place in the text, in the report's own words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from luoshi.source import Document, view

_STOP = re.compile(r"[。!?;]+[”’」』)》]*|\n")


class Sentences:
    """Sentences of a document, split after 。！？； and at line ends that are not those of a page or column."""

    def __init__(self, document: Document) -> None:
        seen = view(document.text)
        self._places = [seen.offset(at) for at in range(len(seen.text))]
        self._text = "".join(document.text[place] for place in self._places)
        self._ends = [found.end() for found in _STOP.finditer(seen.text)]

    def around(self, start: int, end: int) -> str:
        """The sentence that holds ``text[start:end]``; several where it runs over more than one."""
        first, last = bisect_left(self._places, start), bisect_left(self._places, end) - 1
        return self._text[self._start(first) : self._end(max(first, last))].strip()

    def of(self, stretches: Iterable[tuple[int, int]]) -> str:
        """The sentences that hold ``stretches``, each once, one a line."""
        return "\n".join(dict.fromkeys(filter(None, (self.around(*stretch) for stretch in stretches))))

    def _start(self, at: int) -> int:
        before = bisect_right(self._ends, at)
        return self._ends[before - 1] if before else 0

    def _end(self, at: int) -> int:
        after = bisect_right(self._ends, at)
        return self._ends[after] if after < len(self._ends) else len(self._text)
