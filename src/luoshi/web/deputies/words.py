"""The words of ballots, from ``choices.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from luoshi.store.balloting import CHOICES
from luoshi.web.shell.language import say


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("choices.toml").read_text(encoding="utf-8"))


def choice(name: str) -> str:
    """A choice as the reader calls it."""
    return say(_raw()[name]["zh"], _raw()[name]["en"])


def choices() -> list[tuple[str, str]]:
    """Every choice with its word, in the order shown."""
    return [(name, choice(name)) for name in CHOICES]


def state(name: str) -> str:
    """A state of a ballot as the reader calls it."""
    return say(_raw()["states"][name]["zh"], _raw()["states"][name]["en"])
