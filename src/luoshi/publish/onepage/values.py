"""A figure as the picture prints it: the report's own digits, with the words that stand by them."""

from __future__ import annotations

import re
from functools import cache

from luoshi.plan.model import Figure
from luoshi.publish import labels
from luoshi.publish.onepage.board import Label, Number, Quote, Value, Words
from luoshi.publish.onepage.wording import clean, words
from luoshi.source import Document, fold

_REACH = 14
_SEVERALLY = "分别"


def number(figure: Figure) -> Number:
    """The figure as written: digits and unit apart where the report has them so, else whole (七成, 第三位, 翻一番)."""
    text = clean(figure.text)
    plain = re.sub(r"[\s,]", "", fold(text))
    unit = fold(figure.unit)
    if figure.value2 is None and unit and plain.startswith(figure.value) and plain.endswith(unit):
        return Number(figure.id, text[: len(text) - len(unit)].rstrip(), text[len(text) - len(unit) :])
    return Number(figure.id, text)


def value(figure: Figure, document: Document, *, alone: bool = True) -> Value:
    """The figure with the words before and after it; what the plan knows and the words by it do not say is added.

    ``alone``: no other number of the same measure stands beside it, so that 分别 would be wrong.
    """
    before, after = _adjacent(figure, document, alone=alone)
    said = "".join(quote.text for quote in (*before, *after)) + figure.text
    first: tuple[Words, ...] = before
    last: tuple[Words, ...] = after
    comparator = words()["comparators"].get(figure.comparator)
    if comparator and not any(word in said for word in comparator["words"]):
        told = (Label(labels.label("comparator", figure.comparator)),)
        first, last = (first + told, last) if comparator["side"] == "before" else (first, told + last)
    if figure.direction and figure.measure in {"growth", "change"}:
        direction = words()["directions"][figure.direction]
        if not any(word in said for word in direction["words"]):
            kind = "point" if "百分点" in figure.unit else figure.measure
            first = (Label(direction[kind]), *first)
    return Value(number(figure), first, last, figure.direction or "" if figure.measure in {"growth", "change"} else "")


def _adjacent(figure: Figure, document: Document, *, alone: bool) -> tuple[tuple[Quote, ...], tuple[Quote, ...]]:
    """The words of the lists that touch the figure in the text, before it and after it."""
    floor = max(0, figure.start - _REACH)
    if figure.indicator and floor < figure.indicator.end <= figure.start:
        floor = figure.indicator.end
    ahead = document.text[floor : figure.start]
    left, right = _patterns()
    lead = left.search(ahead)
    tail = right.match(document.text, figure.end)
    start = floor + lead.start() if lead else figure.start
    if alone and _SEVERALLY in document.text[start : figure.start]:
        start = document.text.rindex(_SEVERALLY, start, figure.start) + len(_SEVERALLY)
    before = (_at(document, start, figure.start),) if document.text[start : figure.start].strip() else ()
    after = (_at(document, figure.end, tail.end()),) if tail else ()
    return before, after


def _at(document: Document, start: int, end: int) -> Quote:
    return Quote(clean(document.text[start:end]), start, end)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = words()["beside"]
    before = "|".join(sorted(map(re.escape, lists["before"]), key=len, reverse=True))
    after = "|".join(sorted(map(re.escape, lists["after"]), key=len, reverse=True))
    return re.compile(rf"(?:(?:{before})\s*)+$"), re.compile(rf"(?:{after})")
