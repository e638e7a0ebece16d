"""The check that the picture invents nothing: every leaf of the board, and every digit of what was drawn.

It trusts neither the choice nor the drawing: it goes from what is shown back to the plan, and from there to the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from luoshi.plan.model import Figure, Plan
from luoshi.problems import Problem, problem
from luoshi.publish.onepage.board import (
    Board,
    Count,
    Label,
    Leaf,
    Number,
    Ordinal,
    Quote,
    Spot,
    Stamp,
    Step,
    leaves,
)
from luoshi.publish.onepage.matters import Outline
from luoshi.publish.onepage.wording import clean, squeeze
from luoshi.source import Document, fold

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_BETWEEN = re.compile(r"[-—~至到:/]")
ANY_DIGIT = re.compile(r"\d")
WITH_WHAT = re.compile(r"\d+(?:\.\d+)?\D?")
_CHINESE = dict(zip("一二两三四五六七八九十", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
_NUMERAL = re.compile(r"[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]")


@dataclass(frozen=True, slots=True)
class Truth:
    """The plan and the text to judge by."""

    plan: Plan
    document: Document
    outline: Outline
    figures: dict[str, Figure]


def check(board: Board, plan: Plan, document: Document) -> list[Problem]:
    """What the board shows and the plan or the text does not bear out; empty when all is true."""
    truth = Truth(plan, document, Outline(plan), {figure.id: figure for figure in plan.figures})
    found = [one for figure in plan.figures for one in _figure(figure, document)]
    if found:
        return found
    for leaf in leaves(board):
        found += _leaf(leaf, truth)
    for step in board.ladder:
        found += _step(step)
    for numbers in _sequences(board):
        if numbers != list(range(1, len(numbers) + 1)):
            found.append(untrue(str(numbers), "1, 2, 3 …"))
    return list(dict.fromkeys(found))


def strays(drawn: str, shown: Sequence[Any], footers: str = "") -> list[Problem]:
    """The numbers in the text of the drawn picture beyond those of the leaves ``shown``, and those that went missing.

    ``footers`` is what stands at the foot of the sheets.
    """
    given = Counter(run for leaf in shown for run in runs(printed(leaf)))
    given.update(runs(footers))
    seen = Counter(runs(drawn))
    more = [problem("W024", number=run, what="多出") for run in sorted(seen - given)]
    return more + [problem("W024", number=run, what="少了", **_place(run, shown)) for run in sorted(given - seen)]


def _place(run: str, shown: Sequence[Any]) -> dict[str, int]:
    """Where the number stands in the text, if a leaf that holds it says so."""
    quotes = (leaf for leaf in shown if isinstance(leaf, Quote) and run in runs(leaf.text))
    first = next(quotes, None)
    return {"start": first.start, "end": first.end} if first else {}


def printed(leaf: Any) -> str:
    """What a leaf puts on the picture."""
    return str(leaf.text) + str(getattr(leaf, "unit", ""))


def runs(text: str) -> list[str]:
    """The numbers in digits in ``text``."""
    return _DIGITS.findall(fold(text))


def untrue(shown: str, expected: str, start: int | None = None, end: int | None = None) -> Problem:
    """Something is shown that what it rests on does not bear out."""
    return problem("W020", shown=shown or "（无）", expected=expected or "（无）", start=start, end=end)


def _figure(figure: Figure, document: Document) -> Iterator[Problem]:
    """A figure's words must stand in the text where it says, and its value and unit must be what they say."""
    stands = document.text[figure.start : figure.end]
    if stands != figure.text:
        yield problem("W021", text=figure.text, found=stands[:40], start=figure.start, end=figure.end)
    elif not _agrees(figure):
        yield untrue(figure.value + figure.unit, figure.text, figure.start, figure.end)


def _agrees(figure: Figure) -> bool:
    """Whether value and unit are what the words say, as far as those are written in digits."""
    plain = re.sub(r"[,余多]", "", squeeze(figure.text))
    digits = _DIGITS.findall(plain)
    if not digits:
        return True
    values = [value for value in (figure.value, figure.value2) if value is not None]
    numbers = [number for value in values for number in _DIGITS.findall(value)]
    if list(map(Decimal, numbers)) != list(map(Decimal, digits)):
        return False
    unit = squeeze(figure.unit)
    *between, last = _DIGITS.split(plain)[1:]
    return last in (unit, f"个{unit}") and all(unit.startswith(_BETWEEN.sub("", part)) for part in between)


