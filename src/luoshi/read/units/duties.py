"""Whose duties a matter's words belong to: the units of the catalogue that likely have it, each with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import compress, count
from operator import itemgetter
from typing import Any

from luoshi.plan.model import Commitment, Duty, Level
from luoshi.read.words import rows, table

MOST = 3
_WORDS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Duties:
    words: dict[str, tuple[str, ...]]
    firsts: frozenset[str]
    owners: dict[str, tuple[tuple[int, float], ...]]
    named: tuple[frozenset[str], ...]
    units: tuple[dict[str, str], ...]
    least: float
    share: float
    around: float
    prefix: dict[str, str]
    titled: str


@cache
def _duties() -> _Duties:
    raw: dict[str, Any] = table("units")["proposed"]
    units = rows("units")
    owners: dict[str, dict[int, float]] = defaultdict(dict)
    for at, unit in enumerate(units):
        for column, weight in (("shared", raw["shared"]), ("duties", 1.0)):
            for word in filter(None, unit[column].split("|")):
                owners[word][at] = len(word) * weight
    return _Duties(
        words=_by_beginning(owners),
        firsts=frozenset(word[0] for word in owners),
        owners={
            word: tuple((unit, weight / len(held) ** raw["rarity"]) for unit, weight in held.items())
            for word, held in owners.items()
        },
        named=tuple(frozenset((*unit["duties"].split("|"), *unit["shared"].split("|"))) for unit in units),
        units=units,
        least=float(raw["least"]),
        share=float(raw["share"]),
        around=float(raw["around"]),
        prefix=raw["prefix"],
        titled=raw["titled"],
    )


def _by_beginning(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """``words`` by their first two characters, the longest first."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        found[word[:2]].append(word)
    return {pair: tuple(held) for pair, held in found.items()}


def _found(made: _Duties, words: str) -> list[str]:
    """The words of duties in ``words``, the longest at a place, none inside another.

    A pattern of them all would try hundreds of branches at every character; two characters are looked up instead.
    """
    found: list[str] = []
    end = 0
    for at in compress(count(), map(made.firsts.__contains__, words)):
        if at < end:
            continue
        for word in made.words.get(words[at : at + 2], ()):
            if words.startswith(word, at):
                found.append(word)
                end = at + len(word)
                break
    return found


class Likely:
    """Who may have the matters of one report.

    ``words`` are those of each commitment (folded), by its id; ``parts`` say of each section its id, the one around it
    and its title; ``level`` and ``place`` are the report's.
    """

    def __init__(
        self,
        words: Mapping[str, str],
        parts: Iterable[tuple[str, str | None, str]],
        level: Level | None,
        place: str | None,
    ) -> None:
        self._words, self._level, self._place = words, level, place
        self._parts = {name: (parent, title) for name, parent, title in parts}
        self._above: dict[str | None, str] = {None: ""}

    def __call__(self, matter: Sequence[Commitment], section: str | None) -> tuple[Duty, ...]:
        """The units that a ``matter`` of a ``section`` may belong to."""
        words = ",".join([self._words[one.id] for one in matter])
        return proposed(words, self._level, self._place, self._titles(section))

    def _titles(self, section: str | None) -> str:
        """The titles of a section and of those around it."""
        if section not in self._above:
            parent, title = self._parts.get(section or "", (None, ""))
            self._above[section] = f"{self._titles(parent)} {title}" if parent else title
        return self._above[section]


def proposed(words: str, level: Level | None, place: str | None, around: str = "") -> tuple[Duty, ...]:
    """Up to three units that the matter in ``words`` (folded) may belong to, the likeliest first, each with its reason.

    ``around`` are the titles it stands under; their words count less, and alone propose nobody.
    """
    made = _duties()
    found = dict.fromkeys(_found(made, words))
    if not found:
        return ()
    scores = dict(_around(around)) if around else {}
    for word in found:
        for unit, weight in made.owners[word]:
            scores[unit] = scores.get(unit, 0.0) + weight
    ranked = sorted(scores.items(), key=_second, reverse=True)
    least = max(made.least, ranked[0][1] * made.share)
    named: dict[str, Duty] = {}
    for unit, score in ranked:
        if score < least or len(named) == MOST:
            break
        name = _name(unit, level, place)
        if name and name not in named:
            named[name] = _duty(name, _why(made, unit, found))
    return tuple(named.values())


_second = itemgetter(1)


@lru_cache(maxsize=1024)
def _around(titles: str) -> tuple[tuple[int, float], ...]:
    """What the words of titles add to the units that own them."""
    made = _duties()
    scores: dict[int, float] = defaultdict(float)
    for word in dict.fromkeys(_found(made, titles)):
        for unit, weight in made.owners[word]:
            scores[unit] += weight * made.around
    return tuple(scores.items())


@lru_cache(maxsize=8192)
def _duty(name: str, why: str) -> Duty:
    return Duty(unit=name, basis="proposed", why=why)


def _why(made: _Duties, unit: int, found: Iterable[str]) -> str:
    mine = [word for word in found if word in made.named[unit]]
    return f"“{'”、“'.join(mine[:_WORDS_SHOWN])}”属其职责" if mine else made.titled


@lru_cache(maxsize=1024)
def _name(unit: int, level: Level | None, place: str | None) -> str:
    """The unit's name at this level, behind the sign of the place (区发展和改革局); empty where there is none."""
    made = _duties()
    column = level if level in ("city", "province", "national") else "county"
    name = made.units[unit][column]
    if column == "national" or name.startswith("各"):
        return name
    if not name:
        return ""
    signs = made.prefix[column]
    sign = place[-1] if place and place[-1] in signs else signs[0]
    return f"{sign}{name}"
