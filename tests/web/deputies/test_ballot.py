"""A ballot from draft to publication, through the pages that people use."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections
from django.test import Client

from luoshi.store.acting import By
from luoshi.store.balloting import CHOICES, advance_ballot, cast_votes, count_paper, paper_counts, turnout
from luoshi.store.models import Ballot, LedgerEntry, Person, Vote
from luoshi.store.verifying import verify
from luoshi.web.deputies.result import result_of

if TYPE_CHECKING:
    from casting import Cast

    from conftest import Poll

TODAY = date(2023, 3, 1)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(poll: Poll, part: str = "") -> str:
    return f"/deputies/ballots/{poll.ballot.pk}/{part}"


def step(cast: Cast, poll: Poll, *states: str) -> None:
    for state in states:
        revision = Ballot.objects.get(pk=poll.ballot.pk).revision
        assert advance_ballot(poll.ballot, state, cast.by("supervisor"), expected=revision) == ()


def page(client: Client, address: str) -> str:
    found = client.get(address)
    assert found.status_code == 200
    text: str = found.content.decode()
    return text


def test_a_draft_is_not_there_for_deputies(cast: Cast, poll: Poll) -> None:
    deputy = signed_in(cast.people["deputy"])
    assert deputy.get(at(poll)).status_code == 404
    assert "2023年满意度测评" not in page(deputy, "/deputies/")
    assert "起草" in page(signed_in(cast.people["supervisor"]), "/deputies/")


def test_the_office_drafts_a_ballot_of_public_matters_only(cast: Cast, poll: Poll) -> None:
    office = signed_in(cast.people["supervisor"])
    shown = page(office, "/deputies/ballots/new/")
    assert f'value="{cast.matter}"' in shown
    assert f'value="{cast.elsewhere}"' not in shown, "an internal matter cannot be put before deputies"
    said = {"title": "半年测评", "report": poll.ballot.report_id, "opens": "2023-07-01", "closes": "2023-07-10"}
    refused = office.post("/deputies/ballots/new/", {**said, "matters": [cast.elsewhere]})
    assert refused.status_code == 422
    assert "半年测评" in refused.content.decode(), "what was typed stays"
    done = office.post("/deputies/ballots/new/", {**said, "secret": "on", "matters": [cast.matter]})
    made = Ballot.objects.latest("pk")
    assert done.headers["Location"] == f"/deputies/ballots/{made.pk}/"
    assert (made.title, made.secret, made.state) == ("半年测评", True, "draft")


def test_it_cannot_close_before_it_opens(cast: Cast, poll: Poll) -> None:
    said = {"title": "t", "report": poll.ballot.report_id, "opens": "2023-07-10", "closes": "2023-07-01"}
    answer = signed_in(cast.people["director"]).post("/deputies/ballots/new/", {**said, "matters": [cast.matter]})
    assert answer.status_code == 422
    assert "截止不能早于开始" in answer.content.decode()


def test_a_deputy_votes_once_a_matter_and_may_change_the_vote_until_it_closes(cast: Cast, poll: Poll) -> None:
    step(cast, poll, "open")
    deputy = signed_in(cast.people["deputy"])
    for choice in ("good", "poor"):
        assert deputy.post(at(poll, "vote/"), {f"m{poll.row}": choice}).status_code == 302
    assert list(Vote.objects.values_list("choice", flat=True)) == ["poor"]
    shown = page(deputy, at(poll))
    assert "您已经投过" in shown
    step(cast, poll, "closed")
    late = deputy.post(at(poll, "vote/"), {f"m{poll.row}": "good"})
    assert late.status_code == 422
    assert "T050" in late.content.decode()
    assert list(Vote.objects.values_list("choice", flat=True)) == ["poor"]


@pytest.mark.parametrize("given", [{}, {"choice": "wonderful"}])
def test_an_incomplete_or_unknown_choice_is_refused(cast: Cast, poll: Poll, given: dict[str, str]) -> None:
    step(cast, poll, "open")
    data = {f"m{poll.row}": given["choice"]} if given else {}
    assert signed_in(cast.people["deputy"]).post(at(poll, "vote/"), data).status_code == 422
    assert not Vote.objects.exists()
    wrong = cast_votes(poll.ballot, {poll.row: "wonderful"}, TODAY, cast.by("deputy"))
    assert [one.code for one in wrong] == ["T051"]


def test_outside_its_dates_nobody_votes(cast: Cast, poll: Poll) -> None:
    step(cast, poll, "open")
    wrong = cast_votes(poll.ballot, {poll.row: "good"}, date(2019, 1, 1), cast.by("deputy"))
    assert [one.code for one in wrong] == ["T052"]


def test_a_secret_vote_names_nobody_anywhere_in_the_database(cast: Cast, poll: Poll, settings: Any) -> None:
    step(cast, poll, "open")
    deputy = cast.people["deputy"]
    before = LedgerEntry.objects.count()
    assert cast_votes(poll.ballot, {poll.row: "poor"}, TODAY, By(deputy, "deputy")) == ()
    vote, entry = Vote.objects.get(), LedgerEntry.objects.latest("sequence")
    assert LedgerEntry.objects.count() == before + 1
    assert entry.person is None
    for said in (entry.body, entry.actor, vote.voter, vote.remark):
        assert f"（{deputy.username}）" not in said
        assert deputy.name not in said
    assert "poor" not in entry.body
    assert vote.at.astimezone().minute == 0
    kept = vote.voter
    settings.SECRET_KEY = "of another site"
    from luoshi.store.balloting import voter_key

    assert voter_key(poll.ballot, deputy) != kept, "without the site's secret the key cannot be made"


def test_an_open_vote_is_by_name(cast: Cast, poll: Poll) -> None:
    Ballot.objects.filter(pk=poll.ballot.pk).update(secret=False)
    step(cast, poll, "open")
    deputy = cast.people["deputy"]
    cast_votes(poll.ballot, {poll.row: "good"}, TODAY, By(deputy, "deputy"))
    entry = LedgerEntry.objects.latest("sequence")
    assert entry.person == deputy
    assert Vote.objects.get().voter == f"person:{deputy.pk}"


def test_the_result_is_for_the_office_first_and_for_deputies_when_published(cast: Cast, poll: Poll) -> None:
    step(cast, poll, "open")
    for person, choice in ((cast.people["deputy"], "good"), (poll.other, "unknown")):
        cast_votes(poll.ballot, {poll.row: choice}, TODAY, By(person, "deputy"))
    assert turnout(poll.ballot) == 2
    office, deputy = signed_in(cast.people["supervisor"]), signed_in(cast.people["deputy"])
    assert "50.0%" not in page(office, at(poll)), "while it is open nobody sees how it goes"
    assert office.get(at(poll, "result.csv")).status_code == 404
    step(cast, poll, "closed")
    assert "50.0%" in page(office, at(poll))
    assert "50.0%" not in page(deputy, at(poll))
    assert deputy.get(at(poll, "result.csv")).status_code == 404
    step(cast, poll, "published")
    assert "50.0%" in page(deputy, at(poll))
    rows = deputy.get(at(poll, "result.csv")).content.decode("utf-8-sig").splitlines()
    assert rows[1].split(",")[3:] == ["1", "50.0%", "0", "0.0%", "0", "0.0%", "1", "50.0%", "2"]
    assert office.get(at(poll, "result.xlsx")).content.startswith(b"PK")


def test_two_people_cannot_both_take_it_on(cast: Cast, poll: Poll) -> None:
    seen = poll.ballot.revision
    first = advance_ballot(poll.ballot, "open", cast.by("supervisor"), expected=seen)
    second = advance_ballot(poll.ballot, "open", cast.by("director"), expected=seen)
    assert first == ()
    assert [one.code for one in second] == ["T050"]
    office = signed_in(cast.people["director"])
    told = office.post(at(poll, "advance/"), {"state": "open", "expected": seen}, follow=True)
    assert "T050" in told.content.decode()
    assert office.post(at(poll, "advance/"), {"state": "deleted", "expected": "0"}).status_code == 400


def paper(poll: Poll, good: int) -> dict[str, int]:
    counts = {"good": good, "fair": 4, "poor": 1, "unknown": 0}
    return {f"p{poll.row}-{name}": count for name, count in counts.items()}


def test_paper_ballots_count_where_two_people_counted_the_same(cast: Cast, poll: Poll) -> None:
    step(cast, poll, "open", "closed")
    one, two = signed_in(cast.people["supervisor"]), signed_in(cast.people["director"])
    assert one.post(at(poll, "paper/"), paper(poll, 15)).status_code == 302
    assert "15" not in page(two, at(poll)).partition("纸质票")[2], "the second does not see what the first counted"
    assert "75.0%" not in page(one, at(poll))
    two.post(at(poll, "paper/"), paper(poll, 14))
    assert "两人清点不一致" in page(one, at(poll))
    assert "75.0%" not in page(one, at(poll))
    two.post(at(poll, "paper/"), paper(poll, 15))
    assert "两人清点一致" in page(one, at(poll))
    assert "75.0%" in page(one, at(poll))
    assert len(paper_counts(poll.ballot)) == 2


def test_a_wrong_count_is_refused_and_stays_on_the_page(cast: Cast, poll: Poll) -> None:
    step(cast, poll, "open", "closed")
    answer = signed_in(cast.people["supervisor"]).post(at(poll, "paper/"), paper(poll, -3))
    assert answer.status_code == 422
    assert "-3" in answer.content.decode()
    wrong = count_paper(poll.ballot, {poll.row: {"good": -3}}, cast.by("supervisor"))
    assert [one.code for one in wrong] == ["T053"]


def test_paper_is_counted_only_between_closing_and_publishing(cast: Cast, poll: Poll) -> None:
    wrong = count_paper(poll.ballot, {poll.row: {"good": 1}}, cast.by("supervisor"))
    assert [one.code for one in wrong] == ["T050"]


def test_the_record_of_a_ballot_is_whole(cast: Cast, poll: Poll) -> None:
    step(cast, poll, "open")
    cast_votes(poll.ballot, {poll.row: "good"}, TODAY, cast.by("deputy"))
    step(cast, poll, "closed", "published")
    actions = list(LedgerEntry.objects.filter(subject=f"ballot:{poll.ballot.pk}").values_list("action", flat=True))
    assert actions == ["ballot.draft", "ballot.open", "ballot.vote", "ballot.closed", "ballot.published"]
    assert verify().problems == ()


def test_the_packet_is_made_of_what_is_public(cast: Cast, poll: Poll) -> None:
    from io import BytesIO

    from docx import Document

    deputy = signed_in(cast.people["deputy"])
    answer = deputy.get(f"/deputies/packets/{poll.ballot.report_id}.docx")
    assert answer.status_code == 200
    words = "\n".join(
        cell.text for table in Document(BytesIO(answer.content)).tables for row in table.rows for cell in row.cells
    )
    assert "松岗通用机场" in words
    assert words.count("云锦直播产业园投入运营") == 1, "in the sentence of the report; the internal matter has no row"
    assert deputy.get(f"/deputies/packets/{poll.ballot.report_id}.exe").status_code == 404


def test_a_report_that_is_not_public_has_no_packet(cast: Cast, poll: Poll) -> None:
    from luoshi.store.models import Report

    Report.objects.update(label="internal")
    office = signed_in(cast.people["supervisor"])
    assert office.get(f"/deputies/packets/{poll.ballot.report_id}.docx").status_code == 404
    assert "没有公开的报告" in page(office, "/deputies/")


@pytest.mark.parametrize("part", ["supervisor", "deputy"])
def test_few_queries(cast: Cast, poll: Poll, part: str, django_assert_max_num_queries: Any) -> None:
    step(cast, poll, "open")
    client = signed_in(cast.people[part])
    for address in ("/deputies/", at(poll)):
        with django_assert_max_num_queries(30):
            page(client, address)


# ── what must hold whatever people do ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("state", ["draft", "open", "closed", "published"])
@pytest.mark.parametrize("wanted", ["open", "closed", "published"])
def test_a_ballot_only_goes_on_and_never_opens_again(cast: Cast, poll: Poll, state: str, wanted: str) -> None:
    order = ["draft", "open", "closed", "published"]
    step(cast, poll, *order[1 : order.index(state) + 1])
    office = signed_in(cast.people["supervisor"])
    seen = Ballot.objects.get(pk=poll.ballot.pk).revision
    office.post(at(poll, "advance/"), {"state": wanted, "expected": seen})
    goes = order.index(wanted) == order.index(state) + 1
    assert Ballot.objects.get(pk=poll.ballot.pk).state == (wanted if goes else state)
    assert office.get(at(poll, "advance/")).status_code == 405
    for part in ("deputy", "liaison", "auditor"):
        answer = signed_in(cast.people[part]).post(at(poll, "advance/"), {"state": wanted, "expected": seen})
        assert answer.status_code == 403


@pytest.mark.parametrize("seed", range(5))
def test_the_counts_add_up_whoever_votes_and_changes_a_vote(cast: Cast, poll: Poll, seed: int) -> None:
    step(cast, poll, "open")
    chance, last = random.Random(seed), {}
    people = [cast.people["deputy"], poll.other]
    for _ in range(12):
        person, choice = chance.choice(people), chance.choice(CHOICES)
        assert cast_votes(poll.ballot, {poll.row: choice}, TODAY, By(person, "deputy")) == ()
        last[person.pk] = choice
        assert turnout(poll.ballot) == len(last) == Vote.objects.count(), "one vote a deputy, whatever was changed"
    step(cast, poll, "closed")
    (line,) = result_of(poll.ballot)
    assert line.total == len(last)
    assert {name: line.counts[name] for name in CHOICES} == dict.fromkeys(CHOICES, 0) | Counter(last.values())
    assert sum(wide for _, _, wide in line.bars) == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize("part", ["supervisor", "director", "deputy", "leader", "auditor", "system_admin"])
def test_nobody_finds_out_who_voted_how(cast: Cast, poll: Poll, part: str) -> None:
    """Whatever page of the ballot, and the table taken away: the other deputy's name stands in none."""
    step(cast, poll, "open")
    assert cast_votes(poll.ballot, {poll.row: "poor"}, TODAY, By(poll.other, "deputy")) == ()
    step(cast, poll, "closed", "published")
    client = signed_in(cast.people[part])
    for there in ("", "result.csv"):
        answer = client.get(at(poll, there))
        if part not in ("supervisor", "director", "deputy"):
            assert answer.status_code in (403, 404)
        assert poll.other.name not in answer.content.decode()
        assert poll.other.username not in answer.content.decode()


