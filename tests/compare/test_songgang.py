"""The two sample reports of one district, promise by promise: what the whole way says is what a person reads."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from luoshi.compare import Comparison, compare
from luoshi.door import open_edition
from luoshi.examples import sample

VERDICTS = tomllib.loads((Path(__file__).parent / "cases" / "songgang.toml").read_text(encoding="utf-8"))["verdicts"]


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare([open_edition(sample("songgang-2021")), open_edition(sample("songgang-2023"))])


@pytest.mark.parametrize("words", VERDICTS)
def test_a_promise_has_the_verdict_that_a_person_gives_it(words: str, comparison: Comparison) -> None:
    told = {one.verdict for one in comparison.promises if one.quote.text == words and one.due.year == 2022}
    assert told == {VERDICTS[words]}


def test_of_two_promises_in_one_clause_one_is_met_on_another_basis(comparison: Comparison) -> None:
    pair = [one for one in comparison.promises if one.quote.text.startswith("一般公共预算收入、社会消费品零售总额分别")]
    assert [one.verdict for one in pair] == ["met_other_basis", "missed"]
    assert pair[0].outcome.arithmetic == "6.1% ≥ 6%"


def test_promises_of_the_five_years_wait(comparison: Comparison) -> None:
    later = [one for one in comparison.promises if one.report == "2021" and one.due.year > 2022]
    assert later
    assert {one.verdict for one in later} <= {"pending", "met"}


def test_nothing_is_odd_about_the_two(comparison: Comparison) -> None:
    assert comparison.problems == ()
