"""The words of supervision and what the lists allow; data in ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def data(name: str) -> dict[str, Any]:
    """A data file of this package, read once."""
    folder = resources.files("luoshi.supervise")
    return tomllib.loads(folder.joinpath(*name.split("/")).read_text(encoding="utf-8"))


def word(group: str, value: str, what: str = "zh") -> str:
    """What ``value`` of ``group`` is called: ``word("cause", "land")`` is 用地. Raises KeyError if it is not listed."""
    found: str = data("words.toml")[group][value][what]
    return found


def values(group: str) -> tuple[str, ...]:
    """Every value of ``group`` in the order of the file."""
    return tuple(data("words.toml")[group])


def known(group: str, value: str | None) -> bool:
    """Whether ``value`` is one of ``group``."""
    return value in data("words.toml")[group]
