"""Tells a promise that can be checked from a wish: a sum of weights of the clause's words, all of them in csv files.

``weights.csv`` holds one line a feature: what it is (``verb`` the first verb, ``head`` the last noun, ``in`` two
characters inside, ``begin`` and ``end`` the first and last characters, ``class`` the classes of verb and head,
``place`` where the clause stands) and what it speaks for: above zero a promise, below zero a wish. ``make learn``
learns them anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise, repeat
from typing import get_args

from luoshi.plan.model import Role
from luoshi.read.clauses import Stretch
from luoshi.read.words import rows

_NOISE = re.compile(r"\[\d{1,3}\]|[ \n]")
_STATEMENT = re.compile(r"了(?!解)|已经|已(?!有|建)|是(?!否)|预计|正在|面临|具有|存在")
_TRIMMED = "”’)等》"
_PREPOSITIONS = frozenset("让使把将以用为从在对由")
_NUMBER = re.compile("[0-9]")
_ENSURE = "确保"
_OF = "的"
_FEATURES = ("constant", "begin", "end", "in", "verb", "head", "class", "adverb", "place", "sign")
_SIZES = (1, 2, 3, 4)
_LEFT, _NTH, _LISTS = ([f"{name} {count}" for count in range(4)] for name in ("left", "nth", "lists"))
_LENGTH = [f"length {count}" for count in range(9)]
_ROLE = {role: f"role {role}" for role in get_args(Role)}
_STOP = {mark: f"stop {mark}" for mark in ("", *",;。!?:")}
_LONGEST_HEAD = 5
_LONGEST_VERB = 4
_ADVERBS_AT_MOST = 4
# Promises stand together: what a clause gains from those beside it in its sentence, and from the nearest ones around.
_BESIDE = 0.2
_AROUND = 0.4
_REACH = 4
_USUAL = 0.35
_MOST = 2.0
_NONE: dict[str, float] = {}
_NOTHING = repeat(0.0)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists for the features of a clause."""

    verbs: dict[str, str]
    heads: dict[str, str]
    adverbs: dict[str, tuple[str, ...]]


