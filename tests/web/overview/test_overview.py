"""The overview: its numbers are those of the lists behind them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from luoshi.store.models import Matter
from luoshi.store.summing import tallies

if TYPE_CHECKING:
    from casting import Cast

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
    assert sum(int(line[-2]) for line in lines[1:]) == 6
    assert client.get("/overview/colour.csv").status_code == 404


def test_the_page_asks_the_database_no_more_than_thirty_times(
    played: Cast, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    client = enter(played.people["leader"])
    with django_assert_max_num_queries(30):
        client.get("/overview/")
