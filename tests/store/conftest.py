"""The cast of the tests of store and web: see ``tests/web/casting.py``."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from casting import Cast

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
sys.path.insert(0, str(Path(__file__).parent))


if find_spec("django") is not None:

    @pytest.fixture
    def cast(db: None) -> Cast:
        """A district with its people and one report; undone after the test."""
        del db
        from casting import make_cast

        return make_cast()

    @pytest.fixture
    def lasting_cast(transactional_db: None) -> Cast:
        """The same, committed: threads and other processes see it."""
        del transactional_db
        from casting import make_cast

        return make_cast()
