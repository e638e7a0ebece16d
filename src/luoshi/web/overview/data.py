"""``overview.toml``: which moves say that something got worse, how far ahead is looked, how much is shown."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def data() -> dict[str, Any]:
    """The file, read once."""
    return tomllib.loads(resources.files(__package__).joinpath("overview.toml").read_text(encoding="utf-8"))
