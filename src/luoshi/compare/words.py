"""The words that comparing goes by: data in ``words.toml`` and ``bands.toml``, loaded once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The part ``name`` of ``words.toml``."""
    whole = tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    part: dict[str, Any] = whole[name]
    return part


@cache
def pattern(name: str, member: str) -> re.Pattern[str]:
    """The words ``member`` of the part ``name`` as one pattern, the longest first."""
    return any_of(table(name)[member])


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of ``words`` (each a regular expression), the longest first."""
    return re.compile("|".join(sorted(words, key=lambda word: (-len(word), word))) or "(?!)")


def said(name: str, **found: object) -> str:
    """The sentence ``name`` of the part ``because``, with ``found`` filled in."""
    text: str = table("because")[name]
    return text.format(**found)
