"""The cast with its report, living in October 2023."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from casting import Cast


@pytest.fixture
def site_day() -> date:
    return date(2023, 10, 20)


@pytest.fixture
def led(cast: Cast) -> Cast:
    """The item of the target is led by 区交通运输局."""
    from luoshi.store.models import Matter

    unit = cast.units["区交通运输局"]
    Matter.objects.filter(item="i19").update(lead=unit, lead_name=unit.name)
    matter = Matter.objects.get(item="i19")
    matter.parts.update_or_create(unit=unit, defaults={"part": "lead"})
    return cast
