"""Two versions of one plan: what changed, and whether it asks for less."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from luoshi.compare import Difference, Edition, diff
from luoshi.read import read
from luoshi.source import Document

CASES = tomllib.loads((Path(__file__).parent / "cases" / "versions.toml").read_text(encoding="utf-8"))["case"]
REST = "改造农村厕所600户。"


@pytest.mark.parametrize("case", [pytest.param(row, id=row["why"]) for row in CASES])
def test_a_change_is_seen_for_what_it_is(case: dict[str, Any], make: Any) -> None:
    old, new = (make(2024, works=f"{case[side]}{REST}", told=f"{side}。") for side in ("old", "new"))
    (one,) = diff(old, new).changes
    assert one.kind == case["kind"]
    assert set(case["aspects"]) <= {shift.aspect for shift in one.shifts}
    assert (one.old is None, one.new is None) == (not case["old"], not case["new"])


def test_what_moved_to_another_part_is_moved_not_dropped() -> None:
    text = (
        "云水县人民政府工作报告\n\n——2024年1月8日在云水县第九届人民代表大会第四次会议上\n\n三、2024年重点工作\n\n"
        "（一）抓项目，增后劲\n\n抓好以下几件事。年内建成城北水厂。{one}\n\n"
        "（二）惠民生，补短板\n\n再抓好以下几件事。{other}新增公办幼儿园学位900个。\n"
    )
    moved = "改造老旧小区30个。"
    documents = [Document.from_text(text.format(one=one, other=two)) for one, two in ((moved, ""), ("", moved))]
    old, new = (Edition(read(document), document.text) for document in documents)
    (change,) = diff(old, new).changes
    assert (change.kind, "项目" in change.old_section, "民生" in change.new_section) == ("moved", True, True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("大力发展优质高效现代农业。", "大力发展现代职业教育。"),
        ("严格落实粮食安全主体责任。", "严格落实全面从严治党主体责任。"),
        ("大力发展城区经济。", "大力发展口岸经济。"),
    ],
)
def test_promises_that_share_only_the_words_of_all_promises_are_two(old: str, new: str, make: Any) -> None:
    found = diff(make(2024, works=f"{old}{REST}"), make(2024, works=f"{new}{REST}", told="另一版。"))
    assert [(one.kind, one.old and one.old.text, one.new and one.new.text) for one in found.changes] == [
        ("dropped", old.rstrip("。"), None),
        ("added", None, new.rstrip("。")),
    ]


def test_striving_that_stays_striving_is_no_change_of_strength(make: Any) -> None:
    """争取早日 is read as a promise of its own, 争取 a title as seeking; both strive."""
    old, new = "争取早日开工城北水厂项目。", "争取上级支持城北水厂项目开工。"
    found = diff(make(2024, works=f"{old}{REST}"), make(2024, works=f"{new}{REST}", told="另一版。"))
    assert "strength" not in {shift.aspect for one in found.changes for shift in one.shifts}


def test_phases_are_not_taken_for_one_another(make: Any) -> None:
    found = diff(
        make(2024, works="年内建成云溪产业园一期。"), make(2024, works="年内建成云溪产业园二期。", told="另一版。")
    )
    assert sorted(one.kind for one in found.changes) == ["added", "dropped"]


def test_what_asks_for_less_comes_first_and_the_rest_is_counted(make: Any) -> None:
    old = make(2024, works="改造老旧小区30个。新建农村公路40公里。新增公办幼儿园学位900个。")
    found = diff(
        old, make(2024, works="改造老旧小区25个。新建农村公路50公里。新增公办幼儿园学位900个。", told="另一版。")
    )
    assert [one.kind for one in found.changes] == ["softened", "hardened"]
    assert found.same >= 1
    assert Difference.model_validate_json(found.to_json()) == found


@pytest.mark.parametrize(("year", "place", "code"), [(2024, "青江县", "V004"), (2025, "云水县", "V013")])
def test_plans_that_are_no_versions_of_each_other(make: Any, year: int, place: str, code: str) -> None:
    other = make(year)
    facts = other.plan.document.model_copy(update={"place": place})
    found = diff(make(2024, told="旧版。"), Edition(other.plan.model_copy(update={"document": facts}), other.text))
    assert [problem.code for problem in found.problems] == [code]
    assert bool(found.changes or found.same) is (code == "V013")


def test_a_version_and_itself(make: Any) -> None:
    found = diff(make(2024), make(2024))
    assert ([problem.code for problem in found.problems], found.changes) == (["V003"], ())
