"""Many reports, odd reports, a person's word: what holds for a comparison as a whole."""

from __future__ import annotations

import json
from typing import Any

import pytest

from luoshi.compare import Comparison, Decisions, Edition, compare
from luoshi.problems import Unreadable


def codes(found: Comparison) -> set[str]:
    return {problem.code for problem in found.problems}


# ── what cannot be compared ──────────────────────────────────────────────────────────────────────────────────────────


def changed(one: Edition, **facts: Any) -> Edition:
    document = one.plan.document.model_copy(update=facts)
    return Edition(one.plan.model_copy(update={"document": document}), one.text)


def test_one_report_alone_is_not_enough(make: Any) -> None:
    found = compare([make(2023)])
    assert (codes(found), found.promises) == ({"V002"}, ())


def test_the_same_report_twice(make: Any) -> None:
    found = compare([make(2023), make(2023)])
    assert (codes(found), found.promises) == ({"V003"}, ())


def test_reports_of_two_places(make: Any) -> None:
    found = compare([make(2023), changed(make(2024), place="青江县")])
    assert (codes(found), found.promises) == ({"V004"}, ())
    assert "青江县" in found.problems[0].message


@pytest.mark.parametrize("place", ["青山市云水县", "云水", None])
def test_a_place_may_be_written_more_or_less_fully(make: Any, place: str | None) -> None:
    assert codes(compare([make(2023), changed(make(2024), place=place)])) == set()


def test_two_reports_of_one_year_are_versions_not_years(make: Any) -> None:
    found = compare([make(2023), make(2023, told="过去一年成绩很大。")])
    assert (codes(found), found.promises) == ({"V005"}, ())
    assert "luoshi diff" in found.problems[0].advice


def test_a_report_of_no_year(make: Any) -> None:
    found = compare([changed(make(2023), year=None, term=None), make(2024)])
    assert (codes(found), found.promises) == ({"V001"}, ())


def test_years_out_of_order_are_put_in_order_and_said(make: Any) -> None:
    found = compare([make(2024, told="城镇新增就业1300人。"), make(2023)])
    assert codes(found) == {"V006"}
    assert [report.id for report in found.reports] == ["2023", "2024"]
    assert "met" in {one.verdict for one in found.promises if one.report == "2023"}


def test_an_earlier_report_without_promises(make: Any) -> None:
    silent = make(2023)
    silent = Edition(silent.plan.model_copy(update={"commitments": (), "figures": (), "items": ()}), silent.text)
    assert codes(compare([silent, make(2024)])) == {"V007"}
    found = compare([make(2022), silent, make(2024)])
    assert codes(found) == {"V012"}
    assert {one.report for one in found.promises} == {"2022", "2024"}


def test_a_year_that_no_report_looks_back_on_is_not_held_against_anybody(make: Any, only: Any) -> None:
    found = compare([make(2023, targets="地区生产总值增长7%。"), make(2026, told="地区生产总值增长5%。")])
    assert codes(found) == {"V009"}
    one = only(found, "地区生产总值")
    assert (one.verdict, "2023" in one.outcome.because) == ("pending", True)


def test_a_plan_without_its_text_is_compared_by_numbers_and_says_so(make: Any, only: Any) -> None:
    first, second = make(2023, works="年内建成城北水厂。"), make(2024, told="城镇新增就业1300人。城北水厂建成投用。")
    found = compare([Edition(first.plan), Edition(second.plan)])
    assert codes(found) == {"V008"}
    number, named = only(found, "就业"), only(found, "水厂")
    assert (number.verdict, number.outcome.arithmetic) == ("met", "1300人 ≥ 1200人")
    assert number.quote.sentence == ""
    assert named.verdict == "pending"


# ── the same promise over the years ──────────────────────────────────────────────────────────────────────────────────


def test_what_is_promised_again_is_carried_over_and_counted(make: Any, only: Any) -> None:
    bridge = "年内柳湾大桥建成通车。"
    years = [make(2021, works=bridge), make(2022, works=bridge), make(2023, works=bridge)]
    found = compare([*years, make(2024, told="柳湾大桥建成通车。")])
    first, last = (
        only(found, "柳湾大桥"),
        next(one for one in found.promises if one.report == "2023" and "柳湾大桥" in one.quote.text),
    )
    assert (first.verdict, first.outcome.state, first.carried) == ("missed", "carried_over", 2)
    assert [quote.report for quote in first.carried_to] == ["2022", "2023"]
    assert (last.verdict, last.outcome.state, last.carried) == ("met", "built", 0)
    assert first.thread == last.thread


