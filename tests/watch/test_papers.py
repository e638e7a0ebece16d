"""Papers to a unit stand in its people's digest, once; a day on which the clock stood still is made up for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from luoshi.notify import Places
from luoshi.store.acting import SYSTEM
from luoshi.store.models import Address, Done, LedgerEntry, Matter, Message
from luoshi.store.moving import label_matter
from luoshi.store.outbox import add_address, last_digests, outbox
from luoshi.store.people import grant_role, take_role
from luoshi.watch import tick

if TYPE_CHECKING:
    from casting import Cast

DUE = date(2023, 6, 30)  # a Friday; the matter of the cast is due then


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 0, 30, tzinfo=UTC)


def pass_on(day: date) -> int:
    return tick(at(day), day, Places()).reminded


def told(cast: Cast, part: str, day: date) -> str:
    """What the digest of ``day`` told the person; nothing where there was none."""
    found = outbox().filter(person=cast.people[part], day=day).first()
    return found.text if found else ""


@pytest.fixture
def running(cast: Cast) -> Cast:
    """The matter is on its way; every paper so far was told of on 7 March."""
    cast.assigned()
    cast.move("liaison", "sign", date(2023, 3, 2))
    nodes = [{"name": "完工", "day": DUE, "percent": 100}]
    cast.move("liaison", "file_plan", date(2023, 3, 3), measures="倒排工期", nodes=nodes, person="小路")
    cast.move("supervisor", "start", date(2023, 3, 6))
    pass_on(date(2023, 3, 7))
    return cast


def remind(cast: Cast, day: date) -> None:
    moved = cast.move("supervisor", "remind", day)
    assert moved.problems == ()


def test_a_paper_to_a_unit_is_in_the_digest_of_its_people_and_of_no_others(running: Cast) -> None:
    remind(running, date(2023, 4, 10))
    pass_on(date(2023, 4, 11))
    for part in ("liaison", "head"):
        assert "送到您单位的文书" in told(running, part, date(2023, 4, 11)), part
        assert "通用机场" in told(running, part, date(2023, 4, 11)), part
    assert told(running, "outsider", date(2023, 4, 11)) == ""


def test_a_paper_is_told_of_once(running: Cast) -> None:
    remind(running, date(2023, 4, 10))
    pass_on(date(2023, 4, 10))
    assert "文书" in told(running, "liaison", date(2023, 4, 10))
    pass_on(date(2023, 4, 11))
    assert "文书" not in told(running, "liaison", date(2023, 4, 11))


def test_a_paper_of_the_afternoon_is_told_of_on_the_next_working_day(running: Cast) -> None:
    friday, saturday, monday = date(2023, 4, 14), date(2023, 4, 15), date(2023, 4, 17)
    pass_on(friday)
    remind(running, friday)
    for day in (friday, saturday):
        pass_on(day)
    assert "文书" not in told(running, "liaison", friday)
    pass_on(monday)
    assert "文书" in told(running, "liaison", monday)


def test_a_paper_about_a_working_secret_is_counted_and_never_named(running: Cast) -> None:
    remind(running, date(2023, 4, 10))
    revision = Matter.objects.get(pk=running.matter).revision
    label_matter(running.matter, "secret", running.by("director"), expected=revision, reason="涉及底价")
    pass_on(date(2023, 4, 11))
    text = told(running, "liaison", date(2023, 4, 11))
    assert "另有 3 件" in text
    assert "通用机场" not in text
    assert not outbox().filter(title__contains="通用机场").exists()


def test_whoever_s_role_is_over_is_told_nothing(running: Cast) -> None:
    remind(running, date(2023, 4, 10))
    person, unit = running.people["liaison"], running.units["区交通运输局"]
    grant_role(person, "liaison", SYSTEM, unit=unit, until=date(2023, 4, 10))
    pass_on(date(2023, 4, 11))
    assert told(running, "liaison", date(2023, 4, 11)) == ""
    assert "文书" in told(running, "head", date(2023, 4, 11))


def test_papers_of_long_ago_are_no_news(running: Cast) -> None:
    remind(running, date(2023, 3, 20))
    pass_on(date(2023, 5, 4))
    assert "文书" not in told(running, "liaison", date(2023, 5, 4))


# ── a day on which the clock stood still ─────────────────────────────────────────────────────────────────────────────


def test_what_was_to_be_said_on_a_missed_day_is_said_on_the_next(running: Cast) -> None:
    pass_on(DUE - timedelta(days=1))
    pass_on(DUE + timedelta(days=3))
    missed = told(running, "liaison", DUE + timedelta(days=3))
    assert missed.count(str(DUE)) >= 1
    assert "完工" in missed


def test_without_a_missed_day_nothing_is_said_twice(running: Cast) -> None:
    for day in (DUE - timedelta(days=1), DUE):
        pass_on(day)
    before = told(running, "liaison", DUE)
    assert "完工" in before
    count = Message.objects.count()
    pass_on(DUE)
    assert Message.objects.count() == count
    assert last_digests(DUE + timedelta(days=3)) == DUE


@pytest.mark.usefixtures("running")
def test_making_up_twice_tells_once() -> None:
    pass_on(DUE - timedelta(days=1))
    late = DUE + timedelta(days=3)
    pass_on(late)
    count, entries = Message.objects.count(), LedgerEntry.objects.count()
    assert pass_on(late) == 0
    assert (Message.objects.count(), LedgerEntry.objects.count()) == (count, entries)


def test_one_digest_a_person_though_several_days_are_made_up_for(running: Cast) -> None:
    pass_on(date(2023, 6, 20))
    pass_on(date(2023, 7, 3))
    found = outbox().filter(day=date(2023, 7, 3)).values_list("person_id", flat=True)
    assert len(found) == len(set(found))
    text = told(running, "liaison", date(2023, 7, 3))
    owed = [line.rpartition("，")[0] for line in text.splitlines() if line.startswith("   ")]
    assert len(owed) == len(set(owed)) > 1


def test_whoever_left_meanwhile_is_told_nothing_of_the_days_before(running: Cast) -> None:
    pass_on(DUE - timedelta(days=1))
    take_role(running.people["liaison"], "liaison", SYSTEM, unit=running.units["区交通运输局"])
    pass_on(DUE + timedelta(days=3))
    assert told(running, "liaison", DUE + timedelta(days=3)) == ""


def test_a_new_site_makes_up_for_nothing(cast: Cast) -> None:
    assert last_digests(DUE) is None
    pass_on(DUE)
    assert not Done.objects.filter(key=f"digest:{DUE - timedelta(days=1)}").exists()
    assert cast.people


# ── an address that cannot be opened ─────────────────────────────────────────────────────────────────────────────────


def test_an_address_locked_with_another_secret_is_said_and_holds_up_nobody(running: Cast) -> None:
    add_address(running.people["liaison"], "webhook", "json://192.0.2.1/x", "json://192.0.2.1", running.by("liaison"))
    Address.objects.update(sealed="gAAAAA-not-ours")
    done = tick(at(DUE), DUE, Places())
    assert done.waiting == 1
    assert "现在打不开" in outbox("waiting").get().fault
