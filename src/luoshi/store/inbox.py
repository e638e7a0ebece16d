"""Papers (文书) that moves have sent, for whoever they are addressed to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from luoshi.store.models import Message, Person


def papers_to(
    units: Iterable[int], names: Iterable[str], since: date, person: Person | None = None
) -> QuerySet[Message]:
    """What was sent since ``since`` to ``units`` (by id), to ``names`` (a post's code, a role) or to ``person``."""
    to = Q(unit_id__in=list(units)) | Q(person__isnull=True, addressee__in=list(names))
    if person is not None:
        to |= Q(person=person)
    found = Message.objects.filter(to, matter__isnull=False, day__gte=since)
    return found.select_related("matter").order_by("-id")
