"""A promise as the pages show it: what was asked, what was said later, the outcome, and the ways to each sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from luoshi.compare import Comparison, Meant, Promise, Quote, meant
from luoshi.publish.ledger import shapes
from luoshi.publish.ledger.wording import promised
from luoshi.store.comparing import Place
from luoshi.web.comparing.forms import word

_NAME = 12
_LOOKED_FOR = 60  # the most that the reader looks for


class Mark(NamedTuple):
    """An outcome by shape, word and colour."""

    verdict: str
    shape: str
    word: str


class Said(NamedTuple):
    """Words of a report with what stands around them in their sentence, and where they are in the reader."""

    report: str
    before: str
    words: str
    after: str
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """One promise; ``name`` is what its address calls it, the same whatever number a comparison gives it."""

    name: str
    promise: Promise
    mark: Mark
    asked: str
    reached: str
    quote: Said
    told: tuple[Said, ...]

    @property
    def due(self) -> str:
        """When it is due, as short as it can be."""
        day = self.promise.due
        return str(day.year) if (day.month, day.day) == (12, 31) else f"{day:%Y-%m-%d}"


def mark(verdict: str) -> Mark:
    """An outcome as pages show it."""
    return Mark(verdict, shapes()[verdict], word("verdict", verdict))


def name_of(one: Meant) -> str:
    """What an address calls a promise: its year and a digest of what singles it out."""
    told = one.model_dump_json(exclude_none=True)
    return f"{one.report}-{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:_NAME]}"


def names(comparison: Comparison) -> dict[str, str]:
    """The name of each promise, by the number that the comparison gives it."""
    found = zip(comparison.promises, meant(comparison.promises), strict=True)
    return {promise.id: name_of(one) for promise, one in found}


def row(one: Promise, name: str, place: Place) -> Row:
    """A promise as a row."""
    outcome = one.outcome
    reached = "、".join(dict.fromkeys(number.text for number in outcome.numbers))
    told = tuple(said(quote, place) for quote in outcome.quotes)
    return Row(name, one, mark(one.verdict), promised(one), reached, said(one.quote, place), told)


def rows(found: Sequence[Promise], named: dict[str, str], place: Place) -> list[Row]:
    """The promises as rows, in the order given."""
    return [row(one, named[one.id], place) for one in found]


def said(quote: Quote, place: Place) -> Said:
    """Words with the rest of their sentence, and the way to them in the reader."""
    report = next((one for one in place.chosen if str(one.year) == quote.report), None)
    address = in_reader(report.pk, quote.text) if report is not None else ""
    if quote.sentence_start is None:
        return Said(quote.report, "", quote.text, "", address)
    begin, end = quote.start - quote.sentence_start, quote.end - quote.sentence_start
    return Said(quote.report, quote.sentence[:begin], quote.text, quote.sentence[end:], address)


def in_reader(report: int, words: str) -> str:
    """The way to ``words`` in the reader, where they are looked for and marked."""
    query = urlencode({"q": words.split("\n", 1)[0][:_LOOKED_FOR]})
    return f"{reverse('reader:show', kwargs={'pk': report})}?{query}#hit-1"
