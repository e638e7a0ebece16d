"""People, posts and roles. The three administrators exclude each other, and hold no other role."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.db.models import Q
from django.utils import timezone

from luoshi.problems import Problem, problem
from luoshi.store.acting import By
from luoshi.store.ledger import record
from luoshi.store.models import ApiToken, Person, Post, PostHolder, RoleGrant, Unit
from luoshi.store.writing import writing

ADMINISTRATORS = ("system_admin", "security_admin", "auditor")
_ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without what looks alike


def generated_password() -> str:
    """A password of 20 letters and digits, some 115 bits; small letters, capitals and digits are all there."""
    while True:
        made = "".join(secrets.choice(_ALPHABET) for _ in range(20))
        if any(map(str.islower, made)) and any(map(str.isupper, made)) and any(map(str.isdigit, made)):
            return made


def add_person(by: By, username: str, name: str, password: str | None, **more: Any) -> Person:
    """A new person, without any role. Raises django's ValidationError for a weak password."""
    with writing():
        if password is not None:
            validate_password(password, Person(username=username, name=name))
        set_at = timezone.now() if password else None
        person = Person.objects.create_user(username, password, name=name, password_set=set_at, **more)
        record(by, "person.add", f"person:{person.pk}", f"{name}（{username}）")
    return person


def close_person(person: Person, by: By, reason: str) -> None:
    """Nobody signs in as ``person`` any more; the record keeps the name."""
    with writing():
        Person.objects.filter(pk=person.pk).update(is_active=False)
        ApiToken.objects.filter(person=person).update(revoked=True)
        record(by, "person.close", f"person:{person.pk}", person.name, reason=reason)


def grant_role(
    person: Person, role: str, by: By, *, unit: Unit | None = None, since: date | None = None, until: date | None = None
) -> tuple[Problem, ...]:
    """Give ``person`` the role, or say why that cannot be: an administrator holds one role and no other.

    ``since`` and ``until`` are its first and last day; without them it is good from now on. Given again it is good for
    the new days.
    """
    if since and until and until < since:
        return (problem("T131", since=since, until=until),)
    with writing():
        Person.objects.select_for_update().get(pk=person.pk)
        held = RoleGrant.objects.filter(_meeting(since, until), person=person).exclude(role=role)
        others = set(held.values_list("role", flat=True))
        if others and ({role} | others) & set(ADMINISTRATORS):
            record(by, "role.refused", f"person:{person.pk}", person.name, role=role, held=sorted(others))
            return (problem("T015", name=person.name, held="、".join(sorted(others)), role=role),)
        had = RoleGrant.objects.filter(person=person, role=role, unit=unit)
        if had.filter(since=since, until=until).exists():
            return ()
        given = {"granted_by": by.name[:60], "since": since, "until": until}
        if not had.update(**given):
            RoleGrant.objects.create(person=person, role=role, unit=unit, **given)
        days = {name: day for name, day in (("since", since), ("until", until)) if day}
        record(by, "role.grant", f"person:{person.pk}", person.name, role=role, unit=unit.pk if unit else None, **days)
    return ()


def _meeting(since: date | None, until: date | None) -> Q:
    """Grants of which a day lies within ``since`` to ``until``."""
    fits = Q()
    if since:
        fits &= Q(until=None) | Q(until__gte=since)
    if until:
        fits &= Q(since=None) | Q(since__lte=until)
    return fits


def good_on(day: date) -> Q:
    """Grants that are good on ``day``."""
    return _meeting(day, day)


def take_role(person: Person, role: str, by: By, *, unit: Unit | None = None) -> None:
    """Take a role away."""
    with writing():
        taken = RoleGrant.objects.filter(person=person, role=role, unit=unit).delete()[0]
        if taken:
            record(by, "role.take", f"person:{person.pk}", person.name, role=role, unit=unit.pk if unit else None)


def add_post(by: By, code: str, unit: Unit, title: str, duty: str) -> Post:
    """A new post of a unit, vacant."""
    with writing():
        post = Post.objects.create(code=code, unit=unit, title=title, duty=duty)
        record(by, "post.add", f"post:{post.pk}", f"{unit.name} {title}", code=code, duty=duty)
    return post


def hand_over(post: Post, person: Person, since: date, by: By) -> tuple[Problem, ...]:
    """``person`` holds ``post`` from ``since``; whoever held it goes the day before. The duties stay with the post."""
    with writing():
        Post.objects.select_for_update().get(pk=post.pk)
        last = post.holders.order_by("-since", "-pk").first()
        if last is not None and since <= last.since:
            return (problem("D041", post=post.title, day=since, since=last.since),)
        post.holders.filter(until__isnull=True).update(until=since - timedelta(days=1))
        PostHolder.objects.create(post=post, person=person, since=since)
        old = last.person.name if last else ""
        record(
            by,
            "post.hand_over",
            f"post:{post.pk}",
            f"{post.unit.name} {post.title}",
            old=old,
            new=person.name,
            since=since,
        )
    return ()


def posts_of(person: Person, day: date) -> list[Post]:
    """The posts that ``person`` holds on ``day``."""
    held = person.posts.filter(since__lte=day).exclude(until__lt=day).select_related("post__unit")
    return [one.post for one in held]


def roles_of(person: Person, day: date) -> list[RoleGrant]:
    """The roles that are ``person``'s on ``day``."""
    return list(person.grants.filter(good_on(day)).select_related("unit"))


def make_token(person: Person, name: str, scopes: Iterable[str], expires: datetime, by: By) -> str:
    """A token for a program of ``person``: shown this once, only its hash is kept."""
    token = secrets.token_urlsafe(32)
    with writing():
        made = ApiToken.objects.create(
            person=person, name=name, digest=_hashed(token), scopes=" ".join(sorted(scopes)), expires=expires
        )
        record(by, "token.make", f"person:{person.pk}", name, scopes=made.scopes, expires=expires)
    return token


def token_holder(token: str, scope: str, now: datetime) -> Person | None:
    """Whose token this is, if it is good for ``scope`` now."""
    found = ApiToken.objects.select_related("person").filter(digest=_hashed(token)).first()
    if found is None or found.revoked or found.expires <= now or not found.person.is_active:
        return None
    if scope not in found.scopes.split():
        return None
    ApiToken.objects.filter(pk=found.pk).update(last_used=now)
    return found.person


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
