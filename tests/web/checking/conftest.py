"""A site that lives in October 2023."""

from __future__ import annotations

from datetime import date

import pytest


@pytest.fixture
def site_day() -> date:
    return date(2023, 10, 20)
