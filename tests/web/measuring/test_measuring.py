"""Measuring: the world that is made up, the requests, what is made of the times."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from luoshi.store.models import Matter, Person, Reading, RoleGrant, Unit
from luoshi.store.verifying import verify
from luoshi.web.measuring import world
from luoshi.web.measuring.driving import Ask, Told, drive, percentile
from luoshi.web.measuring.outcome import Outcome
from luoshi.web.measuring.people import PAGES, askers, asks, built, queries

if TYPE_CHECKING:
    from casting import Cast


class Site(BaseHTTPRequestHandler):
    """Answers by its address, and remembers what it was asked."""

    asked: list[tuple[str, str, str]] = []  # noqa: RUF012 -- of the class on purpose
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer("")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def _answer(self, body: str) -> None:
        Site.asked.append((self.command, self.path, body))
        status = 302 if self.path == "/away" else int(self.path.strip("/"))
        self.send_response(status)
        if self.path == "/away":
            self.send_header("Location", "/account/login/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Site.asked.clear()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def test_requests_are_made_at_the_rate_and_every_one_is_timed(port: int) -> None:
    told = drive(port, lambda _: Ask("page", "/200", ""), rate=40, seconds=1)
    assert len(told.times["page"]) == 40
    assert told.faults == []
    assert Site.asked == [("GET", "/200", "")] * 40


@pytest.mark.parametrize(("address", "fault"), [("/500", "500"), ("/404", "404"), ("/away", "302")])
def test_an_error_and_a_turn_to_signing_in_are_faults(port: int, address: str, fault: str) -> None:
    told = drive(port, lambda _: Ask("page", address, ""), rate=10, seconds=0.2)
    assert told.faults == [("page", fault)] * 2


def test_a_server_that_is_gone_is_a_fault_and_no_crash() -> None:
    told = drive(1, lambda _: Ask("page", "/200", ""), rate=10, seconds=0.1)
    assert told.faults == [("page", "ConnectionRefusedError")]


def test_what_is_written_is_posted(port: int) -> None:
    drive(port, lambda _: Ask("write", "/302", "", (("text", "好"),)), rate=10, seconds=0.1)
    assert Site.asked == [("POST", "/302", "text=%E5%A5%BD")]


@pytest.mark.parametrize(("data", "status"), [((("text", "好"),), 200), ((), 302)])
def test_a_form_that_comes_back_and_a_page_that_leads_elsewhere_are_faults(
    port: int, data: tuple[tuple[str, str], ...], status: int
) -> None:
    told = drive(port, lambda _: Ask("page", f"/{status}", "", data), rate=10, seconds=0.1)
    assert told.faults == [("page", str(status))]


@pytest.mark.parametrize(
    ("share", "wanted"), [(0.5, 50), (0.95, 95), (0.99, 99), (1, 100), (0, 1)]
)  # fmt: skip
def test_percentiles_are_by_nearest_rank(share: float, wanted: int) -> None:
    times = list(range(1, 101))
    random.Random(3).shuffle(times)
    assert percentile(times, share) == wanted


def told(seconds: float, fault: str = "") -> Told:
    made = Told()
    for _ in range(20):
        made.add("register", seconds, "")
    made.add("register", seconds, fault)
    return made


@pytest.mark.parametrize(
    ("run", "counted", "good"),
    [
        (told(0.1), 12, True),
        (told(0.4), 12, False),
        (told(0.1, "500"), 12, False),
        (told(0.1), 31, False),
    ],
)
def test_a_run_is_good_where_it_keeps_to_every_limit(run: Told, counted: int, good: bool) -> None:
    outcome = Outcome("sqlite", run, {"register": counted}, (100.0, 140.0, 120.0), ("overview",))
    said = outcome.written()
    assert (outcome.good, said["good"]) == (good, good)
    assert said["pages"]["register"]["queries"] == counted
    assert said["pages"]["register"]["requests"] == 21
    assert said["memory_mb"] == {"start": 100.0, "end": 120.0, "most": 140.0}
    assert said["not_built"] == ["overview"]
    assert outcome.table().row_count == 1


@pytest.fixture
def large(db: None) -> None:
    """A large district, small."""
    del db
    world.make(world.Size(units=6, people=60, items=150), lambda _: None)


@pytest.mark.usefixtures("large")
def test_the_district_is_as_large_as_was_asked_and_its_record_is_whole() -> None:
    assert (Unit.objects.count(), Person.objects.count(), Matter.objects.count()) == (6, 60, 150)
    assert Reading.objects.values("indicator").distinct().count() == 100
    assert set(Reading.objects.values_list("ends__year", flat=True)) == set(range(2019, 2024))
    assert {"supervisor", "liaison", "head", "leader"} <= set(RoleGrant.objects.values_list("role", flat=True))
    assert len(set(Matter.objects.values_list("state", flat=True))) > 5
    assert not Matter.objects.exclude(lead_name="").filter(lead=None).exists()
    assert verify().problems == ()
    assert world.is_there()
    assert not world.is_other()


def test_a_real_site_is_not_touched(cast: Cast) -> None:
    del cast
    assert world.is_other()
    assert not world.is_there()


@pytest.mark.usefixtures("large")
def test_people_ask_for_pages_that_they_may_see_and_one_of_ten_writes() -> None:
    everybody = askers()
    next_one, dice = asks(everybody), random.Random(1)
    asked = [next_one(dice) for _ in range(400)]
    assert {one.page for one in asked} == {*built(), "comment", "report"}
    reported = [one.address for one in asked if one.page == "report"]
    assert len(set(reported)) == len(reported), "each item is reported on once"
    assert 20 < sum(bool(one.data) for one in asked) < 65
    assert not any(one.data for one in (asks(everybody, written=False)(dice) for _ in range(50)))


@pytest.mark.usefixtures("large")
def test_the_reports_that_are_made_up_are_taken() -> None:
    everybody = askers()
    clients = {one.cookie: one.client for one in everybody}
    next_one, dice = asks(everybody), random.Random(1)
    ask = next(one for one in (next_one(dice) for _ in range(400)) if one.page == "report")
    assert clients[ask.cookie].post(ask.address, dict(ask.data)).status_code == 302
    assert Matter.objects.get(pk=int(ask.address.split("/")[2])).state == "reported"


@pytest.mark.usefixtures("large")
def test_every_page_keeps_to_thirty_queries() -> None:
    counted = queries(askers())
    assert set(counted) == set(built())
    assert {page: count for page, count in counted.items() if count > 30} == {}
    assert {page for page, *_ in PAGES} >= set(counted)
