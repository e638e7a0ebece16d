"""What a reader hands back: a text with marks, and remarks about the file; or a refusal that says why."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from luoshi.intake.limits import Limits
from luoshi.problems import Problem, problem
from luoshi.source import Mark, MarkKind

Found = dict[str, str | int]

# Line ends of every kind become \n. Other control characters, noncharacters, soft hyphens and characters that only
# steer the direction or the breaking of lines are taken out: nobody sees them, and they can make figures look different
# from what they are. The joiners U+200C and U+200D stay, because Mongolian, Uyghur and Tibetan need them.
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff]"
)
_HALF = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """``text`` with ``\\n`` line ends and without characters that nobody sees; half surrogates become U+FFFD."""
    return _HALF.sub("\ufffd", _UNSEEN.sub("", _LINE_END.sub("\n", text)))


class Remark(NamedTuple):
    """A problem code with what fills the gaps of its words."""

    code: str
    found: Found

    def problem(self) -> Problem:
        gaps: dict[str, Any] = dict(self.found)
        return problem(self.code, **gaps)


class Refusal(Exception):
    """A file that is not read any further; ``remark`` says why."""

    def __init__(self, code: str, **found: str | int) -> None:
        self.remark = Remark(code, found)
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file's text. ``scanned`` lists the pages (from 1) that are pictures and were left out."""

    text: str
    marks: tuple[Mark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    scanned: tuple[int, ...] = ()
    pages: int = 0


class Line(NamedTuple):
    """A paragraph, or a flattened table. ``heading`` is its level as the file styles it, 0 for none."""

    text: str
    heading: int = 0
    table: bool = False


@dataclass(slots=True)
class Sheet:
    """A text under construction, line by line; counts what it costs."""

    limits: Limits
    remarks: list[Remark] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    position: int = 0  # where the next line begins

    def write(self, text: str, heading: int = 0, table: bool = False) -> None:
        """Add a paragraph (or several, with line ends between them)."""
        text = clean(text)
        start = self.position
        self.lines.append(text)
        self.position += len(text) + 1
        if self.position > self.limits.characters + 1:
            raise Refusal("I007", limit=self.limits.characters)
        if heading and text.strip():
            first = start + len(text) - len(text.lstrip())
            self.marks.append(Mark(first, start + len(text.rstrip()), "heading", heading))
        if table and text:
            self.marks.append(Mark(start, start + len(text), "table"))

    def mark(self, start: int, kind: MarkKind, level: int = 0) -> None:
        """Mark everything from ``start`` to the end of the last line."""
        if self.position - 1 > start:
            self.marks.append(Mark(start, self.position - 1, kind, level))

    def remark(self, code: str, **found: str | int) -> None:
        """Note something odd that does not stop the reading; each code once."""
        if all(code != seen.code for seen in self.remarks):
            self.remarks.append(Remark(code, found))

    def reading(self, scanned: tuple[int, ...] = (), pages: int = 0) -> Reading:
        """The finished text, with its marks in the order of the text."""
        marks = tuple(sorted(self.marks, key=lambda mark: (mark.start, -mark.end, mark.kind)))
        return Reading("\n".join(self.lines), marks, tuple(self.remarks), scanned, pages)
