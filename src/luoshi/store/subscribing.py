"""Subscriptions of calendars: a secret address for a person, which can be taken back."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from luoshi.store.acting import By
from luoshi.store.ledger import record
from luoshi.store.models import ApiToken, Person
from luoshi.store.moment import now
from luoshi.store.people import make_token, token_holder
from luoshi.store.writing import writing

SCOPE, _DAYS = "calendar", 366


def subscribe(person: Person, by: By) -> str:
    """A new secret for the calendar of ``person``, good for a year; earlier ones are taken back."""
    unsubscribe(person, by)
    return make_token(person, SCOPE, [SCOPE], now() + timedelta(days=_DAYS), by)


def unsubscribe(person: Person, by: By) -> int:
    """Take back every address of the calendar of ``person``; how many there were."""
    with writing():
        taken = subscriptions(person).update(revoked=True)
        if taken:
            record(by, "token.revoke", f"person:{person.pk}", SCOPE, count=taken)
    return taken


def subscriptions(person: Person) -> QuerySet[ApiToken]:
    """The addresses that are good now."""
    return ApiToken.objects.filter(person=person, name=SCOPE, revoked=False, expires__gt=now())


def subscriber(token: str) -> Person | None:
    """Whose calendar ``token`` opens; None where it opens none."""
    return token_holder(token, SCOPE, now())
