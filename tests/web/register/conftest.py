"""A site with the cast's six items, and browsers in which somebody is signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from casting import TODAY
from django.conf import LazySettings
from django.test import Client

if TYPE_CHECKING:
    from luoshi.store.models import Person


@pytest.fixture(autouse=True)
def _today(settings: LazySettings) -> None:
    """The site lives on the day of the cast."""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, today=TODAY.isoformat())


@pytest.fixture
def enter() -> Callable[[Person], Client]:
    """``enter(person)``: a browser without script in which ``person`` is signed in."""

    def go(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return go
