"""Scores: the three formulas, both totals side by side, every line with its inputs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.publish.dossier import Dossier
from luoshi.publish.papers.matter import matter_values
from luoshi.publish.papers.scoring import earned, pack, score, score_values
from luoshi.supervise import Evidence, Matter

Of = Callable[..., Dossier]
TODAY = date(2023, 10, 16)
D = Decimal


@pytest.mark.parametrize(
    ("use", "actual", "target", "share"),
    [
        ("rising", "100", "100", "1"),
        ("rising", "120", "100", "1"),
        ("rising", "50", "100", "0.5"),
        ("rising", "0", "100", "0"),
        ("rising", "-3", "6.5", "0"),
        ("falling", "5.5", "5.5", "1"),
        ("falling", "4", "5.5", "1"),
        ("falling", "6", "4", "0.5"),
        ("falling", "8", "4", "0"),
        ("falling", "12", "4", "0"),
    ],
)
def test_the_formulas_of_growth_and_of_control(use: str, actual: str, target: str, share: str) -> None:
    assert earned(D(actual), D(target), use) == D(share)


@pytest.mark.parametrize(
    ("better", "actual", "target", "share"),
    [
        ("up", "50", "50", "1"),
        ("up", "51", "50", "1"),
        ("up", "49.9", "50", "0"),
        ("down", "5.5", "5.5", "1"),
        ("down", "5", "5.5", "1"),
        ("down", "5.6", "5.5", "0"),
    ],
)
def test_a_broken_floor_earns_nothing(better: str, actual: str, target: str, share: str) -> None:
    assert earned(D(actual), D(target), "floor", better) == D(share)


@given(st.decimals(-1000, 1000, places=2), st.decimals("0.01", 1000, places=2), st.sampled_from(["rising", "falling"]))
def test_nobody_earns_more_than_all_or_less_than_nothing(actual: Decimal, target: Decimal, use: str) -> None:
    assert 0 <= earned(actual, target, use) <= 1


@given(st.decimals(0, 1000, places=1), st.decimals(0, 1000, places=1), st.decimals("0.1", 1000, places=1))
def test_doing_better_never_earns_less(one: Decimal, other: Decimal, target: Decimal) -> None:
    low, high = sorted((one, other))
    assert earned(low, target, "rising") <= earned(high, target, "rising")
    assert earned(low, target, "falling") >= earned(high, target, "falling")


def running(name: str, **more: object) -> Matter:
    about: dict[str, object] = {
        "id": name, "title": name, "state": "running", "since": date(2023, 1, 5), "begin": date(2023, 1, 1),
        "started": date(2023, 1, 5), "due": date(2023, 12, 31), "lead": "区交通运输局",
    }  # fmt: skip
    return Matter.model_validate(about | more)


PAPERS = (Evidence(id="e", kind="papers", day=date(2023, 9, 1)),)


def test_what_nobody_verified_counts_in_one_total_only(of: Of) -> None:
    told = running("i16", reported=80, reported_on=date(2023, 10, 1), evidence=PAPERS)
    line = score(of([told]).by_id["i16"], pack())
    assert (line.rule.id, line.told, line.proved) == ("S3", D("0.8"), 0)


def test_what_was_verified_counts_in_both(of: Of) -> None:
    checked = running("i16", verified=60, verified_on=date(2023, 10, 1), evidence=PAPERS)
    line = score(of([checked]).by_id["i16"], pack())
    assert (line.told, line.proved) == (D("0.6"), D("0.6"))


def test_a_meeting_earns_nothing(of: Of) -> None:
    talk = (Evidence(id="e", kind="meeting", day=date(2023, 9, 1)),)
    line = score(of([running("i16", reported=90, reported_on=TODAY, evidence=talk)]).by_id["i16"], pack())
    assert (line.told, line.proved) == (0, 0)


def test_a_unit_s_total_is_by_weight(of: Of) -> None:
    whole = of([
        running("i16", verified=90, verified_on=TODAY, evidence=PAPERS, weight=3),
        running("i17", verified=10, verified_on=TODAY, evidence=PAPERS, weight=1),
    ])  # fmt: skip
    pairs = [(case, matter_values(case, at, whole, frozenset())) for at, case in enumerate(whole.cases, 1)]
    (unit,) = [unit for unit in score_values(pairs, pack())["scores"] if unit["title"] == "区交通运输局"]
    assert unit["total"] == 2
    assert unit["proved"] == D("70.0")
    assert [row["full"] for row in unit["lines"]] == [D("75.0"), D("25.0")]


def test_matters_without_weight_do_not_divide_by_nothing(of: Of) -> None:
    whole = of([running("i16", verified=90, verified_on=TODAY, evidence=PAPERS, weight=0)])
    case = whole.by_id["i16"]
    (unit,) = score_values([(case, matter_values(case, 1, whole, frozenset()))], pack())["scores"]
    assert (unit["told"], unit["proved"]) == (0, 0)


def test_what_has_not_begun_is_not_scored(of: Of) -> None:
    whole = of()
    pairs = [(case, matter_values(case, at, whole, frozenset())) for at, case in enumerate(whole.cases, 1)]
    assert score_values(pairs, pack())["scores"] == []


def test_every_line_of_the_sample_prints_the_numbers_it_rests_on(whole: Dossier) -> None:
    pairs = [(case, matter_values(case, at, whole, frozenset())) for at, case in enumerate(whole.cases, 1)]
    found = score_values(pairs, pack())
    for unit in found["scores"]:
        assert 0 <= unit["proved"] <= unit["told"] <= 100
        for row in unit["lines"]:
            assert any(char.isdigit() for char in row["inputs"])
            assert row["rule"] in {rule["id"] for rule in found["pack"]["rules"]}
    used = {row["rule"] for unit in found["scores"] for row in unit["lines"]}
    assert {"S1", "S3"} <= used


def test_a_pack_has_a_name_a_day_and_who_gave_it() -> None:
    by = pack()
    assert by.name
    assert by.zh
    assert by.issuer
    assert by.date <= date(2100, 1, 1)
    assert [rule.use for rule in by.rules] == ["rising", "falling", "other", "floor"]
