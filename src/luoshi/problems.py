"""The shape of something wrong with what a person gave us.

A :class:`Problem` says where, what was found, why it matters and what to do, in the reader's Chinese. The words of
every code live in ``problem_codes.toml`` beside this file; code never spells a message out. Exceptions are for our own
errors.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Code:
    """One row of the catalogue: the words that belong to a problem code."""

    code: str
    severity: Severity
    title: str
    message: str
    why: str
    advice: str
    english: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and what to do about it.

    ``start`` and ``end`` count code points in the document's text; ``None`` where the problem is the file itself.
    """

    code: str
    message: str
    why: str
    advice: str
    start: int | None = None
    end: int | None = None

    @property
    def severity(self) -> Severity:
        return catalogue()[self.code].severity

    @property
    def english(self) -> str:
        return catalogue()[self.code].english


class Unreadable(Exception):
    """Raised at the library's door when a file cannot be read; carries the problems that say why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.code} {p.message}" for p in self.problems))


@cache
def catalogue() -> dict[str, Code]:
    """Every problem code with its words, by code."""
    rows = tomllib.loads(resources.files("luoshi").joinpath("problem_codes.toml").read_text(encoding="utf-8"))
    return {code: Code(code=code, **row) for code, row in rows.items()}


def problem(code: str, *, start: int | None = None, end: int | None = None, **found: object) -> Problem:
    """Make the problem ``code``; ``found`` fills the gaps in its message and advice."""
    row = catalogue()[code]
    return Problem(code, row.message.format(**found), row.why, row.advice.format(**found), start, end)


def format_of(raw: object) -> str:
    """The format that a JSON file says it has, in words where it says none: for problems about a wrong file."""
    if isinstance(raw, dict):
        found = raw.get("format")
        return str(found) if found is not None else "（没有写）"
    return "（没有：整个文件是一个列表）" if isinstance(raw, list) else "（没有：文件里只有一个值）"


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of ``problems`` stops the work (warnings and notes do not)."""
    return any(p.severity == "error" for p in problems)
