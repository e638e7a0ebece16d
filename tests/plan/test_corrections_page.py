"""docs/corrections.md: its example can be applied, and every member and kind of correction stands on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from luoshi.plan import Correction, Corrections, Item, Plan, correct
from luoshi.plan.correcting.orders import ORDERS
from luoshi.plan.correcting.values import MEMBERS
from luoshi.read import read
from luoshi.source import Document

TEXT = """云水区人民政府工作报告

一、2023年工作回顾

全区地区生产总值达到312.6亿元，增长6.8%，大半个区的行政村通了公交。

二、2024年重点工作

年内建成云水大桥，6月底前开工城北水厂二期。新增公办幼儿园学位1500个，改造老旧小区30个。新建口袋公园9处。让老旧小区都通上燃气。
"""


@pytest.fixture(scope="module")
def page() -> str:
    return (Path(__file__).parents[2] / "docs" / "corrections.md").read_text(encoding="utf-8")


def item(plan: Plan, words: str) -> Item:
    ids = {row.id for row in plan.commitments if words in row.text}
    (found,) = (row for row in plan.items if ids & set(row.commitments))
    return found


def test_the_example_can_be_applied(page: str) -> None:
    example = Corrections.from_json(page.split("```json\n")[1].split("```", maxsplit=1)[0])
    assert {(one.do, one.what) for one in example.corrections} >= {("add", "figure"), ("merge", "item")}
    new, problems = correct(read(Document.from_text(TEXT, "云水区-2024.txt")), example.corrections, TEXT)
    assert [found for found in problems if found.severity == "error"] == []
    figures = {row.text: row for row in new.figures}
    assert figures["312.6亿元"].comparator == "approx"
    assert figures["大半"].value == "50"
    assert "1500个" not in figures
    lead = item(new, "云水大桥").lead
    assert lead is not None
    assert (lead.unit, lead.basis) == ("区交通运输局", "confirmed")
    assert item(new, "口袋公园").id == item(new, "改造老旧小区30个").id
    assert item(new, "城北水厂").id != item(new, "云水大桥").id
    assert json.loads(new.to_json())["dropped"][0]["read"]["text"] == "1500个"


def test_every_member_and_kind_of_correction_is_on_the_page(page: str) -> None:
    for member in (*Correction.model_fields, "read_as", "corrected", "dropped", "split_from", "merged"):
        assert f"`{member}`" in page
    for members in MEMBERS.values():
        assert [name for name in members if f"`{name}`" not in page] == []
    for do, what in ORDERS:
        assert f"`{do}`" in page
        assert f"`{what}`" in page
