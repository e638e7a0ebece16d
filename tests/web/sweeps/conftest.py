"""The sample district, filled once for all sweeps of a file: every page of it is looked at, by everybody it is for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sweeps.walking import settled

from luoshi.rehearsal import TODAY


@pytest.fixture
def site_day() -> date:
    """The day on which the story of the district has come to an end."""
    return TODAY


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sweeps")


@pytest.fixture(autouse=True)
def _at_home(settings: Any, home: Path) -> None:
    settings.LUOSHI_HOME = home


@pytest.fixture(scope="module")
def district(request: pytest.FixtureRequest, django_db_blocker: Any, home: Path) -> Iterator[None]:
    """The district in a transaction that is taken back after the last test of the file."""
    from django.db import transaction

    from luoshi.web.rehearse import filling

    request.getfixturevalue("django_db_setup")
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        with settled(home):
            filling.fill(home)
        yield
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)
