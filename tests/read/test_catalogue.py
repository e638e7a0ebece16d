"""Which indicator of the catalogue a figure's words name, also where a list leaves the noun to its last member."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from luoshi.read import read
from luoshi.source import Document

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "catalogue.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:20])
def test_a_figure_is_of_its_indicator(case: dict[str, Any]) -> None:
    figures = read(Document.from_text(case["text"])).figures
    assert [(one.indicator.code or "") if one.indicator else "" for one in figures] == case["codes"]
    assert all(one.indicator is None or bool(one.indicator.name) == bool(one.indicator.code) for one in figures)
