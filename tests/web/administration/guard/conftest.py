"""Browsers in which one of the cast is signed in, and the record as the tests ask it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from casting import Cast
    from django.test import Client

    from luoshi.store.models import LedgerEntry

PASSWORD = "Chengguan-9-lu-deng"


@pytest.fixture
def at_desk(cast: Cast, enter: Callable[[Any], Client]) -> Callable[[str], Client]:
    """``at_desk("auditor")``: a browser in which the auditor of the cast is signed in."""
    return lambda part: enter(cast.people[part])


@pytest.fixture
def by_password(cast: Cast) -> Callable[..., Client]:
    """``by_password("auditor")``: the same by the form, with a password that is no first one; with its address."""
    from django.test import Client
    from django.utils import timezone

    def go(part: str, **more: Any) -> Client:
        person = cast.people[part]
        if not person.password_set:
            person.set_password(PASSWORD)
            person.password_set = timezone.now()
            person.save()
        client = Client(**more)
        client.post("/account/login/", {"login": person.username, "password": PASSWORD})
        return client

    return go


@pytest.fixture
def last() -> Callable[[str], LedgerEntry]:
    """``last("role.grant")``: the latest entry of that action."""
    from luoshi.store.models import LedgerEntry

    return lambda action: LedgerEntry.objects.filter(action=action).latest("sequence")
