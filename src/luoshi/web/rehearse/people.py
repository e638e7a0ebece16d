"""The people of the district: units, persons, roles, posts, and the passwords of those who are shown how to sign in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password

from luoshi.rehearsal import cast
from luoshi.store.acting import SYSTEM, By
from luoshi.store.people import add_person, add_post, generated_password, grant_role, hand_over
from luoshi.store.rehearsed import keep_passwords
from luoshi.store.units import add_unit
from luoshi.supervise import Actor, Docket
from luoshi.web.rehearse.data import district
from luoshi.web.roles import roles

if TYPE_CHECKING:
    from luoshi.store.models import Person, Unit

_OFFICE = {"director": "director", "office": "supervisor", "inspector": "inspector"}


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part: who, the sign-in name, the roles, and for which unit."""

    name: str
    username: str
    roles: tuple[str, ...]
    unit: str = ""

    @property
    def title(self) -> str:
        """The roles in Chinese."""
        return "、".join(roles()[role].zh for role in self.roles)


@dataclass(frozen=True, slots=True)
class SignIn:
    """How somebody signs in to the sample district."""

    role: str
    name: str
    unit: str
    username: str
    password: str

    def written(self) -> dict[str, str]:
        """As the file of sign-ins keeps it."""
        return asdict(self)


class People:
    """Everybody of the site, by name."""

    def __init__(self, persons: Mapping[str, Person], units: Mapping[str, Unit]) -> None:
        self.persons = persons
        self.units = units

    def by(self, actor: Actor) -> By:
        """Whoever acts in the story, as the record knows them. Raises KeyError for somebody whom no list names."""
        if actor.role == "system":
            return SYSTEM
        name = actor.person or _liaisons()[actor.unit]
        return By(self.persons[name], actor.role, actor.unit, actor.post)

    def by_name(self, name: str) -> By:
        """``name`` in the first of the roles held."""
        part = next(one for one in parts() if one.name == name)
        return By(self.persons[name], roles()[part.roles[0]].acts, part.unit)

    def for_unit(self, unit: str) -> By:
        """The liaison of ``unit``."""
        return self.by_name(_liaisons()[unit])


class Passwords:
    """Passwords for some people; the slow hashes are made on the side while the story is played."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(2)
        self._made = {part.username: (part, generated_password()) for part in shown()}
        self._hashes: dict[str, Future[str]] = {
            username: self._pool.submit(make_password, password) for username, (_, password) in self._made.items()
        }

    def keep(self) -> tuple[SignIn, ...]:
        """Wait for the hashes and keep them; how each of them signs in."""
        keep_passwords({username: hashed.result() for username, hashed in self._hashes.items()}, SYSTEM)
        self._pool.shutdown()
        return tuple(
            SignIn(part.title, part.name, _short(part.unit), username, password)
            for username, (part, password) in self._made.items()
        )


def add_people(docket: Docket) -> People:
    """Every unit, person, role and post of the district."""
    units = {name: add_unit(SYSTEM, name, short_name=short, kind=kind) for name, short, kind in _units()}
    persons = {}
    for part in parts():
        persons[part.name] = add_person(SYSTEM, part.username, part.name, None)
        for role in part.roles:
            grant_role(persons[part.name], role, SYSTEM, unit=units[part.unit] if roles()[role].unit else None)
    for post in docket.posts:
        made = add_post(SYSTEM, post.id, units[post.unit], post.title, post.duty)
        for holder in post.holders:
            hand_over(made, persons[holder.person], district()["began"], SYSTEM)
    return People(persons, units)


@cache
def parts() -> tuple[Part, ...]:
    """Everybody's part."""
    return tuple(_parts())


def shown() -> list[Part]:
    """Those who are shown how to sign in, in the order of the file."""
    known = {part.username: part for part in parts()}
    return [known[username] for username in district()["signing_in"]["who"]]


def _parts() -> Iterator[Part]:
    called = district()["usernames"]
    yield from (Part(name, called[name], (_OFFICE[role],), cast().office_unit) for name, _, role in cast().office)
    for nth, leader in enumerate(cast().leaders):
        also = ("government",) if nth == 0 else ()
        yield Part(leader.person, called[leader.person], ("leader", *also), district()["government"])
    for unit in cast().units:
        yield Part(unit.head, called[unit.head], ("head",), unit.name)
        yield Part(unit.liaison, called[unit.liaison], ("liaison",), unit.name)
    for name, _, liaison in district()["others"]["list"]:
        yield Part(liaison, called[liaison], ("liaison",), name)
    for group in district()["people"]:
        yield from (Part(name, username, (role,)) for name, username, role in group["names"])


def _units() -> Iterator[tuple[str, str, str]]:
    """Name, short name and kind of every unit."""
    yield district()["government"], "", "government"
    yield cast().office_unit, "督查室", "office"
    yield from ((unit.name, unit.short, "bureau") for unit in cast().units)
    yield from ((name, short, "other") for name, short, _ in district()["others"]["list"])


@cache
def _liaisons() -> dict[str, str]:
    """The liaison of every unit that has one."""
    return {part.unit: part.name for part in parts() if "liaison" in part.roles}


def _short(unit: str) -> str:
    """The short name of ``unit`` where it has one."""
    return next((short for name, short, _ in _units() if name == unit and short), unit)
