"""People by the table: new accounts with a password for once, what is known of people changed; all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher, make_password
from django.utils.crypto import get_random_string

from luoshi.store.acting import By
from luoshi.store.ledger import recording
from luoshi.store.models import Person, Unit
from luoshi.store.people import generated_password
from luoshi.store.writing import writing

FACTS = ("name", "unit", "phone", "email")
_ROUNDS = 1000
_SALT = 22


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A row of the table: the sign-in and what is said of the person; an empty fact says nothing."""

    username: str
    name: str
    unit: Unit | None = None
    phone: str = ""
    email: str = ""

    def changes(self, person: Person) -> dict[str, tuple[object, object]]:
        """What is said here and is otherwise with ``person``: before and after."""
        said = {fact: getattr(self, fact) for fact in FACTS}
        return {
            fact: (getattr(person, fact), value)
            for fact, value in said.items()
            if value and getattr(person, fact) != value
        }


def people_by_username(names: Sequence[str]) -> dict[str, Person]:
    """Those of ``names`` who have an account, asked for in parts that every database takes."""
    found: dict[str, Person] = {}
    for at in range(0, len(names), 500):
        rows = Person.objects.filter(username__in=names[at : at + 500]).select_related("unit")
        found |= {one.username: one for one in rows}
    return found


def enrol(rows: Sequence[Enrolled], seen: Mapping[str, Mapping[str, str]], by: By) -> list[tuple[Person, str]] | None:
    """Make the accounts that are not there yet, and change what is said otherwise of the others.

    The new people with their passwords, shown this once. None, and nothing done, where somebody of the table is not
    as was ``seen`` (facts in words by sign-in; whoever is not in it was not there).
    """
    passwords = {one.username: generated_password() for one in rows if one.username not in seen}
    hashed = {username: quick_hash(password) for username, password in passwords.items()}
    with writing():
        known = people_by_username([one.username for one in rows])
        if {username: facts_of(person) for username, person in known.items()} != dict(seen):
            return None
        with recording() as record:
            for one in rows:
                if (person := known.get(one.username)) is None:
                    continue
                if changed := one.changes(person):
                    Person.objects.filter(pk=person.pk).update(**{fact: new for fact, (_, new) in changed.items()})
                    told = {fact: [str(old or ""), str(new)] for fact, (old, new) in changed.items()}
                    record(by, "person.change", f"person:{person.pk}", f"{person.name}（{one.username}）", **told)
            made = [_made(one, hashed[one.username]) for one in rows if one.username not in known]
            for person in made:
                record(by, "person.add", f"person:{person.pk}", f"{person.name}（{person.username}）")
    return [(person, passwords[person.username]) for person in made]


def facts_of(person: Person) -> dict[str, str]:
    """What is known of ``person``, in words, for comparing."""
    return {fact: str(getattr(person, fact) or "") for fact in FACTS}


def quick_hash(password: str) -> str:
    """The hash of a password that was generated: 115 bits need no slow hash, and thousands are made at once.

    It is replaced by a slow one when its person signs in.
    """
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return hasher.encode(password, get_random_string(_SALT), _ROUNDS)
    return make_password(password)


def _made(one: Enrolled, hashed: str) -> Person:
    return Person.objects.create(
        username=one.username, name=one.name, unit=one.unit, phone=one.phone, email=one.email, password=hashed
    )
