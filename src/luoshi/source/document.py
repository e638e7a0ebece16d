"""The document: a text that never changes, and pointers into it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal, NamedTuple

MarkKind = Literal["heading", "page", "recognised", "table"]


class Span(NamedTuple):
    """A stretch of a text: offsets in Unicode code points, ``start`` included, ``end`` not."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words at this place."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something the file said about a stretch of its text that the text itself cannot say.

    ``heading``: the file styles it as a heading (``level`` 1 is the highest); ``page``: a page of the printed original,
    ``level`` its number; ``recognised``: read from a picture by character recognition, so it may hold slips;
    ``table``: flattened from a table.
    """

    start: int
    end: int
    kind: MarkKind
    level: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a report with the name and the fingerprint of the file it came from.

    ``text`` has ``\\n`` line ends and no byte order mark; every offset anywhere in luoshi counts its code points.
    ``sha256`` is that of the file's bytes, or of the text in UTF-8 where there is no file.
    """

    text: str
    source: str = ""
    sha256: str = ""
    marks: tuple[Mark, ...] = ()

    @classmethod
    def from_text(cls, text: str, source: str = "") -> Document:
        """A document made from a string: line ends become ``\\n``, a byte order mark goes."""
        clean = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        return cls(clean, source, hashlib.sha256(clean.encode("utf-8", "surrogatepass")).hexdigest())
