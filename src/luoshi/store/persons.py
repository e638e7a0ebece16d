"""The people of the site as a list, and what changes about one: facts, and an account opened again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.store.acting import By
from luoshi.store.enrolling import Enrolled, facts_of
from luoshi.store.ledger import record
from luoshi.store.models import Person, PostHolder, RoleGrant, Unit
from luoshi.store.writing import writing

ORDERS = {
    one: (one.replace("unit", "unit__name").replace("state", "is_active"), "username")
    for base in ("name", "username", "unit", "state")
    for one in (base, f"-{base}")
}
STATES = ("active", "fresh", "closed")  # in use, first password not changed yet, closed


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of people asks for; an empty member asks for nothing."""

    words: str = ""
    unit: Unit | None = None
    role: str = ""
    state: str = ""
    order: str = "username"


def people_asked(people: QuerySet[Person], asked: Asked, day: date) -> QuerySet[Person]:
    """Those of ``people`` that fit, with their unit, roles and the posts they have held."""
    found = people
    if asked.words:
        words = asked.words
        found = found.filter(
            Q(name__contains=words) | Q(username__contains=words) | Q(phone__contains=words) | Q(email__contains=words)
        )
    if asked.unit is not None:
        held = PostHolder.objects.filter(person=OuterRef("pk"), post__unit=asked.unit, since__lte=day)
        holds = held.exclude(until__lt=day)
        granted = RoleGrant.objects.filter(person=OuterRef("pk"), unit=asked.unit)
        found = found.filter(Q(unit=asked.unit) | Exists(holds) | Exists(granted))
    if asked.role:
        found = found.filter(Exists(RoleGrant.objects.filter(person=OuterRef("pk"), role=asked.role)))
    found = found.filter(**_state(asked.state)).order_by(*ORDERS.get(asked.order, ORDERS["username"]))
    return found.select_related("unit").prefetch_related("grants__unit", "posts__post__unit")


def _state(state: str) -> dict[str, object]:
    match state:
        case "active":
            return {"is_active": True}
        case "fresh":
            return {"is_active": True, "password_set": None}
        case "closed":
            return {"is_active": False}
    return {}


def change_person(person: Person, new: Enrolled, seen: dict[str, str], by: By) -> bool:
    """Let ``person`` be as ``new`` says, also where it says nothing; False where it is not as was ``seen``."""
    after = {"name": new.name, "unit": new.unit, "phone": new.phone, "email": new.email}
    with writing():
        row = Person.objects.select_for_update(of=("self",)).select_related("unit").get(pk=person.pk)
        before = facts_of(row)
        if before != seen:
            return False
        told = {fact: [before[fact], str(value or "")] for fact, value in after.items()}
        told = {fact: pair for fact, pair in told.items() if pair[0] != pair[1]}
        if told:
            Person.objects.filter(pk=person.pk).update(**after)
            record(by, "person.change", f"person:{person.pk}", f"{row.name}（{row.username}）", **told)
    return True


def reopen_person(person: Person, by: By, reason: str) -> None:
    """The account signs in again with the password it had; tokens stay revoked."""
    with writing():
        if Person.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
            record(by, "person.reopen", f"person:{person.pk}", person.name, reason=reason)
