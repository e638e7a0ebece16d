"""Whether a figure speaks of what was, or of what is to be reached; and what softens it. Words in ``tense.toml``."""

from __future__ import annotations

import re
from functools import cache

from luoshi.plan.model import Role, Tense
from luoshi.read.words import any_of, table

# A sentence may be as long as the text; what tells the tense of a number is near it, or opens the sentence.
_LOOK = 160


@cache
def _words() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    raw = table("tense")
    return (
        frozenset(raw["ahead"]["roles"]),
        re.compile(raw["past"]["match"]),
        re.compile(raw["future"]["match"]),
        re.compile(any_of(raw["hedge"]["words"])),
    )


def tense(role: Role | None, text: str, start: int, end: int, year: int | None = None) -> Tense:
    """The tense of a figure at ``end`` in a part with ``role``; ``text[start:end]`` are the words of its sentence.

    ``year`` is the report's: 到2015年 is ahead in a report of 2011, behind in one of 2016.
    """
    ahead, past, future, _ = _words()
    if role in ahead:
        return "done" if past.match(text, start, min(end, start + _LOOK)) else "plan"
    ahead_of = future.search(text, max(start, end - _LOOK), end)
    if ahead_of is None or (ahead_of["year"] and (year is None or int(ahead_of["year"]) < year)):
        return "done"
    return "plan"


def hedge(text: str, start: int, end: int) -> str | None:
    """The word that makes the number of ``text[start:end]`` an expectation (力争, 预计), if one does."""
    found = None
    for match in _words()[3].finditer(text, start, end):
        found = match[0]
    return found
