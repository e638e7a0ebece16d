"""Whether a figure speaks of what was, or of what is to be reached; and what softens it. Words in ``tense.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from luoshi.plan.model import Role, Tense
from luoshi.read.words import any_of, table

# A sentence may be as long as the text; what tells the tense of a number is near it, or opens the sentence.
_LOOK = 160
_NEAR = 40
_FAR = 600


@dataclass(frozen=True, slots=True)
class _Words:
    ahead: frozenset[str]
    past: re.Pattern[str]
    opening: re.Pattern[str]
    turn: re.Pattern[str]
    near: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    future: re.Pattern[str]
    hedge: re.Pattern[str]


@cache
def _words() -> _Words:
    raw = table("tense")
    past, rhetoric = raw["past"], raw["rhetoric"]
    return _Words(
        ahead=frozenset(raw["ahead"]["roles"]),
        past=re.compile(past["match"]),
        opening=re.compile(past["opening"]),
        turn=re.compile(past["turn"]),
        near=re.compile(past["near"]),
        before=re.compile(rhetoric["before"]),
        behind=re.compile(rhetoric["behind"]),
        future=re.compile(raw["future"]["match"]),
        hedge=re.compile(any_of(raw["hedge"]["words"])),
    )


class Where(NamedTuple):
    """A figure ``text[at:end]``, where its whole sentence and its paragraph begin."""

    paragraph: int
    sentence: int
    at: int
    end: int


def tense(role: Role | None, text: str, where: Where, year: int | None = None) -> Tense:
    """The tense of a figure in a part with ``role``.

    ``year`` is the report's: 到2015年 is ahead in a report of 2011, behind in one of 2016.
    """
    words, start, at = _words(), where.sentence, where.at
    if role in words.ahead:
        return "done" if _past(words, text, where, year) else "plan"
    ahead_of = words.future.search(text, max(start, at - _LOOK), at)
    if ahead_of is None or (ahead_of["year"] and (year is None or int(ahead_of["year"]) < year)):
        return "done"
    return "plan"


def _past(words: _Words, text: str, where: Where, year: int | None) -> bool:
    """Whether a figure of a part that looks ahead tells of what was: by its sentence, its paragraph or its clause."""
    start, at = where.sentence, where.at
    if _before(words.past.match(text, start, min(at, start + _LOOK)), year):
        return True
    near = max(start, at - _NEAR)
    if words.near.search(text, near, at):
        return True
    if words.before.search(text, near, at) and words.behind.match(text, where.end):
        return True
    if not where.paragraph < start <= where.paragraph + _FAR:
        return False
    opening = words.opening.match(text, where.paragraph, start)
    return opening is not None and _before(opening, year) and words.turn.search(text, opening.end(), at) is None


def _before(told: re.Match[str] | None, year: int | None) -> bool:
    """Whether words of the past were found; a year that they name must lie before the report's."""
    return told is not None and (not told["year"] or (year is not None and int(told["year"]) < year))


def hedge(text: str, start: int, end: int) -> str | None:
    """The word that makes the number of ``text[start:end]`` an expectation (力争, 预计), if one does."""
    found = None
    for match in _words().hedge.finditer(text, start, end):
        found = match[0]
    return found
