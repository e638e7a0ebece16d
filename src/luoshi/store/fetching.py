"""Every row of a kind, for ``web/access.py`` to narrow down to what a person may see."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from luoshi.store.columns import body_of
from luoshi.store.models import Ballot, EvidenceFile, LedgerEntry, Matter, Person, Report, Unit, Visit
from luoshi.store.units import units_by_name


def all_reports() -> QuerySet[Report]:
    """Every report; bodies are not loaded."""
    return Report.objects.all()


def all_units() -> QuerySet[Unit]:
    """Every unit in its order."""
    return Unit.objects.select_related("parent")


def all_people() -> QuerySet[Person]:
    """Every person."""
    return Person.objects.all()


def all_files() -> QuerySet[EvidenceFile]:
    """Every evidence file."""
    return EvidenceFile.objects.select_related("matter")


def all_visits() -> QuerySet[Visit]:
    """Every inspection."""
    return Visit.objects.select_related("unit")


def all_ballots() -> QuerySet[Ballot]:
    """Every ballot."""
    return Ballot.objects.all()


def all_entries() -> QuerySet[LedgerEntry]:
    """The record, newest first."""
    return LedgerEntry.objects.order_by("-sequence")


def helping_name(matter: Matter, units: Collection[int]) -> str:
    """The name by which ``matter`` calls one of ``units`` that helps with it; empty where none does."""
    known = units_by_name()
    return next((name for name in body_of(matter).help if name in known and known[name].pk in units), "")
