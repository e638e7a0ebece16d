"""The counts of a notice: every matter in exactly one class, light and kind; shares to 100.0 %; problems all named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.door import open_report
from luoshi.examples import sample
from luoshi.publish.dossier import Dossier
from luoshi.publish.papers import Papers, Wish, papers
from luoshi.publish.papers.matter import BAD, matter_values
from luoshi.publish.papers.whole import whole_values
from luoshi.supervise import Evidence, Matter
from luoshi.supervise.words import values, word

First = Callable[[str], bytes]
Text = Callable[[bytes], str]
TODAY = date(2023, 9, 15)
REPORT = open_report(sample("songgang-2023"))
TITLES = {item.id: item.title for item in REPORT.plan.items}


@st.composite
def matters(draw: st.DrawFn) -> tuple[Matter, ...]:
    """Matters of the sample's plan in any state, with any numbers on them."""
    names = draw(st.lists(st.sampled_from(sorted(TITLES)), unique=True, max_size=12))
    made_ = []
    for name in names:
        proofs = draw(st.lists(st.sampled_from(["meeting", "papers", "site_check", "acceptance"]), max_size=2))
        made_.append(
            Matter(
                id=name,
                title=TITLES[name],
                since=date(2023, 3, 1),
                begin=date(2023, 1, 1),
                due=date(2023, 12, 31),
                state=draw(st.sampled_from(["extracted", "assigned", "running", "escalated", "closed", "suspended"])),
                lead=draw(st.sampled_from(["", "区住建局", "区教育局"])),
                reported=Decimal(draw(st.integers(0, 100))),
                verified=Decimal(draw(st.integers(0, 100))),
                reported_on=draw(st.none() | st.just(date(2023, 8, 28))),
                verified_on=draw(st.none() | st.just(date(2023, 9, 1))),
                started=draw(st.none() | st.just(date(2023, 3, 1))),
                cause=draw(st.none() | st.sampled_from(values("cause"))),
                weight=Decimal(draw(st.integers(0, 3))),
                evidence=tuple(
                    Evidence(id=f"e{at}", kind=kind, day=date(2023, 8, 1)) for at, kind in enumerate(proofs)
                ),
            )
        )
    return tuple(made_)


def counted(whole: Dossier) -> tuple[dict[str, Any], list[Any]]:
    cases = [case for case in whole.cases if case.matter.state not in ("dropped", "declined", "superseded")]
    pairs = [(case, matter_values(case, at, whole, frozenset())) for at, case in enumerate(cases, 1)]
    return whole_values(pairs, whole), cases


@settings(max_examples=25)
@given(matters())
def test_every_count_of_a_notice_adds_up(of: Callable[..., Dossier], some: tuple[Matter, ...]) -> None:
    found, cases = counted(of(some, TODAY))
    assert found["total"] == len(cases)
    for name in ("classes", "lights"):
        assert sum(row["count"] for row in found[name]) == len(cases)
        assert sum(row["share"] for row in found[name]) == 100
    assert {row["title"]: row["count"] for row in found["classes"]} == {
        word("class", name): count for name, count in Counter(case.progress for case in cases).items()
    }
    assert sum(row["total"] for row in found["categories"]) == len(cases)
    assert sum(row["total"] for row in found["units"]) == len(cases)


@settings(max_examples=25)
@given(matters())
def test_the_three_sides_of_a_kind_add_up(of: Callable[..., Dossier], some: tuple[Matter, ...]) -> None:
    found, _ = counted(of(some, TODAY))
    for row in found["categories"]:
        assert row["reached_count"] + row["missed_count"] + row["other_count"] == row["total"]
        assert row["reached_share"] + row["missed_share"] + row["other_share"] == (100 if row["total"] else 0)
        assert len(row["missed_items"]) == row["missed_count"]


