"""What every value of a plan is called; the names are data in ``labels.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Literal

Language = Literal["zh", "en"]


def label(group: str, value: str, lang: Language = "zh") -> str:
    """The name of ``value`` in ``group`` (``kind``, ``strength``, ``comparator`` …): ``label("kind", "hold")`` is 底线.

    A value that nobody has named yet is its own name. A group that does not exist raises :class:`KeyError`.
    """
    named = _names()[group].get(value)
    return named[lang] if named else value


def labels(group: str, lang: Language = "zh") -> tuple[str, ...]:
    """Every name in ``group``, in the order of ``labels.toml``."""
    return tuple(named[lang] for named in _names()[group].values())


def values(group: str) -> tuple[str, ...]:
    """Every value in ``group``, in the order of ``labels.toml``."""
    return tuple(_names()[group])


@cache
def _names() -> dict[str, dict[str, dict[Language, str]]]:
    return tomllib.loads(resources.files(__package__).joinpath("labels.toml").read_text(encoding="utf-8"))
