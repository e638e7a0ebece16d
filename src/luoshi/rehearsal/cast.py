"""The people of the district, by unit and post; the names are data in ``cast.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from luoshi.supervise import Actor


@dataclass(frozen=True, slots=True)
class Unit:
    """A bureau: its name, short name, head and liaison."""

    name: str
    short: str
    head: str
    liaison: str


@dataclass(frozen=True, slots=True)
class Leader:
    """A leader: the post, who holds it, the units it is in charge of."""

    post: str
    person: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone who acts. ``office`` holds name, title and role of the people of the supervision office."""

    office_unit: str
    office: tuple[tuple[str, str, str], ...]
    leaders: tuple[Leader, ...]
    units: tuple[Unit, ...]

    def actor(self, role: str, unit: str = "", leader: str = "") -> Actor:
        """Who acts in ``role`` for ``unit``, or from the post ``leader``. Raises KeyError for a role nobody has."""
        match role:
            case "lead" | "help":
                liaisons = {one.name: one.liaison for one in self.units}
                return Actor(role=role, unit=unit, person=liaisons.get(unit, ""))
            case "leader" | "government":
                post = leader if role == "leader" else self.leaders[0].post
                people = {one.post: one.person for one in self.leaders}
                return Actor(role=role, post=post, person=people[post])
            case "system":
                return Actor(role=role)
            case _:
                people = {one[2]: one[0] for one in self.office}
                return Actor(role=role, unit=self.office_unit, person=people[role])

    def leader_of(self, unit: str) -> str:
        """The post in charge of ``unit``; the first post where none is named."""
        return next((one.post for one in self.leaders if unit in one.fields), self.leaders[0].post)


@cache
def cast() -> Cast:
    """The cast of the sample district."""
    raw: dict[str, Any] = tomllib.loads(resources.files(__package__).joinpath("cast.toml").read_text(encoding="utf-8"))
    return Cast(
        raw["office"]["unit"],
        tuple((name, title, role) for name, title, role in raw["office"]["people"]),
        tuple(Leader(one["post"], one["person"], tuple(one["fields"])) for one in raw["leaders"]),
        tuple(Unit(*row) for row in raw["units"]["list"]),
    )
