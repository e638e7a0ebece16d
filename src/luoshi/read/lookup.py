"""Where in the data of the reader a word stands: the row of a csv file, or the list of a toml file, for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from luoshi.read.words import remarks, rows, table

_SHOWN = 60


def csv_row(name: str, /, **wanted: str) -> str:
    """The row of ``lexicon/name.csv`` with these cells, with its line number; empty if there is none."""
    for line, row in enumerate(rows(name), remarks(name) + 2):
        if all(row[column] == cell for column, cell in wanted.items()):
            return f"{line}: {short(','.join(row.values()))}"
    return ""


def listed(name: str, words: str, *path: str, whole: bool = False) -> str:
    """The longest entry of ``lexicon/name.toml``, below ``path``, that ``words`` hold (if ``whole``: begin with).

    An entry is a key, a pattern, or one of a list; the answer is its place in the file and the entry itself.
    """
    node: Any = table(name)
    for part in path:
        node = node.get(part, {})
    best = max(_held(node, words, list(path), whole), default=(0, ""))
    return best[1]


def rule(where: str, pattern: str) -> str:
    """A rule of a toml file: where it stands, and the beginning of its pattern."""
    return f"[{where}] {short(pattern)}".strip()


def short(words: str) -> str:
    """``words``, cut where they are long."""
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


def _held(node: Any, words: str, path: list[str], whole: bool) -> Iterator[tuple[int, str]]:
    entries: Iterable[str] = ()
    if isinstance(node, dict):
        for key, below in node.items():
            if not key.startswith("not_"):
                yield from _held(below, words, [*path, key], whole)
        entries = node
    elif isinstance(node, list):
        entries = (entry for entry in node if isinstance(entry, str))
    elif isinstance(node, str):
        entries = (node,)
    for entry in entries:
        found = _search(entry, words, whole)
        if found:
            yield len(found[0]), f"[{'.'.join(path)}] {short(entry)}"


def _search(entry: str, words: str, whole: bool) -> re.Match[str] | None:
    try:
        return re.match(entry, words) if whole else re.search(entry, words)
    except re.error:
        return re.search(re.escape(entry), words)
