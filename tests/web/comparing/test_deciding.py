"""One promise over the years, and what people decide about it: recorded, above the machine, kept when compared anew."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from county_years import FIRST, SECOND, bring_in_year
from django.db import connection
from django.test import Client

from luoshi.store import comparing
from luoshi.store.fetching import all_reports
from luoshi.store.ledger import given
from luoshi.store.models import LedgerEntry
from luoshi.web.comparing.opened import opened

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.store.models import Person, Report

Two = tuple["Report", "Report"]
Enter = Callable[["Person"], Client]


def page_of(client: Client, ledger: str, words: str) -> str:
    """The address of the first promise of 2023 that holds ``words``."""
    rows = client.get(ledger, {"q": words, "year": "2023"}).context["rows"]
    return f"{ledger}promises/{rows[0].name}/"


def form(client: Client, there: str, **given: str) -> dict[str, str]:
    """What the page's form sends, with ``given`` changed."""
    asked = client.get(there).context
    return {"verdict": asked["form"].initial["verdict"], "told": "", "words": "", "why": "",
            "expected": str(asked["expected"]), **given}  # fmt: skip


def row(client: Client, there: str) -> Any:
    return client.get(there).context["row"]


def decisions() -> list[dict[str, Any]]:
    return [given(one) for one in LedgerEntry.objects.filter(action="compare.decide").order_by("sequence")]


def test_the_page_tells_all_that_is_known(ledger: str, office: Client, django_assert_max_num_queries: Any) -> None:
    there = page_of(office, ledger, "城镇新增就业")
    with django_assert_max_num_queries(30):
        page = office.get(there)
    words = page.content.decode()
    assert "1100人 ＜ 1200人" in words
    assert "报告的数没有达到承诺" in words
    assert [one.promise.report for one in page.context["thread"]] == ["2023", "2024"], "the story over the years"
    assert page.context["chart"] is not None
    assert "数据表" in words
    assert "今年的预期目标是" in words, "the whole sentence stands around the words"


def test_whoever_confirms_is_named_and_the_verdict_stays(ledger: str, office: Client) -> None:
    there = page_of(office, ledger, "城镇新增就业")
    assert office.post(f"{there}decide/", form(office, there, verdict="missed")).status_code == 302
    found = row(office, there).promise
    assert (found.verdict, found.decided.who, found.decided.read_as) == ("missed", "督查室小督", "missed")
    assert "由人判定 督查室小督" in office.get(ledger).content.decode()


def test_another_outcome_needs_a_reason_and_may_point_to_a_candidate(ledger: str, office: Client) -> None:
    there = page_of(office, ledger, "北门水厂")
    answer = office.post(f"{there}decide/", form(office, there, verdict="not_comparable"))
    assert answer.status_code == 422
    assert "改判要写理由" in answer.content.decode()
    assert decisions() == []
    sent = form(office, there, verdict="met", why="现场看过，已经通水", words="建成北门水厂")
    assert office.post(f"{there}decide/", sent).status_code == 302
    found = row(office, there).promise
    assert (found.verdict, found.decided.why, found.outcome.report) == ("met", "现场看过，已经通水", "2024")
    assert decisions()[0]["told"] == "建成北门水厂"


def test_a_candidate_that_was_chosen_becomes_the_outcome(ledger: str, office: Client) -> None:
    there = page_of(office, ledger, "农村公路9公里")
    candidates = office.get(there).context["candidates"]
    assert candidates
    office.post(f"{there}decide/", form(office, there, verdict="missed", told="0", why="口径不同"))
    assert row(office, there).told[0].words == candidates[0][0].words


def test_words_that_stand_in_no_later_report_are_refused(ledger: str, office: Client) -> None:
    there = page_of(office, ledger, "北门水厂")
    answer = office.post(f"{there}decide/", form(office, there, verdict="met", why="看过", words="北门水厂已通水"))
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "T101" in words
    assert "北门水厂已通水" in words, "what was typed is still there"
    assert decisions() == []


def test_undone_it_is_again_as_it_was_found_and_the_history_stays(ledger: str, office: Client) -> None:
    there = page_of(office, ledger, "北门水厂")
    office.post(f"{there}decide/", form(office, there, verdict="met", why="看过"))
    office.post(f"{there}undo/", {"expected": str(office.get(there).context["expected"])})
    found = row(office, there).promise
    assert (found.verdict, found.decided) == ("missed", None)
    assert [one["what"] for one in office.get(there).context["history"]] == ["撤回了判定", "● 达到"]
    assert [one.get("verdict") for one in decisions()] == ["met", None]


