"""The clock: what a pass does, that it repeats nothing, and that a message says no more than it may."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from luoshi.notify import Places
from luoshi.store.acting import SYSTEM
from luoshi.store.models import LedgerEntry, Matter, Message
from luoshi.store.moving import label_matter
from luoshi.store.outbox import add_address, outbox, remove_address, take_due, try_again
from luoshi.store.people import close_person
from luoshi.store.rules import rules_in_force
from luoshi.store.verifying import verify
from luoshi.watch import digests, tick

if TYPE_CHECKING:
    from casting import Cast

DUE = date(2023, 6, 30)  # a Friday; the matter of the cast is due then
DUE_NOW = datetime(2023, 6, 30, 0, 30, tzinfo=UTC)


@pytest.fixture
def peer() -> Iterator[tuple[str, list[dict[str, Any]], list[int]]]:
    """A peer that takes messages: its address, what it was sent, and the answers it gives next."""
    came: list[dict[str, Any]] = []
    answers: list[int] = []

    class Peer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(answers.pop(0) if answers else 200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Peer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"json://127.0.0.1:{server.server_port}/hook", came, answers
    server.shutdown()
    server.server_close()


def here(url: str) -> Places:
    return Places(frozenset({("127.0.0.1", urlsplit(url).port)}))


@pytest.fixture
def running(cast: Cast) -> Cast:
    """The matter is on its way: signed, planned and started in spring."""
    cast.assigned()
    cast.move("liaison", "sign", date(2023, 3, 2))
    nodes = [{"name": "开工", "day": date(2023, 4, 28), "percent": 30}, {"name": "完工", "day": DUE, "percent": 100}]
    cast.move("liaison", "file_plan", date(2023, 3, 3), measures="倒排工期", nodes=nodes, person="小路")
    cast.move("supervisor", "start", date(2023, 3, 6))
    return cast


def write_to(cast: Cast, part: str, url: str) -> Any:
    person = cast.people[part]
    return add_address(person, "webhook", url, "json://…", cast.by(part))


def test_lights_are_lit_for_the_day_and_once(running: Cast) -> None:
    tick(DUE_NOW, date(2023, 6, 5), Places())
    Matter.objects.filter(pk=running.matter).update(light="green")
    assert tick(DUE_NOW, date(2023, 6, 6), Places()).turned == 1
    matter = Matter.objects.get(pk=running.matter)
    assert (matter.light, matter.light_day) == ("red", date(2023, 6, 6))
    assert tick(DUE_NOW, date(2023, 6, 6), Places()).turned == 0


@pytest.mark.usefixtures("running")
def test_a_pass_made_twice_leaves_the_record_as_after_the_first() -> None:
    tick(DUE_NOW, DUE, Places())
    count, messages = LedgerEntry.objects.count(), Message.objects.count()
    again = tick(DUE_NOW, DUE, Places())
    assert (again.closed, again.reminded, again.sent) == (0, 0, 0)
    assert (LedgerEntry.objects.count(), Message.objects.count()) == (count, messages)
    assert verify().problems == ()


def test_the_light_of_a_month_is_kept_once_and_sealed(running: Cast) -> None:
    assert tick(DUE_NOW, date(2023, 4, 1), Places()).closed == 1
    assert [one.day for one in running.body().lights] == [date(2023, 3, 31)]
    assert tick(DUE_NOW, date(2023, 4, 28), Places()).closed == 0
    assert tick(DUE_NOW, date(2023, 5, 4), Places()).closed == 1
    assert verify().problems == ()


def test_a_matter_that_came_under_way_after_the_month_has_no_light_in_it(running: Cast) -> None:
    assert tick(DUE_NOW, date(2023, 3, 8), Places()).closed == 0
    assert running.body().lights == ()


@pytest.mark.usefixtures("running")
def test_no_reminder_on_a_day_that_is_not_worked() -> None:
    saturday = date(2023, 7, 1)
    assert digests(saturday, rules_in_force()) == ()
    assert tick(DUE_NOW, saturday, Places()).reminded == 0


def test_the_people_of_the_lead_unit_are_told_on_the_day_and_outsiders_are_not(running: Cast) -> None:
    told = {one.person: one for one in digests(DUE, rules_in_force())}
    assert running.people["liaison"].pk in told
    assert "通用机场" in told[running.people["liaison"].pk].text
    assert running.people["outsider"].pk not in told


def test_a_secret_matter_is_counted_and_never_named(running: Cast) -> None:
    revision = Matter.objects.get(pk=running.matter).revision
    label_matter(running.matter, "secret", running.by("director"), expected=revision, reason="涉密")
    told = {one.person: one for one in digests(DUE, rules_in_force())}
    text = told[running.people["liaison"].pk].text
    assert "通用机场" not in text + told[running.people["liaison"].pk].title
    assert "另有 2 件" in text


@pytest.mark.usefixtures("running")
def test_nothing_is_sent_to_whoever_gave_no_address() -> None:
    done = tick(DUE_NOW, DUE, Places())
    assert done.reminded > 0
    assert (done.sent, done.waiting, done.failed) == (0, 0, 0)
    assert set(outbox().values_list("state", flat=True)) == {"skipped"}


def test_a_digest_is_sent_once_to_the_address_that_was_given(running: Cast, peer: Any) -> None:
    url, came, _ = peer
    write_to(running, "liaison", url)
    assert tick(DUE_NOW, DUE, here(url)).sent == 1
    assert tick(DUE_NOW + timedelta(hours=9), DUE, here(url)).sent == 0
    assert len(came) == 1
    assert "通用机场" in came[0]["message"]


def test_a_peer_that_fails_is_tried_again_later_and_then_given_up(running: Cast, peer: Any) -> None:
    url, _, answers = peer
    answers += [503] * 20
    write_to(running, "liaison", url)
    now, states = DUE_NOW, []
    for _ in range(7):
        done = tick(now, DUE, here(url))
        states.append((done.waiting, done.failed))
        assert tick(now, DUE, here(url)).waiting == 0, "not before its time"
        now += timedelta(hours=9)
    assert states == [(1, 0)] * 4 + [(0, 1)] + [(0, 0)] * 2
    assert LedgerEntry.objects.filter(action="message.failed").count() == 1
    failed = outbox("failed").get()
    answers.clear()
    assert try_again(failed.pk, running.by("system_admin"), now)
    assert tick(now, DUE, here(url)).sent == 1
    assert not try_again(failed.pk, running.by("system_admin"), now)


def test_a_private_place_is_connected_to_only_where_the_site_allows_it(running: Cast, peer: Any) -> None:
    url, came, _ = peer
    write_to(running, "liaison", url)
    assert tick(DUE_NOW, DUE, Places()).waiting == 1
    assert came == []
    assert "内部地址" in outbox("waiting").get().fault


def test_what_waits_is_taken_by_one_run_only(running: Cast) -> None:
    write_to(running, "liaison", "json://192.0.2.1/hook")
    tick(DUE_NOW, DUE, Places())
    later = DUE_NOW + timedelta(days=1)
    assert len(take_due(later)) == 1
    assert take_due(later) == []


def test_an_address_taken_away_and_a_person_who_left_get_nothing(running: Cast, peer: Any) -> None:
    url, came, answers = peer
    answers += [503, 503]
    gone = write_to(running, "liaison", url)
    write_to(running, "head", url)
    tick(DUE_NOW, DUE, here(url))
    remove_address(gone, running.by("liaison"))
    close_person(running.people["head"], SYSTEM, "调离")
    count = len(came)
    assert tick(DUE_NOW + timedelta(hours=9), DUE, here(url)).sent == 0
    assert len(came) == count


def test_a_person_has_no_more_than_three_addresses(cast: Cast) -> None:
    made = [write_to(cast, "liaison", "json://192.0.2.1/hook") for _ in range(4)]
    assert [one is not None for one in made] == [True, True, True, False]


def test_the_record_never_holds_the_secret_of_an_address(cast: Cast) -> None:
    person = cast.people["liaison"]
    add_address(
        person, "webhook", "json://name:word-of-honour@192.0.2.1/x", "json://***@192.0.2.1/x", cast.by("liaison")
    )
    assert not LedgerEntry.objects.filter(body__contains="word-of-honour").exists()
