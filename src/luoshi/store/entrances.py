"""Who comes in: names that are locked out, who is signed in where, who has a second key. What ends one is recorded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessFailureLog
from axes.utils import reset
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Sum

from luoshi.store.acting import SYSTEM, By
from luoshi.store.choosing import choose, setting
from luoshi.store.ledger import record
from luoshi.store.models import LedgerEntry, Person
from luoshi.store.writing import writing

SINCE, SEEN, PLACE, PROGRAM = "since", "seen", "place", "program"  # what a session keeps of how it began
KEY_ROLES = "second_key_roles"


@dataclass(frozen=True, slots=True)
class Locked:
    """A name that is locked out at an address, since when, until when, after how many wrong passwords."""

    name: str
    address: str
    since: datetime
    until: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One session of ``person`` (by number): ``id`` names it, and is not its key."""

    id: str
    person: int
    since: datetime | None
    seen: datetime | None
    ends: datetime
    place: str = ""
    program: str = ""
    who: Person | None = None


def lockouts(now: datetime) -> list[Locked]:
    """Who cannot sign in at ``now``, the latest first."""
    lasts = timedelta(hours=settings.AXES_COOLOFF_TIME)
    found = AccessAttempt.objects.filter(attempt_time__gt=now - lasts).order_by()
    rows = found.values("username", "ip_address").annotate(tries=Sum("failures_since_start"), last=Max("attempt_time"))
    made = [
        Locked(row["username"] or "", row["ip_address"] or "", row["last"], row["last"] + lasts, row["tries"])
        for row in rows
        if row["tries"] >= settings.AXES_FAILURE_LIMIT
    ]
    return sorted(made, key=lambda one: one.since, reverse=True)


def note_lockout(name: str, address: str, now: datetime) -> None:
    """Record that ``name`` was locked out at ``address``: once a lockout, however often somebody goes on trying."""
    since = now - timedelta(hours=settings.AXES_COOLOFF_TIME)
    told = f"{name[:60]} {address}"
    with writing():
        if not LedgerEntry.objects.filter(action="sign_in.locked", at__gte=since, summary=told).exists():
            record(SYSTEM, "sign_in.locked", _named(name), told)


def unlock(name: str, address: str, by: By) -> bool:
    """``name`` may try again at ``address``; False where it was not locked."""
    with writing():
        if not reset(ip=address or None, username=name):
            return False
        record(by, "sign_in.unlock", _named(name), name[:60], address=address)
    return True


def failures() -> QuerySet[AccessFailureLog]:
    """Every wrong password, the latest first; what was typed is not kept."""
    found: QuerySet[AccessFailureLog] = AccessFailureLog.objects.order_by("-attempt_time")
    return found


def _named(name: str) -> str:
    found = Person.objects.filter(username=name).values_list("pk", flat=True).first()
    return f"person:{found}" if found else ""


def signed_in(now: datetime, person: int | None = None) -> list[SignedIn]:
    """Every session that lasts at ``now``, or those of one ``person``; the one seen last comes first."""
    made = [one for one, _ in _sessions(now) if person in (None, one.person)]
    people = Person.objects.in_bulk({one.person for one in made})
    told = [replace(one, who=people[one.person]) for one in made if one.person in people]
    return sorted(told, key=lambda one: one.seen or one.since or now, reverse=True)


def session_id(key: str) -> str:
    """What names the session ``key`` where people see it."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def end_session(id_: str, by: By, now: datetime, person: int | None = None) -> bool:
    """End one session, of ``person`` where one is named; False where there is none any more."""
    return bool(_end(((one, key) for one, key in _sessions(now) if one.id == id_ and person in (None, one.person)), by))


def end_sessions(person: int, by: By, now: datetime, but: str = "") -> int:
    """End every session of ``person`` except the one called ``but``; how many."""
    return _end(((one, key) for one, key in _sessions(now) if one.person == person and one.id != but), by)


def _end(found: Iterable[tuple[SignedIn, str]], by: By) -> int:
    ended = list(found)
    with writing():
        for one, key in ended:
            Session.objects.filter(session_key=key).delete()
            record(by, "session.end", f"person:{one.person}", one.place)
    return len(ended)


def _sessions(now: datetime) -> Iterator[tuple[SignedIn, str]]:
    for row in Session.objects.filter(expire_date__gt=now).iterator(chunk_size=500):
        kept = row.get_decoded()
        if SESSION_KEY in kept:
            place, program = (str(kept.get(name, "")) for name in (PLACE, PROGRAM))
            since, seen = (_moment(kept.get(name)) for name in (SINCE, SEEN))
            id_, person = session_id(row.session_key), int(kept[SESSION_KEY])
            yield SignedIn(id_, person, since, seen, row.expire_date, place, program), row.session_key


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def with_key(people: QuerySet[Person]) -> QuerySet[Person]:
    """The same people, each with ``has_key``: whether signing in asks for a second key."""
    return people.annotate(has_key=_keyed())


def keyed(people: QuerySet[Person], *, has: bool) -> QuerySet[Person]:
    """Those of ``people`` who have a second key, or those who have none."""
    return people.filter(_keyed() if has else ~_keyed())


def _keyed() -> Exists:
    return Exists(Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP))


def has_key(person: Person) -> bool:
    """Whether ``person`` has a second key."""
    found: bool = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()
    return found


def key_roles() -> frozenset[str]:
    """The roles that need a second key."""
    return frozenset(setting(KEY_ROLES).split())


def require_keys(roles: Iterable[str], by: By) -> None:
    """From the next sign-in on, whoever has one of ``roles`` needs a second key."""
    chosen = " ".join(sorted(roles))
    with writing():
        choose(KEY_ROLES, chosen)
        record(by, "setting.choose", f"setting:{KEY_ROLES}", chosen)


def reset_key(person: Person, by: By, reason: str, now: datetime) -> bool:
    """Take the second key and spare codes of ``person`` away, and end every session; False where there is none."""
    with writing():
        if not Authenticator.objects.filter(user=person).delete()[0]:
            return False
        record(by, "key.reset", f"person:{person.pk}", f"{person.name}（{person.username}）", reason=reason)
        end_sessions(person.pk, by, now)
    return True


def stale(people: QuerySet[Person], before: datetime) -> QuerySet[Person]:
    """Of ``people`` the open accounts that nobody has signed in to since ``before``."""
    return people.filter(Q(last_login__lt=before) | Q(last_login=None, joined__lt=before), is_active=True)
