"""What administrators do to people: a new one-time password, who has which role, whose duties would be left behind."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from luoshi.problems import Problem, problem
from luoshi.store.acting import By
from luoshi.store.choosing import LEAGUE, choose
from luoshi.store.ledger import record
from luoshi.store.models import LedgerEntry, Person, RoleGrant
from luoshi.store.people import add_person, close_person, generated_password, posts_of
from luoshi.store.writing import writing


def new_person(by: By, username: str, name: str, email: str, phone: str) -> tuple[Person | None, str]:
    """A new person with a password for the first sign-in, shown this once; None where the name is taken."""
    password = generated_password()
    with writing():
        if Person.objects.filter(username=username).exists():
            return None, ""
        person = add_person(by, username, name, password, email=email, phone=phone)
        Person.objects.filter(pk=person.pk).update(password_set=None)
    return person, password


def new_password(person: Person, by: By) -> str:
    """Another password for one sign-in: whoever signs in with it has to choose their own."""
    password = generated_password()
    with writing():
        person.set_password(password)
        Person.objects.filter(pk=person.pk).update(password=person.password, password_set=None)
        record(by, "person.reset", f"person:{person.pk}", f"{person.name}（{person.username}）")
    return password


def let_go(person: Person, by: By, reason: str, day: date) -> tuple[Problem, ...]:
    """Close the account, unless duties would be left behind: a post is handed over first."""
    if held := posts_of(person, day):
        return (problem("T017", name=person.name, posts="、".join(f"{one.unit} {one.title}" for one in held)),)
    close_person(person, by, reason)
    return ()


def grant(person: Person, pk: int) -> RoleGrant | None:
    """The role ``pk`` of ``person``."""
    return person.grants.select_related("unit").filter(pk=pk).first()


def entries_found(
    *, words: str = "", actor: str = "", action: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[LedgerEntry]:
    """The entries of the record, newest first, that fit all that is given; texts of entries are not loaded."""
    found = LedgerEntry.objects.order_by("-sequence").defer("body")
    if words:
        found = found.filter(Q(subject=words) | Q(summary__contains=words))
    if actor:
        found = found.filter(actor__contains=actor)
    if action:
        found = found.filter(action__startswith=action)
    if since:
        found = found.filter(at__gte=_midnight(since))
    return found.filter(at__lt=_midnight(until + timedelta(days=1))) if until else found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def rank_units(on: bool, by: By) -> None:
    """Whether the overview ranks units, for the whole site."""
    with writing():
        choose(LEAGUE, "on" if on else "")
        record(by, "setting.choose", f"setting:{LEAGUE}", "给单位排名" if on else "不给单位排名", value=on)
