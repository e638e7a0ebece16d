"""The history of a matter from the record, and the matter as it was at the end of a past day."""

from __future__ import annotations

from collections.abc import Iterable
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


def stood(rows: Iterable[Matter], day: date) -> dict[int, supervise.Matter]:
    """Every matter of ``rows`` (with its body) as it stood at the end of ``day``, in one question; by its number."""
    members = {row.pk: body_of(row).model_dump(mode="json") for row in rows}
    for entry in LedgerEntry.objects.filter(action="matter.move", at__gte=_after(day)).order_by("-sequence"):
        pk = int(entry.subject.removeprefix("matter:"))
        if pk in members:
            members[pk] |= {name: before for name, (before, _) in given(entry)["changes"].items()}
    return {pk: supervise.Matter.model_validate(one) for pk, one in members.items()}


def as_of(matter: Matter, day: date) -> supervise.Matter:
    """The matter as it stood at the end of ``day``: every later change walked back."""
    later = LedgerEntry.objects.filter(subject=f"matter:{matter.pk}", action="matter.move", at__gte=_after(day))
    members = body_of(matter).model_dump(mode="json")
    for entry in later.order_by("-sequence"):
        members |= {name: before for name, (before, _) in given(entry)["changes"].items()}
    return supervise.Matter.model_validate(members)


def _after(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
