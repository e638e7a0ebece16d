"""The whole source, parsed once, for the tests that look at the house itself."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def modules() -> dict[str, ast.Module]:
    """Every module of the package by its path under ``src/luoshi``."""
    home = ROOT / "src" / "luoshi"
    return {
        path.relative_to(home).as_posix(): ast.parse(path.read_text(encoding="utf-8"), path.name)
        for path in sorted(home.rglob("*.py"))
    }
