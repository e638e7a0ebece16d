"""The sample district as a site: whole, sealed, on the days of the story; or nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from luoshi.rehearsal import TODAY, docket
from luoshi.store.balloting import matters_on, turnout, votes_of
from luoshi.store.columns import body_of
from luoshi.store.history import as_of, history_of
from luoshi.store.ledger import given
from luoshi.store.models import (
    Ballot,
    Comment,
    EvidenceFile,
    LedgerEntry,
    Matter,
    Message,
    Person,
    Reading,
    Report,
    RoleGrant,
    Unit,
)
from luoshi.store.verifying import verify
from luoshi.web import access
from luoshi.web.rehearse import filling
from luoshi.web.rehearse.data import district
from luoshi.web.rehearse.people import SignIn, parts
from luoshi.web.roles import roles

pytestmark = pytest.mark.django_db  # a database is made only where a test says that it needs one


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("district")


@pytest.fixture(scope="module")
def sign_ins(request: pytest.FixtureRequest, django_db_blocker: Any, home: Path) -> Iterator[tuple[SignIn, ...]]:
    """The district, filled once for all tests of this file, and taken back after the last."""
    from django.conf import settings
    from django.db import transaction

    request.getfixturevalue("django_db_setup")
    before, hashers = settings.LUOSHI_HOME, settings.PASSWORD_HASHERS
    settings.LUOSHI_HOME, settings.PASSWORD_HASHERS = home, ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        yield filling.fill(home)
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)
    settings.LUOSHI_HOME, settings.PASSWORD_HASHERS = before, hashers


@pytest.fixture(autouse=True)
def _there(sign_ins: tuple[SignIn, ...]) -> None:
    """Every test here looks at the filled site."""
    del sign_ins


def test_the_record_is_whole() -> None:
    verdict = verify()
    assert verdict.problems == ()
    assert verdict.entries > 2000


def test_every_matter_stands_as_the_story_leaves_it() -> None:
    plan, _ = filling._read("songgang-2023")
    told = {one.id: one for one in docket(plan).items}
    rows = Matter.objects.filter(report__year=2023).select_related("body")
    assert len(rows) == len(told)
    for row in rows:
        body, wanted = body_of(row), told[row.item]
        assert (row.state, body.verified, body.due, body.lead) == (
            wanted.state, wanted.verified, wanted.due, wanted.lead,
        ), row.title  # fmt: skip
        assert len(body.evidence) == len(wanted.evidence)


def test_a_move_is_in_the_record_on_its_day_and_says_when_it_was_really_written() -> None:
    matter = Matter.objects.select_related("body").get(title__startswith="完成松岗通用机场", report__year=2023)
    moves = [(entry, said) for entry, said in history_of(matter) if entry.action == "matter.move" and "day" in said]
    assert len(moves) > 10
    for entry, said in moves:
        assert timezone.localtime(entry.at).date().isoformat() == said["day"]
        assert said["written"] > "2024"
    assert [entry.at for entry, _ in moves] == sorted((entry.at for entry, _ in moves), reverse=True)


def test_a_past_day_can_be_seen() -> None:
    matter = Matter.objects.select_related("body").get(title__startswith="完成松岗通用机场", report__year=2023)
    assert body_of(matter).state == "closed"
    assert as_of(matter, date(2023, 6, 18)).due == date(2023, 6, 30)
    assert as_of(matter, date(2023, 6, 22)).due == date(2023, 8, 31)


def test_whoever_acts_in_the_story_is_somebody_of_the_site() -> None:
    nobody = LedgerEntry.objects.filter(action="matter.move", person=None).exclude(role="system")
    assert list(nobody.values_list("actor", flat=True)) == []
    system = {given(entry)["move"] for entry in LedgerEntry.objects.filter(action="matter.move", role="system")}
    assert system <= {"close_period", "remind", "breach"}


def test_both_reports_are_there_and_public() -> None:
    assert set(Report.objects.values_list("year", "label")) == {(2021, "public"), (2023, "public")}


def test_every_role_has_somebody() -> None:
    assert set(RoleGrant.objects.values_list("role", flat=True)) == set(roles())


@pytest.mark.parametrize("role", sorted(roles()))
def test_somebody_of_every_role_is_shown_how_to_sign_in(sign_ins: tuple[SignIn, ...], role: str) -> None:
    names = {part.username for part in parts() if role in part.roles}
    assert names & {one.username for one in sign_ins}


def test_the_passwords_are_good_and_each_is_another(sign_ins: tuple[SignIn, ...]) -> None:
    assert len({one.password for one in sign_ins}) == len(sign_ins)
    for one in sign_ins:
        person = Person.objects.get(username=one.username)
        assert person.check_password(one.password)
        assert person.password_set is not None
        assert not person.check_password(one.username)


def test_whoever_is_not_shown_cannot_sign_in(sign_ins: tuple[SignIn, ...]) -> None:
    others = Person.objects.exclude(username__in=[one.username for one in sign_ins])
    assert others.count() > 40
    assert not any(person.has_usable_password() for person in others)


def test_the_sign_ins_are_kept_for_the_next_time_and_for_nobody_else(home: Path, sign_ins: tuple[SignIn, ...]) -> None:
    assert filling.sign_ins_of(home) == sign_ins
    assert (home / "sign-ins.json").stat().st_mode & 0o077 == 0
    assert filling.sign_ins_of(home / "nowhere") == ()


def test_readings_keep_their_labels() -> None:
    assert set(Reading.objects.values_list("label", flat=True)) >= {"public", "internal"}
    assert Reading.objects.filter(ends__gt=TODAY).count() == 0


def test_evidence_can_be_opened_and_belongs_to_a_report_of_the_matter(home: Path) -> None:
    files = EvidenceFile.objects.select_related("matter__body")
    assert len(files) == len(district()["files"])
    for file in files:
        assert (home / "evidence" / file.key).read_bytes().startswith(b"%PDF-")
        assert file.evidence in {one.id for one in body_of(file.matter).evidence}
    assert set(files.values_list("label", flat=True)) == {"public", "internal"}


def test_people_talk_about_matters_on_days_of_the_story() -> None:
    said = Comment.objects.values_list("at", flat=True)
    assert len(said) == len(district()["comments"])
    assert all(at.year == 2023 for at in said)


def test_notices_of_the_past_are_settled_and_nobody_is_written_to_about_them() -> None:
    assert Message.objects.filter(day__lt=TODAY).exclude(state="sent").count() == 0
    assert Message.objects.exists()


def test_late_and_difficult_matters_are_there() -> None:
    lights = set(Matter.objects.filter(report__year=2023).values_list("light", flat=True))
    assert {"green", "yellow", "red"} <= lights
    states = set(Matter.objects.filter(report__year=2023).values_list("state", flat=True))
    assert {"running", "verifying", "closed", "failed", "disputed", "suspended"} <= states


def test_deputies_see_what_was_promised_in_public_and_nothing_else() -> None:
    deputy = access.access_of(Person.objects.get(username="tianxiuying"))
    seen = access.matters(deputy)
    assert seen.count() > 80
    assert set(seen.values_list("label", flat=True)) == {"public"}
    assert not seen.filter(title__startswith="最后1个问题楼盘").exists()


def test_a_unit_sees_its_own() -> None:
    liaison = access.access_of(Person.objects.get(username="shilei"))
    assert liaison.home == Unit.objects.get(name="区交通运输局")
    seen = access.matters(liaison)
    assert 5 < seen.count() < 40
    assert all(row.parts.filter(unit=liaison.home).exists() for row in seen)


def test_a_filled_site_is_known_as_filled() -> None:
    assert filling.filled()


def test_a_ballot_is_open_and_some_deputies_have_still_to_vote() -> None:
    ballot = Ballot.objects.get()
    assert (ballot.state, ballot.opens <= TODAY <= ballot.closes) == ("open", True)
    deputies = RoleGrant.objects.filter(role="deputy").count()
    assert 0 < turnout(ballot) < deputies
    assert not votes_of(ballot, Person.objects.get(username="tianxiuying"))
    assert {row.matter.label for row in matters_on(ballot)} == {"public"}
