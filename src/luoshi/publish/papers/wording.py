"""Short names that papers use beside those of the plan and of supervision; data in ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from luoshi.publish.papers.pictures import unmarked
from luoshi.publish.register.rows import flat
from luoshi.publish.register.safe import plain


@cache
def words() -> dict[str, Any]:
    """The file, read once."""
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def clean(text: str) -> str:
    """``text`` as a Word file may hold it: no characters that XML forbids, line ends as line feeds."""
    return unmarked(plain(text, words()["cut"]))


def line(text: str) -> str:
    """``text`` cleaned and on one line."""
    return " ".join(flat(clean(text)).split())
