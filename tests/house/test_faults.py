"""The table of faults names tests that exist: none is promised that nobody holds."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

TESTS = Path(__file__).parents[1]
FAULTS = tomllib.loads((TESTS / "faults.toml").read_text(encoding="utf-8"))["fault"]
PROMISED = {1, 2, 4, 5, *range(13, 19), 22, 23}


def test_every_fault_that_a_site_must_withstand_is_held() -> None:
    assert {one["number"] for one in FAULTS} == PROMISED


def test_every_test_that_is_named_exists() -> None:
    named = [one for fault in FAULTS for one in fault["tests"]]
    assert [one for one in named if not exists(one)] == []
    assert not any(not fault["tests"] for fault in FAULTS)


def exists(named: str) -> bool:
    file, _, test = named.partition("::")
    path = TESTS / file
    return path.exists() and bool(re.search(rf"^def {test}\(", path.read_text(encoding="utf-8"), re.MULTILINE))
