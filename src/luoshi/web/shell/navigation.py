"""The families of pages as data: which there are, their addresses, and which of them a person's menu shows."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.util import find_spec

from django.urls import URLResolver, include, path, reverse

from luoshi.web.shell.language import say


@dataclass(frozen=True, slots=True)
class Family:
    """A family of pages: its folder under ``luoshi.web``, the start of its addresses, and its row in the menu.

    Without an ``address`` it has pages but no row. One of the rights named in ``right`` is enough to see the row;
    where none is named, everybody who has signed in sees it.
    """

    folder: str
    path: str
    address: str
    zh: str
    en: str
    right: str

    @property
    def title(self) -> str:
        return say(self.zh, self.en)

    @property
    def module(self) -> str:
        return f"luoshi.web.{self.folder}.urls"

    @property
    def built(self) -> bool:
        """Whether the family's folder is there with its addresses."""
        home = resources.files("luoshi.web").joinpath(self.folder)
        return home.is_dir() and find_spec(self.module) is not None


@dataclass(frozen=True, slots=True)
class Group:
    """Families under one heading of the menu."""

    zh: str
    en: str
    families: tuple[Family, ...]

    @property
    def title(self) -> str:
        return say(self.zh, self.en)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the menu: what it is called, where it leads, whether the page at hand is one of its family."""

    title: str
    address: str
    here: bool


@cache
def groups() -> tuple[Group, ...]:
    """Every group of ``navigation.toml`` with the families that are built."""
    raw = tomllib.loads(resources.files(__package__).joinpath("navigation.toml").read_text(encoding="utf-8"))
    return tuple(Group(row["zh"], row["en"], _built(row["families"])) for row in raw["group"])


def _built(rows: Iterable[dict[str, str]]) -> tuple[Family, ...]:
    return tuple(family for family in (Family(**row) for row in rows) if family.built)


def addresses() -> list[URLResolver]:
    """The addresses of every family, each under its own path."""
    return [path(family.path, include(family.module)) for group in groups() for family in group.families]


def menu(may: Callable[[str], bool], here: str) -> list[tuple[str, list[Row]]]:
    """The menu of someone who ``may`` use some rights, on the page whose address starts with ``here``.

    Pairs of a heading and its rows; a group without rows is left out.
    """
    shown = [(group.title, [_row(one, here) for one in group.families if _seen(one, may)]) for group in groups()]
    return [(title, rows) for title, rows in shown if rows]


def _seen(family: Family, may: Callable[[str], bool]) -> bool:
    return bool(family.address) and (not family.right or any(map(may, family.right.split())))


def _row(family: Family, here: str) -> Row:
    return Row(family.title, reverse(family.address), here.lstrip("/").startswith(family.path))
