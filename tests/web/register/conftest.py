"""A site with the cast's six items, on the day of the cast."""

from __future__ import annotations

from datetime import date

import pytest
from casting import TODAY


@pytest.fixture
def site_day() -> date:
    return TODAY