def test_of_two_who_decide_one_wins_and_the_other_keeps_what_was_typed(
    ledger: str, office: Client, cast: Cast, enter: Enter
) -> None:
    there = page_of(office, ledger, "北门水厂")
    director = enter(cast.people["director"])
    first, second = (
        form(office, there, verdict="met", why="看过"),
        form(director, there, verdict="met", why="听说通水了"),
    )
    assert office.post(f"{there}decide/", first).status_code == 302
    answer = director.post(f"{there}decide/", second)
    words = answer.content.decode()
    assert answer.status_code == 409
    assert "督查室小督" in words
    assert "达到" in words
    assert "听说通水了" in words
    assert len(decisions()) == 1
    again = second | {"expected": str(answer.context["form"]["expected"].value())}
    assert director.post(f"{there}decide/", again).status_code == 302
    assert row(office, there).promise.decided.who == "主任老程"


def test_an_undo_of_what_was_decided_since_is_refused(ledger: str, office: Client) -> None:
    there = page_of(office, ledger, "北门水厂")
    for seen in ("0", "", "x"):
        office.post(f"{there}decide/", form(office, there, verdict="met", why="看过"))
        assert office.post(f"{there}undo/", {"expected": seen}).status_code == 409
    assert row(office, there).promise.verdict == "met"


def test_a_sentence_of_two_figures_is_decided_figure_by_figure(ledger: str, office: Client) -> None:
    rows = office.get(ledger, {"q": "老旧小区", "year": "2023"}).context["rows"]
    assert len(rows) == 2
    there = f"{ledger}promises/{rows[1].name}/"
    office.post(f"{there}decide/", form(office, there, verdict="met", why="另一个在建"))
    verdicts = [one.promise.decided is not None for one in office.get(ledger, {"q": "老旧小区"}).context["rows"]]
    assert verdicts == [False, True]


def test_decisions_survive_a_comparison_made_anew_and_a_newer_version(
    ledger: str, office: Client, cast: Cast, county: Two
) -> None:
    there = page_of(office, ledger, "北门水厂")
    office.post(f"{there}decide/", form(office, there, verdict="met", why="看过"))
    bring_in_year(cast, **{**FIRST, "works": f"改造公园3个。{FIRST['works']}"})
    office.post(f"{ledger}compare/")
    assert page_of(office, ledger, "北门水厂") == there, "the address stays though the promise has another number"
    assert row(office, there).promise.decided.why == "看过"
    assert len(comparing.places(all_reports())[0].reports) == len(county) + 1


def test_decisions_go_into_files_and_the_pages_filter(ledger: str, office: Client) -> None:
    there = page_of(office, ledger, "北门水厂")
    office.post(f"{there}decide/", form(office, there, verdict="met", why="看过"))
    told = json.loads(office.get(f"{ledger}ledger.json", {"only": "decided"}).content)
    assert [(one["verdict"], one["decided"]["why"]) for one in told["promises"]] == [("met", "看过")]
    assert "看过" in office.get(f"{ledger}ledger.csv").content.decode("utf-8-sig")


def test_a_leader_reads_and_does_not_decide(ledger: str, office: Client, cast: Cast, enter: Enter) -> None:
    there, leader = page_of(office, ledger, "北门水厂"), enter(cast.people["leader"])
    assert "由人判定" not in leader.get(there).content.decode()
    assert leader.post(f"{there}decide/", {"verdict": "met", "expected": "0"}).status_code == 403


def test_what_the_comparison_does_not_have_is_not_there(ledger: str, office: Client) -> None:
    assert office.get(f"{ledger}promises/2023-000000000000/").status_code == 404
    assert office.post(f"{ledger}promises/2023-000000000000/decide/", {"verdict": "met"}).status_code == 404


def test_the_decisions_of_another_place_are_left_alone(ledger: str, office: Client, cast: Cast) -> None:
    there = page_of(office, ledger, "北门水厂")
    office.post(f"{there}decide/", form(office, there, verdict="met", why="看过"))
    for said in (FIRST, SECOND):
        one = bring_in_year(cast, **{**said, "told": f"全区上下团结奋斗。{said['told']}"})
        all_reports().filter(pk=one.pk).update(place="风林市")
    place = next(each for each in comparing.places(all_reports()) if each.name == "风林市")
    office.post(f"/comparing/{place.pk}/compare/")
    found = opened(place)
    assert found is not None
    assert [one for one in found.comparison.promises if one.decided] == []


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_are_one_decision(lasting_cast: Cast, at_once: None) -> None:
    assert at_once is None
    reports = [bring_in_year(lasting_cast, **said) for said in (FIRST, SECOND)]
    place = next(one for one in comparing.places(all_reports()) if reports[0] in one.reports)
    meant = comparing.Meant(report="2023", quote="建成北门水厂")
    decision = comparing.Decision(**meant.model_dump(), verdict="met")
    told: list[int] = []

    def go(part: str) -> None:
        try:
            told.append(len(comparing.judge(place, meant, decision, "看过", lasting_cast.by(part), expected=0)))
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(part,)) for part in ("supervisor", "director")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(told) == [0, 1]
    assert len(comparing.judgements(place, meant)) == 1
