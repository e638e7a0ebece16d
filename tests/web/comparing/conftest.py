"""The county's two reports beside that of the cast, a home of their own, a queue that is worked through at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from county_years import FIRST, SECOND, bring_in_year
from django.test import Client

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.store.models import Report


@pytest.fixture
def site_day() -> date:
    return date(2024, 3, 1)


@pytest.fixture(autouse=True)
def _own_home(settings: Any, tmp_path: Path) -> None:
    settings.LUOSHI_HOME = tmp_path


@pytest.fixture
def at_once(settings: Any) -> None:
    """What is put in the queue is done before the page answers."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def county(cast: Cast) -> tuple[Report, Report]:
    """The two reports."""
    return bring_in_year(cast, **FIRST), bring_in_year(cast, **SECOND)


@pytest.fixture
def office(cast: Cast, enter: Callable[..., Client]) -> Client:
    """A browser in which the supervisor is signed in."""
    return enter(cast.people["supervisor"])


@pytest.fixture
def ledger(county: tuple[Report, Report], office: Client, request: pytest.FixtureRequest) -> str:
    """The address of the county's ledger, compared."""
    request.getfixturevalue("at_once")
    there = f"/comparing/{county[0].pk}/"
    assert office.post(f"{there}compare/")["Location"] == there
    return there
