"""Tells a promise that can be checked from a wish: a sum of weights of the clause's words, all of them in csv files.

``weights.csv`` holds one line a feature: what it is (``verb`` the first verb, ``head`` the last noun, ``in`` two
characters inside, ``begin`` and ``end`` the first and last characters, ``class`` the classes of verb and head,
``place`` where the clause stands) and what it speaks for: above zero a promise, below zero a wish.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from luoshi.read.clauses import Stretch
from luoshi.read.words import rows

_NOISE = re.compile(r"\[\d{1,3}\]|[ \n]")
_STATEMENT = re.compile(r"了(?!解)|已经|已(?!有|建)|是(?!否)|预计|正在|面临|具有|存在")
_TRIMMED = "”’)等》"
_PREPOSITIONS = frozenset("让使把将以用为从在对由")
_LONGEST_HEAD = 5
_LONGEST_VERB = 4
_ADVERBS_AT_MOST = 4
_NEIGHBOUR = 0.1
_MOST = 2.0


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


@cache
def weights() -> tuple[dict[str, float], dict[str, float], float]:
    """Weights by feature, weights of the words inside by word, and the constant."""
    marks: dict[str, float] = {}
    inside: dict[str, float] = {}
    for row in rows("weights"):
        if row["feature"] == "in":
            inside[row["word"]] = float(row["weight"])
        else:
            marks[f"{row['feature']}:{row['word']}"] = float(row["weight"])
    return marks, inside, marks.pop("constant:", 0.0)


def plain(words: str) -> str:
    """The clause without footnote marks and blanks."""
    return _NOISE.sub("", words)


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


def features(words: str, where: Stretch, role: str) -> tuple[list[str], str]:
    """The features of a clause, and its words after the adverbs. ``words`` is the clause without its introduction."""
    found = lexicon()
    words = plain(words)
    adverbs, rest = bare(words, found)
    verb, verb_class = verb_of(rest, found)
    head, head_class = head_of(words, found)
    end = words.rstrip(_TRIMMED) or words
    marks = [
        f"verb:{verb}",
        f"head:{head}",
        f"begin:{rest[:1]}",
        f"begin:{rest[:2]}",
        f"begin:{rest[:3]}",
        f"begin:{rest[:4]}",
        f"end:{end[-1:]}",
        f"end:{end[-2:]}",
        f"end:{end[-3:]}",
        f"end:{end[-4:]}",
        f"class:{verb_class}",
        f"class:+{head_class}",
        f"class:{verb_class}+{head_class}",
        f"class:{verb}+{head_class}",
        f"class:{verb_class}+{head}",
        f"place:role {role}",
        f"place:left {min(where.left, 3)}",
        f"place:nth {min(where.place, 3)}",
        f"place:length {min(len(words) // 4, 8)}",
        f"place:lists {min(words.count('、'), 3)}",
        f"place:stop {where.stop}",
    ]
    marks += [f"adverb:{adverb}" for adverb in adverbs]
    marks += _signs(words, where)
    return marks, rest


def _signs(words: str, where: Stretch) -> Iterable[str]:
    if where.place == 0 and where.left == 0:
        yield "sign:alone"
    if where.opens:
        yield "sign:opens"
    if where.core != where.start:
        yield "sign:introduced"
    if where.other:
        yield "sign:others speak"
    if words[:1] in _PREPOSITIONS:
        yield f"sign:{words[0]}"
    if "“" in words:
        yield "sign:quote"
    if "《" in words:
        yield "sign:document"
    if "等" in words:
        yield "sign:等"
    if any("0" <= c <= "9" for c in words):
        yield "sign:number"
    if _STATEMENT.search(words):
        yield "sign:statement"


def score(words: str, where: Stretch, role: str) -> float:
    """How much a clause speaks for a promise (above zero) or a wish (below)."""
    marks, inside, constant = weights()
    found, rest = features(words, where, role)
    total = constant + sum(marks.get(mark, 0.0) for mark in found)
    return total + sum(inside.get(pair, 0.0) for pair in {rest[at : at + 2] for at in range(len(rest) - 1)})


def judged(scores: Sequence[float], where: Sequence[Stretch]) -> list[bool]:
    """Which clauses are promises: each by its own score, and a little by its neighbours' in the same sentence."""
    made = []
    for at, (own, one) in enumerate(zip(scores, where, strict=True)):
        before = _held(scores[at - 1]) if one.place else 0.0
        after = _held(scores[at + 1]) if one.left else 0.0
        made.append(own + _NEIGHBOUR * (before + after) > 0)
    return made


def _held(score: float) -> float:
    return max(-_MOST, min(_MOST, score))
