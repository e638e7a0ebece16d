"""The moment that the record writes down: now, or the one that is played where a site lives in another day.

A site that lives in a day of its own (LUOSHI_TODAY, a demonstration or a rehearsal) keeps its record in that day; each
such entry says beside it when it was really written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

_PLAYED: ContextVar[datetime | None] = ContextVar("luoshi_played", default=None)


def now() -> datetime:
    """The moment for the record."""
    return played() or timezone.now()


def played() -> datetime | None:
    """The moment that stands in for now; None on a site that lives today."""
    if (said := _PLAYED.get()) is not None:
        return said
    day: str = settings.ENVIRONMENT.today
    if not day:
        return None
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), timezone.localtime().time()))


@contextmanager
def playing(moment: datetime) -> Iterator[None]:
    """What is recorded within happened at ``moment``."""
    token = _PLAYED.set(moment)
    try:
        yield
    finally:
        _PLAYED.reset(token)
