"""The sentences of a schedule; they are data in ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


def words(*path: str, **gaps: object) -> str:
    """The sentence at ``path`` with its gaps filled."""
    found: Any = _data()
    for name in path:
        found = found[name]
    return str(found).format(**gaps)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
