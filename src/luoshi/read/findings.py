"""What is odd about a report as a whole: too short, no plan in it, no figure, no year, no headings."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.problems import Problem, problem
from luoshi.read.facts import About
from luoshi.read.parts import Part
from luoshi.source.outline import Outline

LEAST_CHARACTERS = 3000
_AHEAD = frozenset(("plan", "targets", "livelihood"))


def findings(  # noqa: PLR0917 — one report, seen from every side
    text: str, outline: Outline, parts: Sequence[Part], n_figures: int, n_commitments: int, about: About
) -> list[Problem]:
    """The problems of the report as a whole; ``n_commitments`` counts promises that can be checked (no slogans)."""
    count = len("".join(text.split()))
    planned = n_commitments > 0 or any(part.role in _AHEAD for part in parts)
    found: list[Problem] = []
    if count < LEAST_CHARACTERS:
        found.append(problem("R001", count=count))
    if not outline.headings:
        found.append(problem("R005"))
    if not planned:
        found.append(problem("R002"))
    elif not n_commitments:
        found.append(problem("R006"))
    if not n_figures:
        found.append(problem("R003"))
    if about.year is None:
        found.append(problem("R004"))
    return found
