"""The day the site lives in: today, or the day that LUOSHI_TODAY names (a demonstration, a rehearsal)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Today at the place of the site. Raises ValueError where LUOSHI_TODAY is no day."""
    named: str = settings.ENVIRONMENT.today
    return date.fromisoformat(named) if named else timezone.localdate()


def played() -> bool:
    """Whether the site lives in a day of its own, which every page has to say."""
    return bool(settings.ENVIRONMENT.today)