@cache
def lexicon() -> Lexicon:
    """Verbs and heads with their classes, adverbs by first character (longest first)."""
    adverbs: dict[str, list[str]] = {}
    for row in rows("adverbs"):
        adverbs.setdefault(row["word"][0], []).append(row["word"])
    return Lexicon(
        {row["word"]: row["class"] for row in rows("verbs")},
        {row["word"]: row["class"] for row in rows("heads")},
        {first: tuple(sorted(words, key=len, reverse=True)) for first, words in adverbs.items()},
    )


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature of a clause speaks for, by kind of feature and word.

    ``pairs`` are two characters inside, ``classes`` those of the verb, then of the noun.
    """

    constant: float
    by: dict[str, dict[str, float]]
    pairs: dict[tuple[str, str], float]
    classes: dict[str, dict[str, float]]


@cache
def weights() -> Weights:
    """The weights of ``weights.csv``."""
    return weighing((row["feature"], row["word"], float(row["weight"])) for row in rows("weights"))


def weighing(told: Iterable[tuple[str, str, float]]) -> Weights:
    """Weights from (feature, word, weight), as :func:`features` names them; what is not told weighs nothing."""
    by: dict[str, dict[str, float]] = {name: {} for name in _FEATURES}
    for feature, word, weight in told:
        by[feature][word] = weight
    pairs = {(word[0], word[1]): weight for word, weight in by["in"].items()}
    classes: dict[str, dict[str, float]] = {"": {}}
    for word, weight in by["class"].items():
        first, _, second = word.partition("+")
        classes.setdefault(first, {})[second] = weight
    return Weights(by["constant"].get("", 0.0), by, pairs, classes)


def plain(words: str) -> str:
    """The clause without footnote marks and blanks."""
    return _NOISE.sub("", words) if "[" in words or " " in words or "\n" in words else words


def bare(words: str, found: Lexicon) -> tuple[list[str], str]:
    """The adverbs a clause begins with, and the rest."""
    adverbs: list[str] = []
    for _ in range(_ADVERBS_AT_MOST):
        for word in found.adverbs.get(words[:1], ()):
            if words.startswith(word) and len(words) > len(word) + 2:
                adverbs.append(word)
                words = words[len(word) :]
                break
        else:
            break
    return adverbs, words


def undertaken(words: str) -> str:
    """A clause without the adverbs it begins with; 确保 stays, for it says that a state is to be kept."""
    adverbs, rest = bare(plain(words), lexicon())
    return _ENSURE + rest if _ENSURE in adverbs else rest


def verb_of(words: str, found: Lexicon) -> tuple[str, str]:
    """The verb a clause (without its adverbs) begins with and its class; two characters and ``?`` if unknown."""
    for size in range(_LONGEST_VERB, 1, -1):
        kind = found.verbs.get(words[:size])
        if kind:
            return words[:size], kind
    return words[:2], "?"


def head_of(words: str, found: Lexicon) -> tuple[str, str]:
    """The noun a clause ends with and its class; its last two characters and ``?`` if unknown."""
    words = words.rstrip(_TRIMMED) or words
    for size in range(_LONGEST_HEAD, 1, -1):
        kind = found.heads.get(words[-size:])
        if kind:
            return words[-size:], kind
    return words[-2:], "?"


def score(words: str, where: Stretch, role: str, made: Weights | None = None) -> float:
    """How much a clause speaks for a promise (above zero) or a wish (below).

    ``words`` is the clause without its introduction, ``role`` that of its section, ``made`` other weights than those
    of ``weights.csv``.
    """
    made, found = made or weights(), lexicon()
    words = plain(words)
    adverbs, rest = bare(words, found)
    end = words.rstrip(_TRIMMED) or words
    begins, ends, place, sign = made.by["begin"].get, made.by["end"].get, made.by["place"].get, made.by["sign"].get
    total = made.constant + _classed(made, found, rest, words)
    total += begins(rest[:1], 0.0) + begins(rest[:2], 0.0) + begins(rest[:3], 0.0) + begins(rest[:4], 0.0)
    total += ends(end[-1:], 0.0) + ends(end[-2:], 0.0) + ends(end[-3:], 0.0) + ends(end[-4:], 0.0)
    total += sum(map(made.pairs.get, pairwise(rest), _NOTHING))
    total += sum(map(place, _places(words, where, role), _NOTHING))
    for adverb in adverbs:
        total += made.by["adverb"].get(adverb, 0.0)
    for name in _signs(words, where):
        total += sign(name, 0.0)
    return total


def _classed(made: Weights, found: Lexicon, rest: str, words: str) -> float:
    """What the first verb and the last noun speak for, each alone and both together."""
    verb, verb_class = verb_of(rest, found)
    head, head_class = head_of(words, found)
    by, classes = made.by, made.classes
    by_class = classes.get(verb_class, _NONE).get
    total = by["verb"].get(verb, 0.0) + by["head"].get(head, 0.0) + classes[""].get(head_class, 0.0)
    total += by_class("", 0.0) + by_class(head_class, 0.0) + by_class(head, 0.0)
    if _OF in words:
        total += by_class(_OF, 0.0)
    if verb in classes:
        total += classes[verb].get(head_class, 0.0)
    return total


def _places(words: str, where: Stretch, role: str) -> tuple[str, ...]:
    return (
        _ROLE[role],
        _LEFT[min(where.left, 3)],
        _NTH[min(where.place, 3)],
        _LENGTH[min(len(words) // 4, 8)],
        _LISTS[min(words.count("、"), 3)],
        _STOP.get(where.stop, "stop …"),
    )


def _signs(words: str, where: Stretch) -> list[str]:
    found = []
    if "“" in words:
        found.append("quote")
    if "《" in words:
        found.append("document")
    if "等" in words:
        found.append("等")
    if where.place == 0 and where.left == 0:
        found.append("alone")
    if where.opens:
        found.append("opens")
    if where.core != where.start:
        found.append("introduced")
    if where.other:
        found.append("others speak")
    if words[:1] in _PREPOSITIONS:
        found.append(words[0])
    if _NUMBER.search(words):
        found.append("number")
    if _STATEMENT.search(words):
        found.append("statement")
    return found


def features(words: str, where: Stretch, role: str) -> list[tuple[str, str]]:
    """Everything about a clause that may weigh, as the first two columns of ``weights.csv``: (feature, word).

    What the weights are learned from; :func:`score` adds up the same ones without listing them.
    """
    found = lexicon()
    words = plain(words)
    adverbs, rest = bare(words, found)
    end = words.rstrip(_TRIMMED) or words
    verb, verb_class = verb_of(rest, found)
    head, head_class = head_of(words, found)
    named = [("constant", ""), ("verb", verb), ("head", head)]
    named += [pair for size in _SIZES for pair in (("begin", rest[:size]), ("end", end[-size:]))]
    named += [("adverb", adverb) for adverb in adverbs]
    named += [("place", place) for place in _places(words, where, role)]
    named += [("sign", sign) for sign in _signs(words, where)]
    classes = (
        verb_class,
        f"+{head_class}",
        f"{verb_class}+{head_class}",
        f"{verb_class}+{head}",
        f"{verb}+{head_class}",
    )
    named += [("class", name) for name in classes]
    if _OF in words:
        named.append(("class", f"{verb_class}+{_OF}"))
    return named + [("in", "".join(pair)) for pair in pairwise(rest)]


def because(words: str, where: Stretch, role: str) -> list[tuple[str, str, float]]:
    """The rows of ``weights.csv`` that a clause meets (feature, word, weight), strongest first."""
    by = weights().by
    rows_ = [(feature, word, by[feature].get(word, 0.0)) for feature, word in features(words, where, role)]
    return sorted((row for row in rows_ if row[2]), key=lambda row: (-abs(row[2]), row[0], row[1]))


def margins(scores: Sequence[float], where: Sequence[Stretch]) -> list[float]:
    """How far each clause is from the border (above zero a promise): its own score and a little of those around it."""
    held = [max(-_MOST, min(_MOST, score)) for score in scores]
    sums = list(accumulate(held, initial=0.0))
    made = []
    for at, (own, one) in enumerate(zip(scores, where, strict=True)):
        beside = (held[at - 1] if one.place else 0.0) + (held[at + 1] if one.left else 0.0)
        first, last = max(0, at - _REACH), min(len(held), at + _REACH + 1)
        around = (sums[last] - sums[first] - held[at]) / max(1, last - first - 1) - _USUAL
        made.append(own + _BESIDE * beside + _AROUND * around)
    return made
