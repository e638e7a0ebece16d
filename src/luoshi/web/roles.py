"""One table, role × right (``roles.toml``), and the questions one asks of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

Sees = Literal["all", "own", "public", "none"]
ANYBODY = frozenset({"profile"})  # what everybody may who is signed in


@dataclass(frozen=True, slots=True)
class Role:
    """A role: how it is called, in which role of the workflow it acts, whose matters it sees, what it may do."""

    name: str
    zh: str
    en: str
    acts: str
    sees: Sees
    rights: frozenset[str]
    unit: bool = False


@dataclass(frozen=True, slots=True)
class Right:
    """A right, by its names."""

    name: str
    zh: str
    en: str


@cache
def roles() -> dict[str, Role]:
    """Every role by name. Raises ValueError for a right that the table does not list."""
    made = {
        name: Role(**{**row, "name": name, "rights": frozenset(row["rights"])}) for name, row in _raw("roles").items()
    }
    unknown = {right for role in made.values() for right in role.rights} - set(rights())
    if unknown:
        raise ValueError(f"roles.toml: no such rights: {', '.join(sorted(unknown))}")
    return made


@cache
def rights() -> dict[str, Right]:
    """Every right by name."""
    return {name: Right(name, **row) for name, row in _raw("rights").items()}


def may(held: frozenset[str], right: str) -> bool:
    """Whether somebody who holds the roles ``held`` has ``right``. Raises KeyError for a right that is none."""
    assert rights()[right]
    return right in ANYBODY or any(right in roles()[name].rights for name in held if name in roles())


def _raw(part: str) -> dict[str, dict[str, Any]]:
    text = resources.files("luoshi.web").joinpath("roles.toml").read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = tomllib.loads(text)[part]
    return found
