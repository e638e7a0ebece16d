"""What a report is: title, place, level, year and term, read from the text, the file's name last."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.read.facts import About, facts
from luoshi.read.words import rows
from luoshi.source import view
from luoshi.source.outline import outline

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "facts.toml").read_text(encoding="utf-8")
)["case"]
PIECES = [
    "政府工作报告",
    "2023年",
    "1月5日",
    "在",
    "株洲市",
    "芦淞区",
    "第七届",
    "人民代表大会",
    "\n",
    "我代表",
    "区人民政府",
    "请予审议",
    "。",
    "一、",
    "工作回顾",
    "国务院",
    "全县",
    " ",
]


def read(text: str, source: str = "") -> About:
    seen = view(text.lstrip("\n")).text
    return facts(seen, outline(seen), source)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_a_report_says_what_it_is(case: dict[str, Any]) -> None:
    got = read(case["text"], case.get("source", ""))
    for name in ("title", "place", "level", "year"):
        if name in case:
            assert getattr(got, name) == case[name], name
    if "term" in case:
        assert got.term == (case["term"][0], case["term"][1])
    for name in case.get("missing", ()):
        assert getattr(got, name) is None, name


@given(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.sampled_from(["", "松岗区-2017.txt", "报告.docx"])
)
def test_any_text_says_something_or_nothing(text: str, source: str) -> None:
    got = read(text, source)
    assert (got.term is None) == (got.year is None)
    assert got.term is None or got.term[0] <= got.term[1]
    assert got.place != ""
    assert "\n" not in got.title


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    seen = view(text).text
    assert isinstance(facts(seen, outline(seen), text), About)


def test_every_place_of_the_list_lies_in_another_one() -> None:
    names = {row["name"] for row in rows("places")}
    assert {row["within"] for row in rows("places") if row["level"] != "province"} <= names
    assert {row["level"] for row in rows("places")} == {"province", "city", "county"}
    assert all(len(row["short"]) >= 2 and row["name"].startswith(row["short"]) for row in rows("places"))


def test_real_reports_are_told_apart(shared: Path) -> None:
    """Place of 97, year and level of 95 in 100 as their index says; a county keeps the name it had then."""
    right = dict.fromkeys(("place", "year", "level"), 0)
    total = 0
    with (shared / "corpus" / "INDEX.tsv").open(encoding="utf-8", newline="") as file:
        listed = [row for row in csv.DictReader(file, delimiter="\t") if row["level"] in LEVELS]
    for row in listed:
        got = read((shared / "corpus" / row["file"]).read_text(encoding="utf-8"))
        right["place"] += bool(got.place) and _same(got.place or "", row["place"])
        right["year"] += str(got.year) == row["year"]
        right["level"] += got.level == row["level"]
        total += 1
    assert total > 0
    assert right["place"] >= 0.97 * total
    assert right["year"] >= 0.95 * total
    assert right["level"] >= 0.95 * total


LEVELS = ("national", "province", "city", "county")


def _same(read_name: str, listed: str) -> bool:
    return listed.endswith(read_name) or listed[:-1].endswith(read_name[:-1])
