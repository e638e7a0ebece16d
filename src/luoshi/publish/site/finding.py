"""The index that the search page reads: pairs of characters and the things that hold them, in files of bounded size.

A script on a page opened from a folder may load other scripts but may not fetch data, so every file of the index is a
script that hands its part over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from luoshi.publish.site.cards import Card
from luoshi.publish.site.frame import File, encoded
from luoshi.publish.site.targets import Goal

ENTRIES = 250  # things a file
PAIRS = 60_000  # numbers a file, roughly
_SENTENCE = 160


class Thing(NamedTuple):
    """Something that can be found: its page, what it is called, the light's colour, shape and word, and its text."""

    path: str
    title: str
    lamp: str
    shape: str
    said: str
    text: str


def things(cards: Sequence[Card], goals: Sequence[Goal], *, lit: bool) -> tuple[Thing, ...]:
    """Every item, then every target that has a page and is not itself an item."""
    found = [_item(one, lit=lit) for one in cards]
    found += [Thing(one.path, one.name, "", "", "", one.figure.text) for one in goals if one.card is None]
    return tuple(found)


def index(found: Sequence[Thing]) -> Iterator[File]:
    """The files of the index: ``head`` says how many there are of the other two kinds."""
    pairs = _pairs(found)
    shards = 1
    while sum(map(len, pairs.values())) / shards > PAIRS:
        shards *= 2
    parts: list[dict[str, list[int]]] = [{} for _ in range(shards)]
    for pair in sorted(pairs):
        parts[shard(pair, shards)][pair] = _steps(pairs[pair])
    entries = [found[at : at + ENTRIES] for at in range(0, len(found), ENTRIES)]
    head = {"things": len(found), "shards": shards, "entries": ENTRIES}
    yield "search/head.js", _script("head", 0, head)
    for at, part in enumerate(parts):
        yield f"search/pairs-{at}.js", _script("pairs", at, part)
    for at, rows in enumerate(entries):
        yield f"search/things-{at}.js", _script("things", at, [list(row) for row in rows])


def shard(pair: str, shards: int) -> int:
    """Which file a pair is in; ``search.js`` counts the same way."""
    return (ord(pair[0]) * 31 + ord(pair[1])) % shards


def folded(text: str) -> str:
    """``text`` as it is compared: small letters, only letters and digits of any script."""
    return "".join(char for char in text.lower() if char.isalnum())


def _item(one: Card, *, lit: bool) -> Thing:
    matter = one.case.matter
    text = " ".join(filter(None, (one.case.sentence.replace("\n", " ")[:_SENTENCE], one.unit, matter.number)))
    lamp = one.lamp
    return Thing(one.path, one.title, *((lamp.colour, lamp.shape, lamp.text) if lit else ("", "", "")), text)


def _pairs(found: Iterable[Thing]) -> dict[str, list[int]]:
    pairs: dict[str, list[int]] = {}
    for at, one in enumerate(found):
        # Pieces are folded apart: no pair runs from the end of one into the next.
        for pair in dict.fromkeys(pair for part in (one.title, one.text) for pair in _in(folded(part))):
            pairs.setdefault(pair, []).append(at)
    return pairs


def _in(text: str) -> Iterator[str]:
    return (text[at : at + 2] for at in range(len(text) - 1))


def _steps(numbers: Sequence[int]) -> list[int]:
    """The first number and the differences after it: shorter to write."""
    return [numbers[0], *(now - before for before, now in pairwise(numbers))]


def _script(kind: str, at: int, value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # No tag can be read out of the file, whoever shows it as what.
    text = text.replace("<", "\\u003c")
    return encoded(f'luoshi.take("{kind}",{at},{text});\n')
