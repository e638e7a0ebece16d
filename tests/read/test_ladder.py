"""The number ladder: what announces a rung, where its members are found, and what is only a count of things."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.examples import sample
from luoshi.read.ladder import Rung, ladder
from luoshi.source import view
from luoshi.source.outline import outline

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "ladder.toml").read_text(encoding="utf-8")
)["case"]


def climbed(text: str) -> tuple[str, list[Rung]]:
    folded = view(text).text
    return folded, ladder(folded, outline(folded))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"].strip()[:14])
def test_a_text_gives_its_rungs(case: dict[str, Any]) -> None:
    folded, rungs = climbed(case["text"])
    told = [(folded[r.start : r.end], r.count, [folded[a:b] for a, b in r.members]) for r in rungs]
    assert told == [(r["text"], r["count"], r["members"]) for r in case["rungs"]]
    for rung, wanted in zip(rungs, case["rungs"], strict=True):
        assert rung.start == wanted.get("start", rung.start)


def test_the_box_of_the_sample_gives_its_seven_rungs_with_all_their_members() -> None:
    folded, rungs = climbed(sample("songgang-2021").read_text(encoding="utf-8"))
    box = folded.rindex("数读")
    boxed = [rung for rung in rungs if rung.start > box]
    assert [rung.count for rung in boxed] == [1, 2, 3, 4, 5, 6, 7]
    assert [len(rung.members) for rung in boxed] == [1, 2, 3, 4, 5, 6, 7]
    assert folded[slice(*boxed[2].members[0])] == "航空产业规模突破500亿元"
    assert folded[slice(*boxed[6].members[-1])] == "助力建设全国文明典范城市"


def test_a_newspaper_sets_the_members_side_by_side() -> None:
    folded, rungs = climbed(sample("songgang-2021-news").read_text(encoding="utf-8"))
    directions = next(rung for rung in rungs if rung.count == 2)
    assert [folded[a:b] for a, b in directions.members] == ["大抓产业、重抓制造", "“亩产论英雄”、投入与产出相称"]


def test_nothing_is_announced_in_a_part_set_beside() -> None:
    text = "去年实施五大行动。今年实施六大行动。"
    rungs = ladder(text, outline(text), beside=[(0, 9)])
    assert [rung.count for rung in rungs] == [6]


@given(st.text(alphabet="一二三两十个大项目标行动工程集群“”（）()：:、，,；;。\n 是即就甲乙等1+N①②", max_size=80))
def test_members_are_as_many_as_announced_or_none(text: str) -> None:
    folded, rungs = climbed(text)
    assert sorted(rungs, key=lambda rung: rung.start) == rungs
    for rung in rungs:
        assert len(rung.members) in (0, rung.count)
        assert 0 <= rung.start < rung.end <= len(folded)
        for start, end in rung.members:
            assert folded[start:end].strip() == folded[start:end] != ""


def test_a_real_report_says_every_rung_once(real_report: Path) -> None:
    folded, rungs = climbed(real_report.read_text(encoding="utf-8"))
    names = [folded[rung.start : rung.end] for rung in rungs]
    assert len(set(names)) == len(names)
    assert all(len(rung.members) in (0, rung.count) for rung in rungs)