@pytest.mark.parametrize(
    ("promised", "verdict"), [("年内建成南坪农贸市场。", "missed"), ("加快推进南坪农贸市场项目建设。", "not_reported")]
)
def test_only_what_asked_for_a_result_is_missed_when_promised_again(
    promised: str, verdict: str, make: Any, only: Any
) -> None:
    found = compare([make(2023, works=promised), make(2024, works=promised)])
    one = only(found, "农贸市场")
    assert (one.verdict, one.outcome.state, one.carried) == (verdict, "carried_over", 1)
    assert ("没有说要做到哪一步" in one.outcome.because) == (verdict == "not_reported")


def test_one_indicator_is_one_story_whatever_it_is_called(make: Any) -> None:
    found = compare([make(2022, targets="GDP增长6%。"), make(2023, targets="地区生产总值增长7%。"), make(2024)])
    growth = [one.thread for one in found.promises if one.number and one.number.measure == "growth"]
    assert growth == ["gdp:growth"] * 2


def test_phases_are_stories_of_their_own(make: Any) -> None:
    found = compare(
        [make(2022, works="年内建成云溪产业园一期。"), make(2023, works="年内建成云溪产业园二期。"), make(2024)]
    )
    assert len({one.thread for one in found.promises if "产业园" in one.quote.text}) == 2


def test_a_thing_done_before_it_was_due_is_met(make: Any, only: Any) -> None:
    found = compare([make(2023, works="到2026年建成城北水厂。"), make(2024, told="城北水厂建成投用。")])
    assert only(found, "水厂").verdict == "met"


# ── a person's word ──────────────────────────────────────────────────────────────────────────────────────────────────


def decisions(**one: str) -> Decisions:
    return Decisions.from_json(json.dumps({"format": "luoshi.decisions/1", "decisions": [one]}))


def test_a_person_is_above_the_machine_and_both_are_kept(make: Any, only: Any) -> None:
    editions = [make(2023, works="年内建成城北水厂。"), make(2024, told="城北净水中心建成投用。")]
    told = decisions(
        report="2023",
        quote="城北水厂",
        verdict="met",
        told_in="2024",
        told="城北净水中心建成投用",
        who="督查室",
        why="改了名",
    )
    one = only(compare(editions, decisions=told.decisions), "水厂")
    assert only(compare(editions), "水厂").verdict == "not_reported"
    assert (one.verdict, one.decided.read_as, one.decided.who) == ("met", "not_reported", "督查室")
    assert [quote.text for quote in one.outcome.quotes] == ["城北净水中心建成投用"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"report": "2023", "quote": "没有这句话"},
        {"report": "2019", "quote": "城北水厂"},
        {"report": "2023", "quote": "城北水厂", "told_in": "2024", "told": "没有这句话"},
        {"report": "2023", "quote": "建成"},
    ],
)
def test_a_decision_that_fits_no_one_promise_changes_nothing_and_is_said(make: Any, wrong: dict[str, str]) -> None:
    editions = [make(2023, works="年内建成城北水厂。年内建成滨河公园南园。"), make(2024)]
    found = compare(editions, decisions=decisions(verdict="met", **wrong).decisions)
    assert codes(found) == {"V011"}
    assert found.promises == compare(editions).promises


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format":"luoshi.decisions/2"}', "null"])
def test_a_file_that_is_no_file_of_decisions_is_refused(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        Decisions.from_json(text)
    assert {problem.code for problem in caught.value.problems} == {"V010"}


def test_every_fault_of_a_decision_is_named() -> None:
    with pytest.raises(Unreadable) as caught:
        decisions(report="2023", quote="", verdict="great")
    assert len(caught.value.problems) == 2


# ── against rows made by hand ────────────────────────────────────────────────────────────────────────────────────────


def test_rows_made_by_hand_are_linked_and_judged_as_well_as_promised(shared: Any) -> None:
    """The goals of ``make score-compare``."""
    import importlib.util
    from pathlib import Path

    path = Path(__file__).resolve().parents[2] / "scripts" / "score_compare.py"
    spec = importlib.util.spec_from_file_location("score_compare", path)
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    corpus = shared / "corpus"
    if not (corpus / "datasets").is_dir():
        pytest.skip("rows made by hand not here")
    growth = list(score.judged(corpus, "pairs-gdp-growth.tsv"))
    linked = [(row, one) for row, one in growth if score.linked(one, row)]
    assert len(linked) >= 0.95 * len(growth)
    assert sum(one.verdict == score.wanted(row) for row, one in linked) >= 0.95 * len(linked)
    many = list(score.judged(corpus, "pairs-multi.tsv"))
    good = [one for row, one in many if one and one.verdict == score.VERDICTS.get(row["verdict"], row["verdict"])]
    assert len(good) >= 0.85 * len(many)
