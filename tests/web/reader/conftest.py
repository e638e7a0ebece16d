"""The reader's tests: the person at work, a home of their own for uploads, a queue that is worked through at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

if TYPE_CHECKING:
    from casting import Cast


@pytest.fixture(autouse=True)
def _own_home(settings: Any, tmp_path: Path) -> None:
    settings.LUOSHI_HOME = tmp_path


@pytest.fixture
def at_once(settings: Any) -> None:
    """What is put in the queue is done before the page answers."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def office(cast: Cast) -> Client:
    """A browser in which the supervisor is signed in."""
    client = Client()
    client.force_login(cast.people["supervisor"])
    return client


@pytest.fixture
def there(cast: Cast) -> str:
    """The address of the report."""
    assert cast.report is not None
    return f"/reports/{cast.report.pk}/"
