"""The light of every matter day by day: kept with moves and by the clock, asked for on any day, made again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from behind import run
from casting import TODAY

from luoshi.store.lighting import on_day, replay, tallies_on, turned, turns_between
from luoshi.store.models import LightSpell, Matter, Report
from luoshi.store.summing import tallies
from luoshi.store.watching import refresh_lights

if TYPE_CHECKING:
    from casting import Cast

DAY = date(2023, 3, 20)


@pytest.fixture
def running(cast: Cast) -> Cast:
    """The cast with its matter running and behind on 20 May."""
    cast.assigned()
    return run(cast)


def spells(pk: int) -> list[tuple[date, date | None, str]]:
    rows = LightSpell.objects.filter(matter_id=pk).order_by("since")
    return [(one.since, one.until, one.light) for one in rows]


def shown() -> dict[int, tuple[str, bool]]:
    return {one.pk: (one.light, one.hollow) for one in Matter.objects.all()}


def kept(day: date) -> dict[int, tuple[str, bool]]:
    return {one.matter_id: (one.light, one.hollow) for one in on_day(day)}


def test_a_report_that_is_brought_in_begins_the_days_of_its_matters(cast: Cast) -> None:
    assert kept(TODAY) == shown()
    assert kept(TODAY - timedelta(days=1)) == {}
    assert cast.report is not None


def test_turning_ends_one_stretch_and_begins_the_next(cast: Cast) -> None:
    (first,) = spells(cast.matter)
    other = "yellow" if first[2] != "yellow" else "green"
    turned({cast.matter: (other, False)}, DAY)
    assert spells(cast.matter) == [(TODAY, DAY, first[2]), (DAY, None, other)]
    assert kept(DAY - timedelta(days=1))[cast.matter][0] == first[2]
    assert kept(DAY)[cast.matter][0] == other


def test_the_same_light_twice_is_one_and_back_within_the_day_is_as_if_nothing_was(cast: Cast) -> None:
    before = spells(cast.matter)
    (light,) = {(one.light, one.hollow) for one in LightSpell.objects.filter(matter_id=cast.matter)}
    turned({cast.matter: light}, DAY)
    assert spells(cast.matter) == before
    turned({cast.matter: ("blue", False)}, DAY)
    turned({cast.matter: ("stale", False)}, DAY)
    assert spells(cast.matter)[-1] == (DAY, None, "stale"), "the day keeps its last"
    turned({cast.matter: light}, DAY)
    assert spells(cast.matter) == before


def test_a_move_that_turns_the_light_keeps_it_with_the_move(running: Cast) -> None:
    day = date(2023, 5, 20)
    before = spells(running.matter)
    said = {"progress": "面层完成", "difficulties": "无", "next_step": "验收", "cause": "weather"}
    assert running.move("liaison", "report", day, percent=95, **said).problems == ()
    proof = [{"id": "s1", "kind": "site_check", "day": "2023-05-20", "place": "跑道北端"}]
    assert running.move("supervisor", "accept", day, verified=95, evidence=proof).problems == ()
    assert kept(day) == shown()
    assert spells(running.matter)[-1][2] != before[-1][2]


def test_the_clock_keeps_the_lights_of_its_day_once(running: Cast) -> None:
    later = date(2023, 9, 1)
    refresh_lights(later)
    first = list(LightSpell.objects.order_by("pk").values_list())
    refresh_lights(later)
    assert list(LightSpell.objects.order_by("pk").values_list()) == first
    assert kept(later) == shown()
    assert running.matter in kept(later)


def test_the_tally_of_today_is_that_of_the_list_and_that_of_a_past_day_is_not_changed_by_it(running: Cast) -> None:
    every = Matter.objects.all()
    today = tallies_on(date(2023, 5, 20), every, "theme")
    assert {key: one.lights for key, one in today.items()} == {
        key: one.lights for key, one in tallies(every, "theme").items()
    }
    past = tallies_on(TODAY, every, "lead_id")
    turned({running.matter: ("blue", False)}, date(2023, 6, 1))
    assert {key: one.lights for key, one in tallies_on(TODAY, every, "lead_id").items()} == {
        key: one.lights for key, one in past.items()
    }
    mine = every.filter(pk=running.matter)
    assert sum(one.total for one in tallies_on(TODAY, mine, "theme").values()) == 1, "only whose matters are asked for"


def test_what_turned_between_two_days_is_told_from_which_to_which(cast: Cast) -> None:
    before = kept(TODAY)[cast.matter]
    turned({cast.matter: ("yellow", True)}, DAY)
    turned({cast.elsewhere: ("blue", False)}, DAY)
    turned({cast.elsewhere: kept(TODAY)[cast.elsewhere]}, DAY + timedelta(days=1))
    found = turns_between(TODAY, DAY + timedelta(days=2))
    assert found == {cast.matter: (before, ("yellow", True), DAY)}, "what went and came back turned nowhere"


def test_the_days_are_made_again_from_the_record(running: Cast) -> None:
    every = Matter.objects.select_related("body", "report")
    until = date(2023, 5, 20)
    Report.objects.update(created=datetime(2023, 3, 1, 8, tzinfo=UTC))
    LightSpell.objects.all().delete()
    assert replay(every, until) == LightSpell.objects.count()
    assert kept(until) == shown()
    assert kept(TODAY).keys() == shown().keys()
    again = list(LightSpell.objects.order_by("matter", "since").values_list("matter", "since", "until", "light"))
    replay(every, until)
    assert (
        list(LightSpell.objects.order_by("matter", "since").values_list("matter", "since", "until", "light")) == again
    )
    for one in LightSpell.objects.exclude(until=None):
        assert LightSpell.objects.filter(matter_id=one.matter_id, since=one.until).count() == 1, (
            "no day without a light"
        )
    assert spells(running.matter)[-1][2] == Matter.objects.get(pk=running.matter).light


@pytest.mark.parametrize("day", [date(2023, 2, 28), date(1990, 1, 1)])
def test_before_there_was_anything_nothing_had_a_light(cast: Cast, day: date) -> None:
    assert cast.report is not None
    assert tallies_on(day, Matter.objects.all(), "theme") == {}
