"""The words of the result picture; data in ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from luoshi.publish.onepage.board import Label


@cache
def words() -> dict[str, Any]:
    """The lists of ``words.toml``."""
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def label(name: str) -> Label:
    """One of the picture's own words."""
    return Label(words()["labels"][name])