def test_pressed_many_times_at_once_it_is_one_vote(lasting_poll: Poll, lasting_cast: Cast) -> None:
    advance_ballot(lasting_poll.ballot, "open", lasting_cast.by("supervisor"), expected=0)
    deputy = lasting_cast.people["deputy"]

    def press(nth: int) -> object:
        try:
            choice = CHOICES[nth % len(CHOICES)]
            return cast_votes(lasting_poll.ballot, {lasting_poll.row: choice}, TODAY, By(deputy, "deputy"))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(press, range(6))) == [()] * 6
    assert Vote.objects.count() == turnout(lasting_poll.ballot) == 1


def test_the_code_leads_to_the_ballot_and_lets_nobody_in(cast: Cast, poll: Poll) -> None:
    step(cast, poll, "open")
    office = signed_in(cast.people["supervisor"])
    assert at(poll, "code.svg") in page(office, at(poll))
    drawn = office.get(at(poll, "code.svg"))
    assert drawn["Content-Type"] == "image/svg+xml"
    assert drawn.content.startswith(b"<?xml") or b"<svg" in drawn.content[:200]
    assert Client().get(at(poll)).status_code == 302, "whoever scans it signs in first"
    step(cast, poll, "closed")
    assert "code.svg" not in page(office, at(poll))


def test_a_ballot_that_waits_for_the_vote_stands_on_the_first_page_until_it_is_cast(cast: Cast, poll: Poll) -> None:
    deputy, there = signed_in(cast.people["deputy"]), f'href="{at(poll)}"'
    assert there not in page(deputy, "/today/"), "a draft asks nobody"
    step(cast, poll, "open")
    assert there in page(deputy, "/today/")
    assert there not in page(signed_in(cast.people["supervisor"]), "/today/")
    assert cast_votes(poll.ballot, {poll.row: CHOICES[0]}, TODAY, By(cast.people["deputy"], "deputy")) == ()
    assert there not in page(deputy, "/today/")


def test_no_packet_is_offered_where_no_item_is_public(cast: Cast, poll: Poll) -> None:
    from luoshi.store.models import Matter

    deputy, there = signed_in(cast.people["deputy"]), f"/deputies/packets/{poll.ballot.report_id}.pdf"
    assert there in page(deputy, "/deputies/")
    Matter.objects.update(label="internal")
    assert there not in page(deputy, "/deputies/")
