"""The form of official papers (GB/T 9704-2012) as data: the page, and every style of a paragraph."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

Align = Literal["left", "center", "right", "both", "tab"]


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph's style: sizes in points, indents in characters; ``form.toml`` explains each member."""

    key: str
    name: str
    east: str
    size: float
    line: float
    align: Align = "left"
    first: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    bold: bool = False
    colour: str = ""
    next: bool = False
    border: str = ""
    frame: bool = False
    heading: int = 0
    strong: bool = False


@cache
def form() -> dict[str, Any]:
    """The whole file: ``page``, ``wide``, ``latin``, ``number``, ``styles``."""
    return tomllib.loads(resources.files(__package__).joinpath("form.toml").read_text(encoding="utf-8"))


@cache
def styles() -> dict[str, Style]:
    """Every style by its key, which is the word that begins a line of a source of words."""
    pitch = form()["page"]["pitch"]
    return {key: Style(key, **{"line": pitch, **row}) for key, row in form()["styles"].items()}
