"""Who is in charge: units that the text states, else those proposed from the catalogue of bureaus and their duties.

What is stated is copied as written (``basis`` stated). A proposal (``basis`` proposed) always says which words of the
matter belong to whose duties; a person confirms it. Ways of stating: ``lexicon/units.toml``; catalogue: ``units.csv``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter

from luoshi.plan.model import Commitment, Duty
from luoshi.read.units.bureaus import codes, same_unit
from luoshi.read.units.duties import Likely, proposed
from luoshi.read.units.stated import Stated, stated
from luoshi.read.units.taskrows import task_rows
from luoshi.read.units.wording import wording
from luoshi.source import View, fold
from luoshi.source.outline import Outline

__all__ = ["Charge", "Likely", "Stated", "codes", "naming", "proposed", "same_unit", "statements", "within"]

_LOOK_BACK = 40


def statements(text: str, view: View, outline: Outline) -> list[Stated]:
    """Every place of ``text`` that says who is in charge, in its offsets; ``view`` and ``outline`` are those of it."""
    tabbed = "\t".join(map(fold, text.split("\t"))) if any(head.search(text) for head in wording().heads) else ""
    rows = task_rows(tabbed)
    taken = [(one.since, one.until) for one in rows]
    said = [_back(one, view) for one in stated(view.text, outline)]
    said = [one for one in said if not any(since <= one.start < until for since, until in taken)]
    return sorted((*rows, *said), key=lambda one: (one.since, -one.until))


def _back(one: Stated, view: View) -> Stated:
    """``one`` in the offsets of the document."""
    (start, end), (since, until) = view.span(one.start, one.end), view.span(one.since, one.until)
    return replace(one, start=start, end=end, since=since, until=until)


def naming(said: Sequence[Stated]) -> list[tuple[int, int]]:
    """The stretches, in text order, that only name units (（甲局负责）), which promise nothing themselves."""
    return sorted((one.start, one.end) for one in said if one.until <= one.start)


def within(at: int, stretches: Sequence[tuple[int, int]]) -> bool:
    """Whether ``at`` lies in one of ``stretches``, which are in text order and apart."""
    nth = bisect_right(stretches, at, key=itemgetter(0)) - 1
    return nth >= 0 and at < stretches[nth][1]


class Charge:
    """Who is in charge of a matter: the units ``said`` for where it begins, else the likeliest that ``likely`` gives.

    ``said`` counts the text that commitments count.
    """

    def __init__(self, said: Sequence[Stated], likely: Likely) -> None:
        self._said, self._likely = said, likely
        self._sinces = [one.since for one in said]

    def __call__(self, matter: Sequence[Commitment], section: str | None) -> tuple[Duty | None, tuple[Duty, ...]]:
        """Lead and helpers of ``matter``; where only helpers are stated, the lead is proposed."""
        named = _said_for(matter[0].start, self._said, self._sinces) if self._said else None
        if named is None:
            found = self._likely(matter, section)
            return (found[0], found[1:]) if found else (None, ())
        told = tuple(Duty(unit=unit, basis="stated") for unit in (*named.lead, *named.help))
        return (told[0], told[1:]) if named.lead else (next(iter(self._likely(matter, section)), None), told)


def _said_for(begin: int, said: Sequence[Stated], sinces: Sequence[int]) -> Stated | None:
    """The statement for the smallest stretch around ``begin``."""
    at = bisect_right(sinces, begin) - 1
    for one in reversed(said[max(0, at - _LOOK_BACK) : at + 1]):
        if begin < one.until:
            return one
    return None
