"""The choices of the site by name, each with the revision that whoever changes it has seen."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from luoshi.store.models import Setting

ABSENT = -1  # the revision of a choice that nobody has made


def setting(name: str, default: str = "") -> str:
    """The site's choice for ``name``."""
    found = Setting.objects.filter(name=name).values_list("value", flat=True).first()
    return found or default


def choose(name: str, value: str) -> None:
    """Keep the site's choice; called within the transaction that records it."""
    changed = Setting.objects.filter(name=name)
    if not changed.update(value=value, revision=F("revision") + 1, updated=timezone.now()):
        Setting.objects.create(name=name, value=value)


def kept(name: str) -> tuple[str, int]:
    """The site's choice for ``name`` and its revision; empty and :data:`ABSENT` where there is none."""
    return Setting.objects.filter(name=name).values_list("value", "revision").first() or ("", ABSENT)


def keep(name: str, value: str, seen: int) -> bool:
    """Keep a choice where it still is of the revision ``seen``; called within the transaction that records it."""
    if seen == ABSENT:
        return Setting.objects.get_or_create(name=name, defaults={"value": value})[1]
    unchanged = Setting.objects.filter(name=name, revision=seen)
    return unchanged.update(value=value, revision=seen + 1, updated=timezone.now()) == 1
