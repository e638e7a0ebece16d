"""A site with its own home folder, a queue that is worked through at once, a report of which one item is public."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from casting import Cast


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.LUOSHI_HOME = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    return tmp_path


@pytest.fixture
def report(cast: Cast) -> int:
    """The report, labelled public; of its items one is public and one is secret."""
    from luoshi.store.moving import label_matter
    from luoshi.store.rehearsed import label_report

    assert cast.report is not None
    label_report(cast.report, "public", cast.by("director"))
    label_matter(cast.matter, "public", cast.by("director"), expected=0, reason="已公布")
    label_matter(cast.elsewhere, "secret", cast.by("director"), expected=0, reason="未定")
    return cast.report.pk
