"""Which figures become cards, and in what order: headline indicators first, a rate beside its level."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from luoshi.plan.model import Figure
from luoshi.publish.onepage.board import Card, Quote
from luoshi.publish.onepage.values import value
from luoshi.publish.onepage.wording import quote, sentence_start, words
from luoshi.source import Document

_NAME_LIMIT = 22
_SHORTEST_NAME = 3
_LONGEST_NAME = 40
_REACH = 12
_SIDE_BY_SIDE = 3
_CLAUSE_END = re.compile(r"\s*(?:及以上|以上|左右|以内|以下|之内|上下)?(?:\s|[，。；、,;.)）]|$)")
_EASY_NAME = range(3, 13)
_START = re.compile(r"[由从](?:\d{4}年|上年|去年)?的?\s*$")
_ORDER_OF_MEASURE = ("level", "ratio", "multiple", "growth", "change", "rank")


@dataclass(frozen=True, slots=True)
class Mention:
    """The figures of one mention of an indicator: ``equal`` of one measure (two with 分别), ``beside`` of others."""

    equal: tuple[Figure, ...]
    beside: tuple[Figure, ...]
    headline: int | None

    @property
    def main(self) -> Figure:
        return self.equal[0]

    @property
    def name(self) -> str:
        return self.main.indicator.text if self.main.indicator else ""


def mentions(figures: Iterable[Figure], document: Document) -> list[Mention]:
    """Figures with a named indicator, gathered by the mention that they share, in text order.

    Where an indicator was (由10.8亿元增加到16亿元) is no card.
    """
    found: dict[tuple[int, int], list[list[Figure]]] = {}
    for figure in figures:
        name = figure.indicator
        where_it_was = _START.search(document.text[max(0, figure.start - _REACH) : figure.start])
        if name and len(name.text) <= _LONGEST_NAME and not where_it_was:
            told = found.setdefault((name.start, name.end), [[]])
            if any(one.measure == figure.measure and figure.start - one.end > _SIDE_BY_SIDE for one in told[-1]):
                told.append([])  # the same measure again, farther on: of another year
            told[-1].append(figure)
    return [_mention(figures) for told in found.values() for figures in told]


def _mention(figures: list[Figure]) -> Mention:
    order = sorted(figures, key=lambda figure: (_ORDER_OF_MEASURE.index(figure.measure), figure.start))
    first = order[0]
    equal = [one for one in order if (one.measure, one.unit) == (first.measure, first.unit)]
    beside: dict[str, Figure] = {}
    for figure in order:
        if figure.measure != first.measure:
            beside.setdefault(figure.measure, figure)
    return Mention(tuple(equal[:2]), tuple(beside.values())[:2], headline(first))


def headline(figure: Figure) -> int | None:
    """The rank of the figure's indicator among those people look for first (0 is the first), if it is one."""
    if figure.indicator is None:
        return None
    return rank((figure.indicator.name or "") + figure.indicator.text, figure.indicator.text)


def rank(name: str, text: str) -> int | None:
    """The rank of the indicator that a report calls ``text``; ``name`` may say more of it."""
    for place, row in enumerate(words()["headlines"]):
        meant = any(word in name for word in row["words"]) or text in row.get("same", ())
        if meant and not any(word in name for word in row.get("not", ())):
            return place
    return None


def telling(candidates: Sequence[Mention], document: Document, limit: int) -> list[Mention]:
    """The ``limit`` groups that tell most: headlines in their order, then strong single facts, spread over the text."""
    best: dict[int, Mention] = {}
    for mention in candidates:
        if mention.headline is not None:
            known = best.get(mention.headline)
            if known is None or _fullness(mention) > _fullness(known):
                best[mention.headline] = mention
    chosen = [best[rank] for rank in sorted(best)][:limit]
    others = [mention for mention in candidates if mention.headline is None and _says_something(mention, document)]
    taken = {_paragraph(document, mention.main.start) for mention in chosen}
    names = {mention.name for mention in chosen}
    for mention in sorted(others, key=lambda mention: (-_weight(mention), mention.main.start)):
        paragraph = _paragraph(document, mention.main.start)
        if len(chosen) < limit and paragraph not in taken and mention.name not in names:
            chosen.append(mention)
            taken.add(paragraph)
            names.add(mention.name)
    return chosen


def heaviest(candidates: Sequence[Mention], document: Document, limit: int) -> list[Mention]:
    """The ``limit`` groups that weigh most, headlines before others, in text order."""
    order = sorted(candidates, key=lambda mention: (mention.headline is None, -_weight(mention), mention.main.start))
    kept = [mention for mention in order if mention.headline is not None or _says_something(mention, document)]
    return sorted(kept[:limit], key=lambda mention: mention.main.start)


def _fullness(mention: Mention) -> tuple[bool, int]:
    return mention.main.measure == "level", len(mention.equal) + len(mention.beside)


def _weight(mention: Mention) -> float:
    units: list[str] = words()["telling"]["units"]
    main = mention.main
    weight = float(len(units) - units.index(main.unit)) if main.unit in units else 0.0
    weight += 4 * len(mention.beside) + (14 if main.measure == "multiple" else 0)
    return weight + (3 if len(mention.name) in _EASY_NAME else 0)


def _says_something(mention: Mention, document: Document) -> bool:
    """Whether the card would be understood alone: a name that says what, a number that closes its clause.

    One that goes on (投资3亿元以上项目45个) is a threshold; a rank without an amount needs its sentence.
    """
    closed = bool(_CLAUSE_END.match(document.text, mention.main.end))
    return closed and len(mention.name) >= _SHORTEST_NAME and mention.main.measure != "rank"


def _paragraph(document: Document, at: int) -> int:
    return document.text.count("\n", 0, at)


def card(mention: Mention, document: Document, *, hero: bool = False, heading: str = "") -> Card:
    """The card of ``mention``; a period is printed where it is not the heading's own."""
    main = mention.main
    indicator = main.indicator
    if indicator is None:
        raise AssertionError("a mention has an indicator")
    values = tuple(value(figure, document, alone=len(mention.equal) == 1) for figure in mention.equal)
    said = "".join(word.text for one in values for word in one.before)
    return Card(
        name=quote(document, indicator.start, indicator.end, _NAME_LIMIT),
        values=values,
        beside=tuple(value(figure, document) for figure in mention.beside),
        tags=(*(one for one in _hedge(main, document) if one.text not in said), *_when(main, document, heading)),
        hero=hero,
    )


def _when(figure: Figure, document: Document, heading: str) -> tuple[Quote, ...]:
    period = figure.period
    if period is None or period.text in heading or period.text in words()["telling"]["silent_periods"]:
        return ()
    return (quote(document, period.start, period.end, 14),)


def _hedge(figure: Figure, document: Document) -> tuple[Quote, ...]:
    """The word that makes the number an estimate (初步核算, 预计), where it stands before it in its sentence."""
    if not figure.hedge:
        return ()
    start = sentence_start(document, figure.start)
    at = document.text.rfind(figure.hedge, start, figure.start)
    return (quote(document, at, at + len(figure.hedge), 14),) if at >= 0 else ()
