"""The makers of indicators beside these tests can be imported by their name; a plan to measure."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from luoshi.plan import Plan

sys.path.insert(0, str(Path(__file__).parent))

from made_indicators import PLAN


@pytest.fixture
def plan() -> Plan:
    """A plan with a yearly count, a growth, a ceiling, something done already and a five-year value."""
    return Plan.model_validate(PLAN)
