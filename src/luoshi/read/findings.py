"""What is odd about a report as a whole: too short, no plan or too little in it, no figure, no year, no headings."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.problems import Problem, problem
from luoshi.read.facts import About
from luoshi.read.parts import Part
from luoshi.source.outline import Outline

LEAST_CHARACTERS = 3000
# Measured on 263 texts: every whole report since 1989 holds more than 20 promises in 1,000 characters of what looks
# ahead, and general requirements with the closing words take less than a fifth of it.
LEAST_PROMISES = 20
MOST_GENERAL = 30
LEAST_AHEAD = 500
# The longest paragraph of the same texts has 1,610 characters.
LONGEST_PARAGRAPH = 3000
_AHEAD = frozenset(("plan", "targets", "livelihood"))
_GENERAL = frozenset(("guidance", "closing"))


def findings(  # noqa: PLR0917 — one report, seen from every side
    text: str, outline: Outline, parts: Sequence[Part], n_figures: int, n_commitments: int, about: About
) -> list[Problem]:
    """The problems of the report as a whole; ``n_commitments`` counts promises that can be checked (no slogans)."""
    count = len("".join(text.split()))
    planned = n_commitments > 0 or any(part.role in _AHEAD for part in parts)
    found: list[Problem] = []
    if count < LEAST_CHARACTERS:
        found.append(problem("R001", count=count))
    start, end = max(outline.paragraphs, key=lambda span: span[1] - span[0], default=(0, 0))
    if end - start > LONGEST_PARAGRAPH:
        found.append(problem("R008", count=end - start, words=text[start : start + 12]))
    elif not outline.headings:
        found.append(problem("R005"))
    if not planned:
        found.append(problem("R002"))
    elif not n_commitments:
        found.append(problem("R006"))
    else:
        found += _few(text, parts, n_commitments)
    if not n_figures:
        found.append(problem("R003"))
    if about.year is None:
        found.append(problem("R004"))
    return found


def _few(text: str, parts: Sequence[Part], n_commitments: int) -> list[Problem]:
    """R007 where what looks ahead holds few promises for its length, or says mostly what is general."""
    own = {part.id: 0 for part in parts}
    for part in parts:
        count = len("".join(text[part.start : part.end].split()))
        own[part.id] += count
        if part.parent is not None:
            own[part.parent] -= count
    general = sum(own[part.id] for part in parts if part.role in _GENERAL)
    ahead = general + sum(own[part.id] for part in parts if part.role in _AHEAD or part.role == "government")
    few = n_commitments * 1000 < LEAST_PROMISES * ahead
    if ahead < LEAST_AHEAD or (not few and general * 100 < MOST_GENERAL * ahead):
        return []
    return [problem("R007", count=ahead, promises=n_commitments, share=round(100 * general / ahead))]
