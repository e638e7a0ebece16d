"""The words of a later report that tell a number: the number together with what names it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luoshi.compare.figures import Reading
from luoshi.compare.model import Quote

_OPEN = re.compile("（[^）]*$")
_FAR = 60  # characters between a number and its name before it
_CLOSE = 12  # and behind it


def quote_of(one: Reading) -> Quote:
    """The number with the words that name it, where they stand beside it in one sentence."""
    figure, named = one.figure, one.figure.indicator
    start, end, words = figure.start, figure.end, figure.text
    low, high = one.edition.sentence(start, end)
    if named and named.text == one.name and low <= named.start < start and start - named.end < _FAR:
        start = named.start
    elif named and end <= named.start < end + _CLOSE and named.end <= high:
        end = named.end
    elif (found := one.edition.text.rfind(one.name, max(low, start - _FAR), start)) >= 0 and one.name:
        start = found
    if _OPEN.search(one.edition.text[start:end]) and one.edition.text[end : end + 1] == "）":
        end += 1
    return one.edition.quote(start, end, f"{one.name}{words}" if start != figure.start else words)


def quotes_of(decisive: Sequence[Reading]) -> tuple[Quote, ...]:
    """The quotes of the numbers, without those that stand within another."""
    made = list(dict.fromkeys(quote_of(one) for one in decisive))
    return tuple(
        one for one in made
        if not any(other != one and other.start <= one.start and one.end <= other.end for other in made)
    )  # fmt: skip
