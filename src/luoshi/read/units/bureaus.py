"""The catalogue of bureaus: which of its rows a name means, whatever the place in front and however it is cut."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from luoshi.read.words import rows

LEVELS = ("county", "city", "province", "national")
_PLACE = re.compile(r"(?:自治区|全国|国家|中央|中国|[省市县区州盟旗镇](?:委|政府)?)")
_LONGEST_PLACE = 8


@cache
def _known() -> dict[str, frozenset[str]]:
    """The codes of every name and alias."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows("units"):
        for name in (*(row[level] for level in LEVELS), *row["aliases"].split("|")):
            if name:
                found[name].add(row["code"])
    return {name: frozenset(held) for name, held in found.items()}


@lru_cache(maxsize=4096)
def codes(name: str) -> frozenset[str]:
    """The codes of the rows that ``name`` means: 安国市发改局 and 发展和改革委员会 give ``development``."""
    known = _known()
    for at in range(min(len(name) - 1, _LONGEST_PLACE + 1)):
        if found := known.get(name[at:]):
            return found
    return frozenset()


def same_unit(one: str, other: str) -> bool:
    """Whether two names mean one unit of the catalogue: by name, by alias, with a place in front or without."""
    return _bare(one) == _bare(other) or bool(codes(one) & codes(other))


def _bare(name: str) -> str:
    place = _PLACE.match(name)
    return name[place.end() :] if place and len(name) - place.end() > 1 else name
