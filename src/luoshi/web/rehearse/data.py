"""What ``district.toml`` says."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from typing import Any

from django.utils import timezone

_OPENS = time(9)


@cache
def district() -> dict[str, Any]:
    """The whole file."""
    text = resources.files(__package__).joinpath("district.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def morning(day: date, nth: int = 0) -> datetime:
    """The ``nth`` half minute after nine o'clock on ``day``: the story knows days, the record wants moments."""
    return timezone.make_aware(datetime.combine(day, _OPENS)) + timedelta(seconds=30 * nth)