@settings(max_examples=25)
@given(matters())
def test_every_matter_that_is_not_green_is_named_with_its_cause(
    of: Callable[..., Dossier], some: tuple[Matter, ...]
) -> None:
    found, cases = counted(of(some, TODAY))
    bad = [case for case in cases if case.light.colour in BAD]
    assert sorted(said["id"] for said in found["problems"]) == sorted(case.matter.id for case in bad)
    for said in found["problems"]:
        cause = next(case.matter.cause for case in bad if case.matter.id == said["id"])
        assert said["cause"] == (word("cause", cause) if cause else "原因未报")
    assert sum(row["count"] for row in found["causes"]) == len(bad)
    assert sum(row["share"] for row in found["causes"]) == (100 if bad else 0)
    assert sum(len(unit["problems"]) for unit in found["units"]) == len(bad)


@settings(max_examples=20)
@given(matters())
def test_means_are_by_weight_and_leave_out_what_is_not_due(
    of: Callable[..., Dossier], some: tuple[Matter, ...]
) -> None:
    found, cases = counted(of(some, TODAY))
    due = [case.matter for case in cases if case.progress != "other"]
    weight = sum(one.weight for one in due)
    assert found["counted"] == len(due)
    for name in ("reported", "verified"):
        if weight:
            exact = sum(getattr(one, name) * one.weight for one in due) / weight
            assert abs(found[name] - exact) <= Decimal("0.05")
        else:
            assert found[name] is None


def test_the_printed_shares_of_the_sample_add_up(first: First, text: Text) -> None:
    told = text(first("bulletin"))
    classes = re.search(r"按进度分：(.*?)。", told)
    assert classes is not None
    rows = re.findall(r"(\d+)项，占([\d.]+)%", classes[1])
    assert sum(int(count) for count, _ in rows) == int(re.search(r"共有任务(\d+)项", told)[1])  # type: ignore[index]
    assert sum(Decimal(share) for _, share in rows) == 100


def test_the_notice_of_the_sample_names_every_problem_with_a_cause(whole: Dossier, first: First, text: Text) -> None:
    told = text(first("bulletin"))
    problems = told.split("（一）逐项说明")[1].split("（二）分单位情况")[0].strip().split("\n")
    bad = [case for case in whole.cases if case.light.colour in BAD]
    assert len(problems) == len(bad)
    for line in problems:
        cause = re.search(r"。(原因：([^（。]+)|原因未报)", line)
        assert cause is not None, line
        assert cause[2] is None or cause[2] in {word("cause", name) for name in values("cause")}
    for case in bad:
        assert any(" ".join(case.matter.title.split()) in line for line in problems)


def test_the_full_table_has_a_row_an_item_in_order(first: First, text: Text) -> None:
    told = text(first("bulletin"))
    total = int(re.search(r"共有任务(\d+)项", told)[1])  # type: ignore[index]
    table = told.split("任务落实情况表")[-1]
    numbers = [int(line) for line in table.split("\n") if line.isdigit()]
    assert [number for number in numbers if number <= total][0] == 1  # noqa: RUF015
    assert total in numbers


def test_a_notice_of_one_unit_counts_its_own_only(whole: Dossier, text: Text) -> None:
    unit = "区住房和城乡建设局"
    told = text(next(iter(papers(whole, "bulletin", Wish(unit=unit, formats=("docx",))).files.values())))
    own = [case for case in whole.cases if case.matter.lead == unit and case.matter.state != "superseded"]
    assert f"共有任务{len(own)}项" in told
    assert f"{unit}牵头任务落实情况的通报" in told


def test_who_has_not_said_why_is_asked_to(
    whole: Dossier, made: Callable[[str], Papers], first: First, text: Text
) -> None:
    bare = [case.matter.id for case in whole.cases if case.light.colour in BAD and not case.matter.cause]
    (asked,) = [one for one in made("bulletin").problems if one.code == "F007"]
    assert f"{len(bare)} 项" in asked.message
    assert all(name in asked.message for name in bare[:20])
    assert f"本次{len(bare)}项未报原因" in text(first("bulletin"))


@pytest.mark.parametrize("kind", ["notice", "record", "scores", "deputies"])
def test_papers_that_state_no_causes_do_not_ask_for_them(made: Callable[[str], Papers], kind: str) -> None:
    assert "F007" not in [one.code for one in made(kind).problems]
