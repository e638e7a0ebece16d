"""A site that lives in October 2023, with a home of its own for drafts and a queue that is worked through at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luoshi.examples import sample

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.store.models import Person


@pytest.fixture
def site_day() -> date:
    return date(2023, 10, 20)


@pytest.fixture(autouse=True)
def _own_home(settings: Any, tmp_path: Path) -> None:
    settings.LUOSHI_HOME = tmp_path


@pytest.fixture(autouse=True)
def _at_once(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def text() -> str:
    return sample("songgang-2023").read_text(encoding="utf-8")


@pytest.fixture
def send() -> Callable[..., Any]:
    """``send(client, text)``: a draft brought by whoever is signed in; ``to`` is the draft it is a version of."""

    def go(client: Client, said: str | bytes, name: str = "讨论稿.txt", to: str = "", label: str = "secret") -> Any:
        data = said.encode() if isinstance(said, str) else said
        given = {"file": SimpleUploadedFile(name, data)}
        return client.post(f"{to}new/" if to else "/checking/", given if to else {**given, "openness": label})

    return go


@pytest.fixture
def liaison(cast: Cast, enter: Callable[[Person], Client]) -> Client:
    """A browser in which the lead unit's liaison is signed in."""
    return enter(cast.people["liaison"])


@pytest.fixture
def draft(liaison: Client, send: Callable[..., Any], text: str) -> str:
    """The address of a draft that the liaison brought."""
    there: str = send(liaison, text)["Location"]
    return there
