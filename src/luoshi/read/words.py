"""The words of the reader: every list lives in ``lexicon/``; this module turns lists into patterns that run fast."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from itertools import takewhile
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The data file ``lexicon/name.toml``."""
    return tomllib.loads(resources.files("luoshi.read").joinpath(f"lexicon/{name}.toml").read_text(encoding="utf-8"))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``lexicon/name.csv``, without the remarks (#) it may begin with."""
    return tuple(csv.DictReader(_lines(name)[remarks(name) :]))


@cache
def remarks(name: str) -> int:
    """How many lines of remarks stand above the heads of the columns."""
    return sum(1 for _ in takewhile(lambda line: line.startswith("#"), _lines(name)))


def _lines(name: str) -> list[str]:
    return resources.files("luoshi.read").joinpath(f"lexicon/{name}.csv").read_text(encoding="utf-8").splitlines()


def any_of(words: Iterable[str], not_before: Mapping[str, str] | None = None) -> str:
    """A pattern for the longest of ``words`` at a place, as a trie: time grows with the match, not with the list.

    ``not_before`` gives, for a word, the characters it may not stand before.
    """
    trie: dict[str, Any] = {}
    for word in words:
        node = trie
        for char in word:
            node = node.setdefault(char, {})
        node[""] = (not_before or {}).get(word, "")
    return _pattern(trie)


def _pattern(node: dict[str, Any]) -> str:
    branches: dict[str, list[str]] = {}
    for char, below in node.items():
        if char:
            branches.setdefault(_pattern(below), []).append(char)
    made = [_chars(chars) + rest for rest, chars in branches.items()]
    if "" in node:
        guard = node[""]
        if guard:
            made.append(f"(?![{guard}])")
        elif made:
            return f"(?:{'|'.join(made)})?"
    return made[0] if len(made) == 1 else f"(?:{'|'.join(made)})" if made else ""


def _chars(chars: list[str]) -> str:
    return re.escape(chars[0]) if len(chars) == 1 else f"[{''.join(map(re.escape, chars))}]"
