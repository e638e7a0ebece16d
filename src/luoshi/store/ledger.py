"""The record (台账): append-only, in one sealed chain, each entry in the transaction of the change that it tells of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.utils import timezone

from luoshi.store.acting import By
from luoshi.store.models import LedgerEntry, LedgerHead
from luoshi.store.moment import now, played
from luoshi.store.seal import GENESIS, seal

_SUMMARY = 300
_BATCH = 200
_HEAD = 1


def record(by: By, action: str, subject: str = "", summary: str = "", **given: Any) -> LedgerEntry:
    """Append an entry. ``action`` is a dotted word, ``subject`` what it is about (``matter:12``).

    Must be called within the transaction of the change: if the entry cannot be written, nothing changes. Raises
    RuntimeError outside a transaction.
    """
    with recording() as add:
        return add(by, action, subject, summary, **given)


@contextmanager
def recording() -> Iterator[Callable[..., LedgerEntry]]:
    """Append many entries by what is given, which is called like :func:`record`; they are written when the block ends.

    The head is taken once for all of them, so nothing else may be recorded within.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an entry belongs into the transaction of its change")
    head = _head()
    made: list[LedgerEntry] = []

    def add(by: By, action: str, subject: str = "", summary: str = "", **given: Any) -> LedgerEntry:
        sequence, last = (made[-1].sequence, made[-1].seal) if made else (head.sequence, head.seal)
        said = {"action": action, "subject": subject, "summary": summary[:_SUMMARY], "given": given}
        made.append(_sealed(sequence + 1, last, by, said))
        return made[-1]

    yield add
    if made:
        _advance(head, made[-1])
        _keep(made)


def _keep(made: list[LedgerEntry]) -> None:
    if len(made) == 1:
        made[0].save(force_insert=True)
    else:
        LedgerEntry.objects.bulk_create(made, batch_size=_BATCH)


def _sealed(sequence: int, previous: str, by: By, what: dict[str, Any]) -> LedgerEntry:
    """An entry, sealed after ``previous``; of a day that is played it says when it was really written."""
    if played() is not None:
        what["given"]["written"] = timezone.now().astimezone(UTC).isoformat()
    said = {
        "sequence": sequence,
        "at": now().astimezone(UTC).isoformat(),
        "person": by.person.pk if by.person else None,
        "actor": by.name[:60],
        "role": by.role,
        "algorithm": settings.LUOSHI_SEAL,
        **what,
    }
    body = canonical(said)
    return LedgerEntry(
        **{name: value for name, value in said.items() if name not in ("given", "at", "person")},
        at=datetime.fromisoformat(str(said["at"])),
        person=by.person,
        body=body,
        previous=previous,
        seal=seal(previous, body.encode(), settings.LUOSHI_SEAL),
    )


def canonical(said: Mapping[str, Any]) -> str:
    """The one text of an entry: JSON with sorted names and no blanks, Chinese as it is."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def given(entry: LedgerEntry) -> dict[str, Any]:
    """What an entry says beyond who, when and what."""
    found = json.loads(entry.body)["given"]
    assert isinstance(found, dict)
    return found


def entries(subject: str = "", *, action: str = "") -> QuerySet[LedgerEntry]:
    """The entries about ``subject``, newest first; all where it is empty."""
    found = LedgerEntry.objects.order_by("-sequence")
    if subject:
        found = found.filter(subject=subject)
    if action:
        found = found.filter(action=action)
    return found


def hold() -> None:
    """Wait for one's turn to record, and keep it to the end of the transaction.

    What is looked at from here on nobody who records changes meanwhile: two who would do the same once see each other.
    """
    _head()


def head() -> tuple[int, str]:
    """Number and seal of the last entry; 0 and the seal before the first where there is none."""
    found = LedgerHead.objects.filter(pk=_HEAD).first()
    return (found.sequence, found.seal) if found else (0, GENESIS)


def _head() -> LedgerHead:
    found = LedgerHead.objects.select_for_update().filter(pk=_HEAD).first()
    return found or LedgerHead.objects.create(pk=_HEAD, sequence=0, seal=GENESIS)


def _advance(head: LedgerHead, entry: LedgerEntry) -> None:
    """Take the head with compare-and-set, so that no number is ever given twice."""
    taken = LedgerHead.objects.filter(pk=_HEAD, sequence=head.sequence, seal=head.seal)
    if taken.update(sequence=entry.sequence, seal=entry.seal) != 1:
        raise DatabaseError(f"entry {entry.sequence}: the head of the record was taken by another writer")
