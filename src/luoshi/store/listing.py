"""Rows of readings as lists show them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from luoshi.store.models import Reading


def readings_until(day: date, indicator: str = "") -> QuerySet[Reading]:
    """Every revision of every reading of a period that ended by ``day``; of one indicator where it is named."""
    found = Reading.objects.filter(ends__lte=day)
    return found.filter(indicator=indicator) if indicator else found
