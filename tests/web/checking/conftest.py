"""Somebody who enters, in October 2023."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.conf import LazySettings
from django.test import Client

if TYPE_CHECKING:
    from luoshi.store.models import Person


@pytest.fixture(autouse=True)
def _today(settings: LazySettings) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, today="2023-10-20")


@pytest.fixture
def enter() -> Callable[[Person], Client]:
    """``enter(person)``: a browser without script in which ``person`` is signed in."""

    def go(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return go
