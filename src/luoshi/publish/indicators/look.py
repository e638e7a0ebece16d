"""Sizes, colours, words and columns of everything here; they are data in ``look.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def look() -> dict[str, Any]:
    """The whole of ``look.toml``."""
    return tomllib.loads(resources.files(__package__).joinpath("look.toml").read_text(encoding="utf-8"))
