"""The words of the desk (``desk.toml``): queues, states of visits and findings, what a notice counts."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from luoshi.web.shell.language import say


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits: items in ``states`` (``late``: those behind); the move and the papers that many may have at once."""

    name: str
    zh: str
    en: str
    states: tuple[str, ...]
    late: bool = False
    bulk: str = ""
    one: str = ""
    papers: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return say(self.zh, self.en)


@cache
def desk() -> dict[str, Any]:
    """The data file, read once."""
    return tomllib.loads(resources.files(__package__).joinpath("desk.toml").read_text(encoding="utf-8"))


@cache
def queues() -> dict[str, Queue]:
    """Every queue by name, in the order of the desk."""
    return {
        name: Queue(name, **{**row, "states": tuple(row["states"]), "papers": tuple(row.get("papers", ()))})
        for name, row in desk()["queues"].items()
    }


def called(group: str, name: str) -> str:
    """What ``name`` of ``group`` is called; itself where the file does not list it."""
    row = desk()[group].get(name)
    return say(row["zh"], row["en"]) if row else name


def tag_of(group: str, name: str) -> dict[str, str]:
    """A state as the component ``tag`` draws it."""
    return {"text": called(group, name), "tone": desk()[group].get(name, {}).get("tone", "plain")}
