"""The history of a matter from the record, and the matter as it was at the end of a past day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from luoshi import supervise
from luoshi.store.columns import body_of
from luoshi.store.ledger import given
from luoshi.store.models import LedgerEntry, Matter


def history_of(matter: Matter) -> list[tuple[LedgerEntry, dict[str, Any]]]:
    """Every entry about ``matter`` with what it says, newest first."""
    found = LedgerEntry.objects.filter(subject=f"matter:{matter.pk}").order_by("-sequence")
    return [(entry, given(entry)) for entry in found]


def as_of(matter: Matter, day: date) -> supervise.Matter:
    """The matter as it stood at the end of ``day``: every later change walked back."""
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    later = LedgerEntry.objects.filter(subject=f"matter:{matter.pk}", action="matter.move", at__gte=end)
    members = body_of(matter).model_dump(mode="json")
    for entry in later.order_by("-sequence"):
        members |= {name: before for name, (before, _) in given(entry)["changes"].items()}
    return supervise.Matter.model_validate(members)
