"""The makers of files beside these tests can be imported by their names."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from luoshi.intake import DEFAULT, Limits, Opened, open_document

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., Opened]:
    """Opens bytes as if they were a file of the given name."""

    def open_bytes(name: str, data: bytes, limits: Limits = DEFAULT) -> Opened:
        path = tmp_path / name
        path.write_bytes(data)
        return open_document(path, limits=limits)

    return open_bytes
