"""Whether a number was reached or is to be reached, where the part of the report alone would say the wrong thing."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from luoshi.read import read
from luoshi.source import Document

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "tense.toml").read_text(encoding="utf-8")
)["case"]
REPORT = (
    "云溪县2025年政府工作报告\n\n一、2024年工作回顾\n\n一年来，全县上下克难奋进。\n\n二、2025年工作安排\n\n{text}\n"
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:20])
def test_every_number_is_of_its_time(case: dict[str, Any]) -> None:
    plan = read(Document.from_text(REPORT.format(text=case["text"])))
    assert [one.tense for one in plan.figures] == case["tenses"]


def test_who_is_led_or_trusted_is_no_target() -> None:
    plan = read(Document.from_text(REPORT.format(text="我们承载着45万群众的殷切期盼，新建村卫生室12所。")))
    assert [one.text for one in plan.commitments if one.kind == "target"] == ["新建村卫生室12所"]
    assert [one.title for one in plan.items] == ["新建村卫生室12所"]
