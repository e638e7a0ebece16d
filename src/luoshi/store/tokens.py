"""Tokens of the API: whose one is, which a person has, and taking one away."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db.models import Q, QuerySet

from luoshi.store.acting import By
from luoshi.store.ledger import record
from luoshi.store.models import ApiToken, Person
from luoshi.store.writing import writing


def token_of(secret: str, now: datetime) -> ApiToken | None:
    """The token that ``secret`` is, if it is good now: not revoked, not expired, of a person who is still here."""
    digest = hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
    found = ApiToken.objects.select_related("person").filter(digest=digest, revoked=False, expires__gt=now).first()
    return found if found is not None and found.person.is_active else None


def used(token: ApiToken, now: datetime) -> None:
    """Keep when ``token`` was last used, to the minute: reading does not write each time."""
    if token.last_used is None or (now - token.last_used).total_seconds() >= 60:
        ApiToken.objects.filter(pk=token.pk).update(last_used=now)


def all_tokens() -> QuerySet[ApiToken]:
    """Every token with its person, the newest first."""
    return ApiToken.objects.select_related("person").order_by("-pk")


def tokens_of(person: Person) -> QuerySet[ApiToken]:
    """The tokens of ``person``, the newest first."""
    return all_tokens().filter(person=person)


def revoke(token: ApiToken, by: By) -> None:
    """``token`` is good for nothing any more."""
    with writing():
        if ApiToken.objects.filter(pk=token.pk, revoked=False).update(revoked=True):
            record(by, "token.revoke", f"person:{token.person_id}", token.name)


def tokens_found(now: datetime, *, words: str = "", state: str = "") -> QuerySet[ApiToken]:
    """The tokens that fit: of a person or for a program of such ``words``; good, over or revoked at ``now``."""
    found = all_tokens()
    if words:
        found = found.filter(Q(person__name__contains=words) | Q(person__username=words) | Q(name__contains=words))
    of = {"good": Q(revoked=False, expires__gt=now), "over": Q(revoked=False, expires__lte=now)}
    return found.filter(of.get(state, Q(revoked=True))) if state else found