def _leaf(leaf: Leaf, truth: Truth) -> list[Problem]:
    match leaf:
        case Number():
            return _number(leaf, truth)
        case Quote():
            return _quote(leaf, truth)
        case Stamp():
            return _stamp(leaf, truth.plan)
        case Count():
            known = recount(leaf.of, truth)
        case Spot():
            known = truth.figures[leaf.figure].start + 1 if leaf.figure in truth.figures else None
        case Label():
            return [untrue(leaf.text, "")] if ANY_DIGIT.search(leaf.text) else []
        case Ordinal():
            known = leaf.value  # whether it counts on from the one before is a matter of its sequence
    return [] if known == leaf.value else [untrue(leaf.text, str(known))]


def _number(leaf: Number, truth: Truth) -> list[Problem]:
    figure = truth.figures.get(leaf.figure)
    if figure is None:
        return [untrue(leaf.text + leaf.unit, "")]
    same = squeeze(leaf.text + leaf.unit) == squeeze(figure.text)
    unit = not leaf.unit or squeeze(leaf.unit) == squeeze(figure.unit)
    return [] if same and unit else [untrue(leaf.text + leaf.unit, figure.text, figure.start, figure.end)]


def _quote(leaf: Quote, truth: Truth) -> list[Problem]:
    """Quoted words stand in the text; a composed title may put them otherwise, its numbers stand there as they are."""
    source = squeeze(truth.document.text[leaf.start : leaf.end])
    shown = squeeze(leaf.text.strip("…"))
    if shown not in source:
        numbers = WITH_WHAT.findall(shown) if leaf.loose else [leaf.text]
        lost = [number for number in numbers if number not in source]
        if lost:
            return [untrue(lost[0], source[:40], leaf.start, leaf.end)]
    known = {squeeze(one.text) for one in truth.plan.figures if leaf.start <= one.start < leaf.end}
    marked = [leaf.text[start:end] for start, end in leaf.strong]
    return [untrue(one, "", leaf.start, leaf.end) for one in marked if squeeze(one) not in known]


def _stamp(leaf: Stamp, plan: Plan) -> list[Problem]:
    facts = plan.document
    member = getattr(facts, leaf.member)
    told = "".join(str(part) for part in member) if isinstance(member, tuple) else str(member)
    true = squeeze(leaf.text.strip("…")) in squeeze(clean(told))
    if leaf.member in {"year", "term"}:
        years = {str(one.year) for one in facts.term or ()} | {str(facts.year)}
        true = set(runs(leaf.text)) <= years
    return [] if true else [untrue(leaf.text, told)]


def recount(of: str, truth: Truth) -> int | None:
    """Count anew what a :class:`Count` names."""
    what, _, which = of.partition(":")
    plan = truth.plan
    counters: dict[str, Callable[[], int]] = {
        "figures": lambda: len(plan.figures),
        "items": lambda: len(plan.items),
        "commitments": lambda: len([one for one in plan.commitments if one.kind != "slogan"]),
        "rung": lambda: plan.ladder[int(which)].count,
        "section": lambda: len(truth.outline.items_in(which)),
        "rest": lambda: int(which.partition("-")[0]) - int(which.partition("-")[2]),
    }
    return counters[what]() if what in counters else None


def _step(step: Step) -> Iterable[Problem]:
    """The count of a rung is the number that its words say."""
    said = {_numeral(word) for word in _NUMERAL.findall(step.words.text)}
    said |= {int(run) for run in re.findall(r"\d+", step.words.text)}
    if step.count.value not in said:
        yield untrue(step.count.text, step.words.text, step.words.start, step.words.end)


def _numeral(word: str) -> int:
    tens, ten, ones = word.partition("十")
    if not ten:
        return _CHINESE[word]
    return 10 * _CHINESE.get(tens, 1) + _CHINESE.get(ones, 0)


def _sequences(board: Board) -> Iterator[list[int]]:
    """The running numbers of the notes and of every numbered list."""
    yield [note.ordinal.value for note in board.notes]
    for panel in board.livelihood:
        yield [line.ordinal.value for line in panel.lines if line.ordinal]
