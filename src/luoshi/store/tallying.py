"""How many matters there are of each combination of columns: counted by the database, however many there are."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet

from luoshi.store.models import Matter


def tally(matters: QuerySet[Matter], *columns: str) -> list[tuple[Any, ...]]:
    """Each combination of ``columns`` among ``matters``, with its number at the end."""
    return list(matters.order_by().values_list(*columns).annotate(Count("pk")))
