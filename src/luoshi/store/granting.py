"""Roles as they were given: to whom, for which unit, from when until when."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from luoshi.store.models import RoleGrant
from luoshi.store.people import good_on

STATES = ("good", "soon", "coming", "over")
_SOON = timedelta(days=30)


def grants_found(*, day: date, words: str = "", role: str = "", state: str = "") -> QuerySet[RoleGrant]:
    """The grants that fit, by person; ``state`` on ``day``: good, soon (ends within 30 days), coming, over."""
    found = RoleGrant.objects.select_related("person", "unit").order_by("role", "person__username", "pk")
    if words:
        found = found.filter(
            Q(person__name__contains=words) | Q(person__username__contains=words) | Q(unit__name__contains=words)
        )
    if role:
        found = found.filter(role=role)
    return found.filter(_state(state, day)) if state in STATES else found


def state_of(grant: RoleGrant, day: date) -> str:
    """How a grant stands on ``day``."""
    if grant.until and grant.until < day:
        return "over"
    if grant.since and grant.since > day:
        return "coming"
    return "soon" if grant.until and grant.until <= day + _SOON else "good"


def _state(state: str, day: date) -> Q:
    return {
        "good": good_on(day),
        "soon": good_on(day) & Q(until__lte=day + _SOON),
        "coming": Q(since__gt=day),
        "over": Q(until__lt=day),
    }[state]
