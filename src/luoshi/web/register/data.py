"""``register.toml``: the columns, the names of phases, the moves that are made on many items at once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from luoshi.web.shell.language import say


@cache
def data() -> dict[str, Any]:
    """The file, read once."""
    return tomllib.loads(resources.files(__package__).joinpath("register.toml").read_text(encoding="utf-8"))


def named(row: dict[str, Any]) -> str:
    """What a row is called, in the language of the reader."""
    return say(row["zh"], row["en"])


def phase_word(name: str) -> str:
    """What a phase of the workflow is called."""
    return named(data()["phases"][name])
