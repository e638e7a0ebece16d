"""Whether two names are one: words with rapidfuzz, and the small marks that make 二期 another thing than 一期."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

from luoshi.compare.words import any_of, pattern, table

SAME = 0.74
_NAME = 4
# Names of that many characters or more may say the same in another order (隐性债务化解, 化解隐性债务).
_TURNED, _TURNED_WORTH = 6, 0.9
_NOISE = re.compile(r"\[\d*\]?|【\d*】?|[\s“”‘’\"'《》（）()、，,·\-—]+")
_LEADING_NUMBER = re.compile(
    r"\d[\d.,]*(?:余|多)?(?:亿|万|千)?(?:元|个|家|公里|亩|套|户|条|座|所|处|平方米|张|人|名|%|项|部|台|辆|件|人次|个百分点|平方公里|万|吨|座)"
)


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """Half width, without quotes, brackets and blanks."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=65536)
def bare(indicator: str) -> str:
    """An indicator's name without the words that come and go from year to year (总量, 全区, 实现)."""
    short = pattern("indicator", "drop").sub("", folded(indicator))
    return short or folded(indicator)


@lru_cache(maxsize=65536)
def name_of(commitment: str) -> str:
    """What a promise is about: its words without verbs, deadlines and numbers (松岗通用机场跑道延长)."""
    text = folded(commitment)
    lead, tail = _lead(), _tail()
    while (found := lead.match(text)) and found.end() < len(text) - 2:
        text = text[found.end() :]
    while (found := tail.search(text)) and found.start() > 2:
        text = text[: found.start()]
    short = _LEADING_NUMBER.sub("", text)
    return short if len(short) >= 3 else text


@lru_cache(maxsize=65536)
def core(commitment: str) -> str:
    """A promise without the words that stand in so many (大力发展……, ……主体责任); at least two characters stay."""
    text = folded(commitment)
    lead, tail = pattern("versions", "lead"), _versions_tail()
    while (found := lead.match(text)) and found.end() <= len(text) - 2:
        text = text[found.end() :]
    while (found := tail.search(text)) and found.start() >= 2:
        text = text[: found.start()]
    return text


@lru_cache(maxsize=1)
def _versions_tail() -> re.Pattern[str]:
    return re.compile(f"(?:{pattern('versions', 'tail').pattern})$")


def members(commitment: str) -> tuple[str, ...]:
    """The names that a promise lists (甲、乙和丙建成), each without verbs; none too short to be a name."""
    parts = re.split("[、]|和(?=[^、]{4,}$)", commitment)
    named = (name_of(part) for part in parts)
    return tuple(dict.fromkeys(name for name in named if len(name) >= _NAME))


@lru_cache(maxsize=1)
def _lead() -> re.Pattern[str]:
    return any_of(table("naming")["lead"])


@lru_cache(maxsize=1)
def _tail() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(table('naming')['tail']).pattern})$")


@lru_cache(maxsize=65536)
def marks(name: str) -> frozenset[str]:
    """The small words that tell one thing from its brothers: 一 of 一期, 3 of 3号, 东 of 东线."""
    return frozenset(pattern("naming", "marks").findall(name))


def told_apart(one: str, other: str) -> bool:
    """Whether marks of the same kind differ, so that the two cannot be one thing."""
    mine, theirs = marks(one), marks(other)
    return mine != theirs and (bool(mine and theirs) or _phase(one) != _phase(other))


def _phase(name: str) -> bool:
    return bool(re.search(r"[一二三四五六七八九十\d]+期", name))


@lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> float:
    """How much two indicator names are one, from 0 to 1."""
    mine, theirs = bare(one), bare(other)
    if not mine or not theirs or told_apart(mine, theirs):
        return 0.0
    if mine == theirs:
        return 1.0
    straight = fuzz.ratio(mine, theirs) / 100
    if min(len(mine), len(theirs)) < _TURNED:
        return straight
    return max(straight, _TURNED_WORTH * fuzz.ratio("".join(sorted(mine)), "".join(sorted(theirs))) / 100)


@lru_cache(maxsize=200_000)
def contained(name: str, clause: str) -> float:
    """How much of ``name`` stands in ``clause``, from 0 to 1; marks that differ there make it 0."""
    text = folded(clause)
    found = fuzz.partial_ratio_alignment(name, text, score_cutoff=60)
    if found is None or len(text) < len(name) * 0.6:
        return 0.0
    around = text[max(0, found.dest_start - 1) : found.dest_end + 3]
    if marks(name) - marks(around) or (_phase(around) and not _phase(name)):
        return 0.0
    return found.score / 100
