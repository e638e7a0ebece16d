"""The overview: its numbers are those of the lists behind them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.test import Client

from luoshi.examples import sample
from luoshi.measure import readings, units_of
from luoshi.read import read
from luoshi.rehearsal import clusters_table
from luoshi.source import Document
from luoshi.store.lighting import turned
from luoshi.store.models import LedgerEntry, Matter
from luoshi.store.readings import save_readings
from luoshi.store.reports import bring_in
from luoshi.store.summing import tallies

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.web.overview.groups import Group

Enter = Callable[[Any], Client]


def test_every_number_is_the_length_of_the_list_that_it_leads_to(played: Cast, enter: Enter) -> None:
    Matter.objects.filter(pk=played.elsewhere).update(light="red", theme="产业", leader="leader-1")
    client = enter(played.people["leader"])
    context = client.get("/overview/").context
    seen = 0
    for _, _, groups in context["tables"]:
        for number in [number for group in groups for number in group.numbers if number.address and number.count]:
            assert client.get(number.address).context["table"].count == number.count, number
            seen += 1
    assert seen > 3
    for number in context["numbers"]:
        assert client.get(number.address).context["table"].count == number.count
    assert context["whole"].total == 6


@pytest.mark.parametrize("by", ["theme", "leader", "unit"])
def test_every_item_is_in_exactly_one_group(played: Cast, enter: Enter, by: str) -> None:
    tables = {name: groups for name, _, groups in enter(played.people["leader"]).get("/overview/").context["tables"]}
    assert sum(group.tally.total for group in tables[by]) == Matter.objects.count()


def test_the_share_of_green_that_rests_on_the_units_word(cast: Cast) -> None:
    assert cast.report is not None
    pks = list(Matter.objects.values_list("pk", flat=True))
    Matter.objects.filter(pk__in=pks[:2]).update(light="green", hollow=True, theme="甲")
    Matter.objects.filter(pk=pks[2]).update(light="blue", hollow=False, theme="甲")
    Matter.objects.filter(pk=pks[3]).update(light="red", hollow=True, theme="甲")
    Matter.objects.filter(pk=pks[4]).update(light="grey", theme="乙")
    found = tallies(Matter.objects.all(), "theme")
    assert (found["甲"].green, found["甲"].hollow, found["甲"].hollow_share) == (3, 2, 67)
    assert found["乙"].hollow_share is None


def test_what_was_chased_this_week_is_worse_and_what_was_done_long_ago_is_not(
    played: Cast, enter: Enter, settings: Any
) -> None:
    client = enter(played.people["leader"])
    (turn,) = client.get("/overview/").context["worse"]
    assert (turn.row.pk, turn.what, turn.day) == (played.matter, "催办", date(2023, 6, 8))
    settings.ENVIRONMENT = _on(settings, "2023-06-20")
    assert client.get("/overview/").context["worse"] == []
    settings.ENVIRONMENT = _on(settings, "2023-07-02")
    (turn,) = client.get("/overview/").context["worse"]
    assert (turn.row.pk, turn.day) == (played.matter, date(2023, 6, 30)), "past its deadline"


def _on(settings: Any, day: str) -> Any:
    from dataclasses import replace

    return replace(settings.ENVIRONMENT, today=day)


def test_the_next_deadlines_come_in_their_order_and_closed_items_do_not(played: Cast, enter: Enter) -> None:
    Matter.objects.filter(pk=played.elsewhere).update(due=date(2023, 6, 12))
    client = enter(played.people["leader"])
    assert [one.pk for one in client.get("/overview/").context["soon"]] == [played.elsewhere, played.matter]
    Matter.objects.filter(pk=played.elsewhere).update(state="archived")
    assert [one.pk for one in client.get("/overview/").context["soon"]] == [played.matter]


def test_what_a_unit_asks_for_stands_under_its_leader(played: Cast, enter: Enter) -> None:
    client = enter(played.people["leader"])
    (one,) = client.get("/overview/asked/").context["asked"]
    assert one.leader.startswith("分管副区长")
    assert [(row.pk, words) for row, words in one.asks] == [(played.matter, "请气象局逐日预报")]
    lines = list(csv.reader(StringIO(client.get("/overview/asked.csv").content.decode("utf-8-sig"))))
    assert lines[1][3] == "请气象局逐日预报"


def test_nothing_asked_says_where_it_would_come_from(cast: Cast, enter: Enter) -> None:
    assert "反馈进展" in enter(cast.people["leader"]).get("/overview/asked/").content.decode()


def test_a_table_is_a_file_and_an_unknown_one_is_not_there(played: Cast, enter: Enter) -> None:
    client = enter(played.people["leader"])
    lines = list(csv.reader(StringIO(client.get("/overview/unit.csv").content.decode("utf-8-sig"))))
    assert sum(int(line[-4]) for line in lines[1:]) == 6
    assert client.get("/overview/colour.csv").status_code == 404


def test_the_page_asks_the_database_no_more_than_thirty_times(
    played: Cast, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    client = enter(played.people["leader"])
    with django_assert_max_num_queries(30):
        client.get("/overview/")


def test_a_light_that_turned_this_week_is_told_from_which_to_which_the_worst_first(played: Cast, enter: Enter) -> None:
    day = date(2023, 6, 7)
    for pk, lights in ((played.elsewhere, ("green", "red")), (played.matter, ("green", "yellow"))):
        turned({pk: (lights[0], False)}, date(2023, 5, 1))
        turned({pk: (lights[1], False)}, day)
    page = enter(played.people["leader"]).get("/overview/")
    assert [(one.row.pk, one.before, one.now, one.day) for one in page.context["worse"]] == [
        (played.elsewhere, "green", "red", day),
        (played.matter, "green", "yellow", day),
    ], "and what was chased besides is told once"
    turned({played.elsewhere: ("green", False)}, date(2023, 6, 8))
    told = [one.row.pk for one in enter(played.people["leader"]).get("/overview/").context["worse"]]
    assert told == [played.matter], "what came back within the week is no worse"


def test_a_past_day_shows_its_lights_without_lists(played: Cast, enter: Enter) -> None:
    other = Matter.objects.exclude(pk=played.matter).first()
    assert other is not None
    turned({other.pk: ("blue", False)}, date(2023, 4, 1))
    turned({other.pk: ("red", False)}, date(2023, 4, 5))
    client = enter(played.people["leader"])
    counts = [client.get(f"/overview/?day=2023-04-0{day}").context["counts"].get("blue", 0) for day in (1, 5)]
    assert counts == [1, 0]
    page = client.get("/overview/?day=2023-04-05")
    assert page.context["past"] == date(2023, 4, 5)
    assert [number.address for _, _, groups in page.context["tables"] for one in groups for number in one.numbers] == [
        "" for _, _, groups in page.context["tables"] for one in groups for number in one.numbers
    ]
    assert other.pk in [one.row.pk for one in page.context["worse"]]
    assert client.get("/overview/unit.csv?day=2023-04-05").status_code == 200


@pytest.mark.parametrize("day", ["", "2023-06-10", "2099-01-01", "gestern", "2023-02-31"])
def test_a_day_that_is_none_or_not_past_is_today(played: Cast, enter: Enter, day: str) -> None:
    assert enter(played.people["leader"]).get(f"/overview/?day={day}").context["past"] is None


def test_units_are_compared_with_themselves_and_ranked_only_where_the_site_wants_it(played: Cast, enter: Enter) -> None:
    row = Matter.objects.get(pk=played.elsewhere)
    turned({row.pk: ("green", False)}, date(2023, 4, 1))
    turned({row.pk: ("red", False)}, date(2023, 6, 5))
    Matter.objects.filter(pk=row.pk).update(light="red")
    cache.clear()
    office = enter(played.people["supervisor"])

    def units() -> list[Group]:
        return next(groups for name, _, groups in office.get("/overview/").context["tables"] if name == "unit")

    (mine,) = [one for one in units() if one.before is not None and one.change is not None and one.change < 0]
    assert mine.fell == -mine.change > 0
    assert not office.get("/overview/").context["league"]
    assert enter(played.people["leader"]).post("/overview/league/", {"on": "1"}).status_code == 403
    office.post("/overview/league/", {"on": "1"})
    shares = [one.tally.share for one in units() if one.tally.share is not None]
    assert office.get("/overview/").context["league"]
    assert shares == sorted(shares, reverse=True)
    assert LedgerEntry.objects.filter(action="setting.choose", subject="setting:league").count() == 1
    office.post("/overview/league/", {"on": ""})
    assert not office.get("/overview/").context["league"]


def test_the_clusters_that_the_report_counts_out_come_first_on_their_paths(cast: Cast, enter: Enter) -> None:
    text = sample("songgang-2021").read_text(encoding="utf-8")
    plan = read(Document(text, sha256="1" * 64))
    assert bring_in(plan, text, date(2023, 3, 1), cast.by("supervisor"), file_name="五年.txt").report is not None
    table = readings(clusters_table(), date(2023, 10, 16), units_of(plan))
    assert table.problems == ()
    save_readings(table.series.values(), cast.by("supervisor"))
    context = enter(cast.people["leader"]).get("/overview/").context
    assert [one.wanted for one in context["clusters"]] == ["500亿元", "100亿元", "1500亿元"]
    first = context["clusters"][0]
    assert first.expected != "—"
    assert first.forecast.startswith("约 ")
    assert [line.kind for line in first.chart.lines] == ["path", "reading", "forecast"]
