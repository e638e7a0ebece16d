"""Administration's tests: a home of their own for copies, a queue that is worked through at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from casting import Cast
    from django.test import Client


@pytest.fixture(autouse=True)
def _own_home(settings: Any, tmp_path: Path) -> None:
    settings.LUOSHI_HOME = tmp_path


@pytest.fixture
def site_day() -> date:
    return date(2023, 3, 1)


@pytest.fixture
def at_once(settings: Any) -> None:
    """What is put in the queue is done before the page answers."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def admin(cast: Cast, enter: Callable[..., Client]) -> Client:
    """A browser in which the system administrator is signed in."""
    return enter(cast.people["system_admin"])
