"""The page of a report: who sees what, filters in the address, exports, and how much it asks of the database."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from luoshi.store.moving import label_matter

if TYPE_CHECKING:
    from casting import Cast


def signed_in(cast: Cast, part: str) -> Client:
    client = Client()
    client.force_login(cast.people[part])
    return client


def titles(page: Any) -> list[str]:
    return [card.item.title for card in page.context["cards"]]


def test_the_reports_are_listed_and_whoever_may_can_bring_one_in(cast: Cast, office: Client) -> None:
    assert "松岗区人民政府工作报告" in office.get("/reports/").content.decode()
    assert "/reports/new/" in office.get("/reports/").content.decode()
    assert "/reports/new/" not in signed_in(cast, "liaison").get("/reports/").content.decode()


def test_deputies_see_no_report_that_is_not_public(cast: Cast, there: str) -> None:
    client = signed_in(cast, "deputy")
    assert "还没有报告" in client.get("/reports/").content.decode()
    assert client.get(there).status_code == 404


def test_a_unit_sees_the_whole_text_but_the_lights_of_its_own_matters_only(cast: Cast, there: str) -> None:
    cast.assigned()
    page = signed_in(cast, "liaison").get(there)
    words = page.content.decode()
    assert len(titles(page)) == 6
    assert f"/items/{cast.matter}/" in words
    assert f"/items/{cast.elsewhere}/" not in words
    own = [card for card in page.context["cards"] if card.matter is not None]
    assert own
    assert all("区交通运输局" in (card.lead, card.helping) for card in own)
    assert "更正" not in words.split("<main")[1], "the way to correct is for who may"


def test_the_page_asks_little_of_the_database(
    office: Client, there: str, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for place in ("", "units/", "corrections/", "items/i16/", "figures/f1/", "add/"):
        with django_assert_max_num_queries(30):
            assert office.get(there + place).status_code == 200


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("unit=区交通运输局", lambda card: "区交通运输局" in (card.lead, card.helping)),
        ("unit=-", lambda card: not card.lead),
        ("kind=project", lambda card: card.item.kind == "project"),
        ("light=grey", lambda card: card.matter.light == "grey"),
        (
            "kind=project&unit=区交通运输局",
            lambda card: card.item.kind == "project" and "区交通运输局" in (card.lead, card.helping),
        ),
    ],
)
def test_items_are_narrowed_by_the_address(
    office: Client, there: str, asked: str, right: Callable[[Any], bool]
) -> None:
    every = office.get(there).context["cards"]
    page = office.get(f"{there}?{asked}")
    assert titles(page) == [card.item.title for card in every if right(card)] != []
    marked = set(re.findall('data-item="([^"]*)"', page.content.decode()))
    assert marked == {card.item.id for card in page.context["cards"] if card.item.commitments}


@pytest.mark.parametrize(
    ("asked", "count"), [("light=red", 0), ("unit=没有这个单位", 6), ("kind=nonsense", 6), ("", 6)]
)
def test_what_cannot_be_asked_for_asks_for_nothing(office: Client, there: str, asked: str, count: int) -> None:
    assert len(titles(office.get(f"{there}?{asked}"))) == count


def test_words_are_found_in_the_text(office: Client, there: str) -> None:
    page = office.get(f"{there}?q=机场")
    words = page.content.decode()
    assert page.context["hits"] == words.count('<mark id="hit-') > 0
    assert "没有找到" in office.get(f"{there}?q=火星").content.decode()
    assert "<b>x" not in office.get(f"{there}?q=<b>x").content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_tables_can_be_taken_away(office: Client, there: str, kind: str) -> None:
    items = office.get(f"{there}items.{kind}?kind=project")
    assert items.status_code == 200
    assert "attachment" in items["Content-Disposition"]
    if kind == "csv":
        rows = items.content.decode("utf-8-sig").splitlines()
        assert len(rows) == 1 + len(titles(office.get(f"{there}?kind=project")))
        assert rows[0].startswith("事项,种类,牵头单位")
    assert office.get(f"{there}coverage.{kind}").status_code == 200
    assert office.get(f"{there}items.exe").status_code == 404


def test_the_map_is_told_in_numbers_too(office: Client, there: str) -> None:
    page = office.get(there)
    shown = page.context["map"]
    assert round(sum(share for _, _, _, share, _ in shown["classes"])) == 100
    assert all(sum(counts) <= part.characters for part, counts in shown["parts"])
    words = page.content.decode()
    assert words.count('<rect class="map-') == len(shown["bars"]) <= 1000
    headings = set(re.findall('id="(s-[^"]+)"', words))
    reached = re.findall('<a href="#(s-[^"]+)" tabindex="-1">', words)
    assert len(reached) == len(shown["stretches"]) > 0
    assert set(reached) <= headings, "every stretch of the strip leads to its heading"


def test_a_matter_that_is_public_is_there_for_deputies_once_the_report_is(cast: Cast, there: str) -> None:
    label_matter(cast.matter, "public", cast.by("director"), expected=0, reason="已公布")
    assert signed_in(cast, "deputy").get(there).status_code == 404
    assert signed_in(cast, "auditor").get(there).status_code == 403


def test_english_readers_get_an_english_frame(office: Client, there: str) -> None:
    office.cookies["luoshi_language"] = "en"
    words = office.get(there).content.decode()
    assert "Find in the text" in words
    assert "proposed" in words


def test_the_text_is_drawn_anew_when_it_was_corrected_and_in_the_readers_language(
    cast: Cast, office: Client, there: str
) -> None:
    before = office.get(there).content.decode()
    assert office.get(there).content.decode().count('data-item="i16"') == before.count('data-item="i16"') > 0
    office.post(f"{there}items/i16/", {"act": "drop", "expected": 0})
    assert 'data-item="i16"' not in office.get(there).content.decode()
    office.post(f"{there}corrections/1/undo/", {"expected": 1})
    assert office.get(there).content.decode().count('data-item="i16"') == before.count('data-item="i16"')
    office.cookies["luoshi_language"] = "en"
    titled = 'data-item="i16" title="([^：]*)'
    english = re.findall(titled, office.get(there).content.decode())
    assert english != re.findall(titled, before) != []
    assert "/figures/" in before
    assert "/figures/" not in signed_in(cast, "leader").get(there).content.decode()
