"""Faults of trust.md B7: killed while writing (1), killed during import (2), disk full (4), database locked (5)."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from casting import TODAY, Cast, people_and_units, sample_plan
from django.db import OperationalError, connection, connections

from luoshi.store.acting import SYSTEM
from luoshi.store.models import LedgerEntry, Matter, Message, Report, ReportBody
from luoshi.store.moving import label_matter
from luoshi.store.reports import bring_in
from luoshi.store.verifying import verify
from luoshi.store.writing import Unavailable, why

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = int(os.environ.get("LUOSHI_ROUNDS", "2"))  # 200 and more at night
CHILD = Path(__file__).with_name("child.py")
lasting = pytest.mark.django_db(transaction=True)


def address() -> str:
    """The test database, for another process."""
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{said['NAME']}"
    return f"postgres://{said['USER']}:{said['PASSWORD']}@{said['HOST']}:{said['PORT']}/{said['NAME']}"


def child(*task: str) -> subprocess.Popen[str]:
    environment = os.environ | {"LUOSHI_DATABASE": address(), "DJANGO_SETTINGS_MODULE": "luoshi.web.settings"}
    return subprocess.Popen([sys.executable, CHILD, *task], stdout=subprocess.PIPE, text=True, env=environment)


def test_killed_while_writing_nothing_acknowledged_is_lost_and_nothing_is_half_done(lasting_cast: Cast) -> None:
    chance, acknowledged = random.Random(7), 0
    for _ in range(ROUNDS):
        with child("label", str(lasting_cast.matter)) as running:
            assert running.stdout is not None
            acknowledged = int(running.stdout.readline())
            time.sleep(chance.uniform(0, 0.3))
            running.kill()
            acknowledged = max([acknowledged, *map(int, running.stdout.read().split())])
        row = Matter.objects.select_related("body").get(pk=lasting_cast.matter)
        assert row.revision >= acknowledged
        assert f'"revision":{row.revision},' in row.body.text
        assert verify().problems == ()
    assert acknowledged >= ROUNDS


def test_the_record_is_verified_while_others_write_without_false_alarm(lasting_cast: Cast) -> None:
    with child("label", str(lasting_cast.matter)) as running:
        assert running.stdout is not None
        running.stdout.readline()
        found = [verify() for _ in range(10)]
        running.kill()
    assert [one.problems for one in found] == [()] * 10
    assert found[-1].entries > found[0].entries


@lasting
@pytest.mark.parametrize("stage", ["received", "checked", "half", "indexed", "sealed", "committed"])
def test_killed_during_an_import_there_is_all_of_it_or_nothing(stage: str) -> None:
    people_and_units(Cast())
    with child("import", stage) as running:
        assert running.wait(60) == -9
    there = 1 if stage == "committed" else 0
    assert (Report.objects.count(), ReportBody.objects.count(), Matter.objects.count()) == (there, there, there * 6)
    assert verify().problems == ()
    plan, text = sample_plan()
    again = bring_in(plan, text, TODAY, SYSTEM)
    assert (again.report is None) == bool(there)
    assert Matter.objects.count() == 6


@pytest.fixture
def full() -> Iterator[None]:
    """A database that may not grow by a page."""
    if connection.vendor != "sqlite":
        pytest.skip("a full disk is made with SQLite's max_page_count")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        yield
        cursor.execute("PRAGMA max_page_count = 1073741823")


def fill(cast: Cast) -> tuple[Unavailable, int]:
    """Move until the disk is full; what was said, and how many moves were acknowledged."""
    done = 0
    while done < 2000:
        try:
            label_matter(cast.matter, ("public", "internal")[done % 2], SYSTEM, expected=done, reason="长" * 2000)
        except Unavailable as refused:
            return refused, done
        done += 1
    raise AssertionError("the disk never filled")


@pytest.mark.usefixtures("lasting_cast")
def test_a_full_disk_is_said_loses_nothing_answers_reads_and_recovers(
    lasting_cast: Cast, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("full")
    refused, done = fill(lasting_cast)
    assert [one.code for one in refused.problems] == ["T011"]
    assert Matter.objects.get(pk=lasting_cast.matter).revision == done
    assert verify().problems == ()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")
    assert label_matter(lasting_cast.matter, "public", SYSTEM, expected=done, reason="又能写了").entry is not None


def wait_at_most(milliseconds: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
        else:
            cursor.execute(f"SET lock_timeout = '{milliseconds}ms'")


def test_a_locked_database_is_waited_for_so_long_then_said_and_a_retry_acts_once(lasting_cast: Cast) -> None:
    other = connections.create_connection("default")
    other.ensure_connection()
    wait_at_most(200)
    with other.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE" if other.vendor == "sqlite" else "BEGIN")
        if other.vendor != "sqlite":
            cursor.execute("LOCK TABLE store_matter IN ACCESS EXCLUSIVE MODE")
        start = time.monotonic()
        with pytest.raises(Unavailable) as refused:
            lasting_cast_move(lasting_cast)
        assert time.monotonic() - start < 10
        cursor.execute("ROLLBACK")
    other.close()
    assert [one.code for one in refused.value.problems] == ["T010"]
    assert lasting_cast_move(lasting_cast) == 1
    assert lasting_cast_move(lasting_cast) == 1
    wait_at_most(20000)
    assert Message.objects.count() == 0


def lasting_cast_move(cast: Cast) -> int:
    """Propose with one and the same key, as a browser does that sends again; the revision after it."""
    from luoshi import supervise
    from luoshi.store.moving import move_matter

    event = supervise.Event(move="propose", by=cast.by("supervisor").actor(), expected=0)
    return move_matter(cast.matter, event, TODAY, cast.by("supervisor"), key="once").matter.revision


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("database is locked", "T010"),
        ("canceling statement due to lock timeout", "T010"),
        ("database or disk is full", "T011"),
        ("attempt to write a readonly database", "T011"),
        ('could not extend file "base/1": No space left on device', "T011"),
        ("connection to server failed: Connection refused", "T012"),
        ("", "T012"),
    ],
)
def test_what_databases_say_is_told_in_peoples_words(said: str, code: str) -> None:
    assert why(OperationalError(said)).code == code


def test_the_database_is_set_to_survive_a_power_cut(db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL is durable as delivered")
    with connection.cursor() as cursor:
        for name, wanted in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            cursor.execute(f"PRAGMA {name}")
            assert cursor.fetchone()[0] == wanted
    assert (db, LedgerEntry.objects.count()) == (None, 0)
