"""The county beside these tests, and ways to look into the file that a register is."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from luoshi.plan import Plan
from luoshi.source import Document

sys.path.insert(0, str(Path(__file__).parent))

from county import document, plan

Table = list[dict[str, Any]]


def table(data: bytes, name: str = "任务台账") -> Table:
    """The rows of a sheet below its Chinese headings, by heading."""
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [dict(zip(map(str, rows[2]), row, strict=True)) for row in rows[3:]]


def parts(data: bytes) -> dict[str, ElementTree.Element]:
    """Every XML part of the file, parsed, by its path."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: ElementTree.fromstring(file.read(name)) for name in file.namelist()}


@pytest.fixture(name="plan")
def _plan() -> Plan:
    return plan()


@pytest.fixture(name="document")
def _document() -> Document:
    return document()


@pytest.fixture(name="table", scope="session")
def _table() -> Callable[..., Table]:
    return table


@pytest.fixture(name="parts", scope="session")
def _parts() -> Callable[[bytes], dict[str, ElementTree.Element]]:
    return parts
