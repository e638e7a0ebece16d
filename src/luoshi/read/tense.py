"""Whether a figure speaks of what was, or of what is to be reached; and what softens it. Words in ``tense.toml``."""

from __future__ import annotations

import re
from functools import cache

from luoshi.plan.model import Role, Tense
from luoshi.read.words import any_of, table


@cache
def _words() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    raw = table("tense")
    return (
        frozenset(raw["ahead"]["roles"]),
        re.compile(raw["past"]["match"]),
        re.compile(raw["future"]["match"]),
        re.compile(any_of(raw["hedge"]["words"])),
    )


def tense(role: Role | None, before: str) -> Tense:
    """The tense of a figure in a part with ``role``; ``before`` are the words of its sentence in front of it."""
    ahead, past, future, _ = _words()
    if role in ahead:
        return "done" if past.search(before) else "plan"
    return "plan" if future.search(before) else "done"


def hedge(text: str, start: int, end: int) -> str | None:
    """The word that makes the number of ``text[start:end]`` an expectation (力争, 预计), if one does."""
    found = None
    for match in _words()[3].finditer(text, start, end):
        found = match[0]
    return found
