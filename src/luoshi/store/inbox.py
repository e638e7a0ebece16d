"""Papers (文书) that moves have sent, for whoever they are addressed to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from luoshi.store.models import Message


def papers_to(units: Iterable[int], names: Iterable[str], since: date) -> QuerySet[Message]:
    """The papers sent since ``since`` to ``units`` (by id) or to ``names`` (a post's code, a role), newest first."""
    to = Q(unit_id__in=list(units)) | Q(addressee__in=list(names))
    found = Message.objects.filter(to, matter__isnull=False, day__gte=since)
    return found.select_related("matter").order_by("-id")
