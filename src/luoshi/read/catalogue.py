"""The catalogue of indicators: which known indicator a phrase names, whatever the report calls it.

Names, codes and aliases are the rows of ``lexicon/indicators.csv``. A phrase is known when it is an alias with nothing
but a place in front (全区GDP): 高技术制造业投资 must not become 制造业投资.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from luoshi.read.words import any_of, rows

_JOINING = frozenset("、和与及")
_SHORT = 6
_REST = 16
_PLACE = "(?:[全我本][国省市区县州盟旗镇乡]|[一-龥]{1,4}?[省市区县州盟旗镇乡])?的?(?:实现|完成|年度)?"


@dataclass(frozen=True, slots=True)
class Known:
    """An indicator of the catalogue; ``better`` says whether more (``up``) or less (``down``) of it is better.

    ``source`` is who counts it: the statistics that its readings come from.
    """

    name: str
    code: str
    unit: str
    better: str
    source: str


@cache
def catalogue() -> dict[str, Known]:
    """Every indicator by its name and by each of its aliases."""
    found = {}
    for row in rows("indicators"):
        known = Known(row["name"], row["code"], row["unit"], row["better"], row["source"])
        for alias in (row["name"], *filter(None, row["aliases"].split("|"))):
            found[alias] = known
    return found


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(f"{_PLACE}(?P<alias>{any_of(catalogue())})")


def elided(text: str, start: int, end: int) -> Known | None:
    """The indicator of ``text[start:end]`` where it leaves its noun to the next in its list: 城镇、农村居民收入."""
    if text[end : end + 1] not in _JOINING or end - start > _SHORT:
        return None
    head = text[start:end]
    for size in range(2, len(head) + 3):
        match = _alias().match(head + text[end + 1 + size : end + 1 + size + _REST])
        if match and match.end() > len(head) + 1:
            return catalogue()[match[0]]
    return None


@cache
def _alias() -> re.Pattern[str]:
    return re.compile(any_of(catalogue()))


@lru_cache(maxsize=4096)
def known(phrase: str) -> Known | None:
    """The indicator that ``phrase`` (folded) names, or None."""
    if phrase in catalogue():  # before a place is looked for: 城镇 and 人均地区 read like one
        return catalogue()[phrase]
    match = _pattern().fullmatch(phrase)
    return catalogue()[match["alias"]] if match else None
