"""Which part of a report a stretch belongs to: the words of each case stand in a part with the role beside them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from luoshi.read.parts import part_at, parts
from luoshi.source import view
from luoshi.source.outline import outline

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "parts.toml").read_text(encoding="utf-8")
)["case"]


def roles(text: str, words: list[str]) -> dict[str, str]:
    """The role of the innermost part around each of ``words``."""
    folded = view(text).text
    found = parts(folded, outline(folded))
    return {one: found[part_at(found, folded.index(view(one).text))].role for one in words}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_stretch_has_its_role(case: dict[str, Any]) -> None:
    told = {words: role for role, *stretches in case["roles"] for words in stretches}
    assert roles(case["text"], list(told)) == told


def test_the_parts_stand_in_order_and_each_inside_its_parent() -> None:
    for case in CASES:
        folded = view(case["text"]).text
        found = parts(folded, outline(folded))
        by_id = {part.id: part for part in found}
        assert [part.start for part in found] == sorted(part.start for part in found)
        for part in found:
            above = by_id.get(part.parent or "")
            assert above is None or above.start <= part.start < part.end <= above.end
