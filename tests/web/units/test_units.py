"""Units: what each may look at, signing for several items at once, handing a post over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.store.acting import SYSTEM
from luoshi.store.models import LedgerEntry, Matter, PostHolder
from luoshi.store.people import add_person, add_post, grant_role, hand_over
from luoshi.supervise.model import PeriodLight

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.store.models import Person, Post

Enter = Callable[["Person"], Client]
LEAD = "区交通运输局"
MOST = 30


def page_of(client: Client, address: str) -> str:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    assert len(asked) <= MOST
    return answer.content.decode()


@pytest.fixture
def post(cast: Cast) -> Post:
    """The liaison's post of the lead unit, held since the year began."""
    made = add_post(SYSTEM, "jt-liaison", cast.units[LEAD], "联络员", "liaison")
    hand_over(made, cast.people["liaison"], date(2023, 1, 1), SYSTEM)
    return made


def test_the_office_sees_every_unit_and_a_unit_only_its_own(played: Cast, enter: Enter) -> None:
    page = page_of(enter(played.people["supervisor"]), "/units/")
    for name, unit in played.units.items():
        assert name in page
        assert f"/units/{unit.pk}/" in page
    answer = enter(played.people["liaison"]).get("/units/")
    assert (answer.status_code, answer["Location"]) == (302, f"/units/{played.units[LEAD].pk}/")
    assert enter(played.people["outsider"]).get(f"/units/{played.units[LEAD].pk}/").status_code == 404


def test_a_unit_page_shows_items_lights_asks_and_burden(played: Cast, enter: Enter) -> None:
    page = page_of(enter(played.people["liaison"]), f"/units/{played.units[LEAD].pk}/")
    for seen in ("完成松岗通用机场跑道延长工程", "严重滞后", "请区气象局提供逐日预报", "填报负担"):
        assert seen in page, seen
    assert '2023-06</td><td class="cell-number">1</td><td class="cell-number">4</td>' in page


def test_items_that_the_unit_was_not_given_yet_are_not_counted_against_it(cast: Cast, enter: Enter) -> None:
    page = page_of(enter(cast.people["liaison"]), f"/units/{cast.units[LEAD].pk}/")
    assert "没有在办的事项" in page


def test_several_items_are_signed_for_at_once_and_one_refusal_hides_no_other(cast: Cast, enter: Enter) -> None:
    cast.assigned()
    client, address = enter(cast.people["head"]), f"/units/{cast.units[LEAD].pk}/"
    row = Matter.objects.get(pk=cast.matter)
    assert f'value="{row.pk}:{row.revision}"' in page_of(client, address)
    assert client.post(f"{address}sign/", {"chosen": [f"{row.pk}:{row.revision - 1}"]}).status_code == 302
    told = page_of(client, address)
    assert "banner-error" in told
    assert row.title in told
    client.post(f"{address}sign/", {"chosen": ["nonsense", f"{row.pk}:{row.revision}"]})
    assert cast.body().state == "signed"
    assert "已签收 1 件" in page_of(client, address)
    assert client.post(f"{address}sign/", {"chosen": [f"{cast.elsewhere}:0"]}).status_code == 404


def test_signing_for_nothing_says_so(cast: Cast, enter: Enter) -> None:
    client, address = enter(cast.people["head"]), f"/units/{cast.units[LEAD].pk}/"
    client.post(f"{address}sign/")
    assert "没有选中事项" in page_of(client, address)


def test_whoever_only_looks_on_is_offered_nothing_to_sign(cast: Cast, enter: Enter) -> None:
    cast.assigned()
    page = page_of(enter(cast.people["supervisor"]), f"/units/{cast.units[LEAD].pk}/")
    assert "待签收" in page
    assert 'name="chosen"' not in page


def test_a_post_is_handed_over_with_its_sheet_and_the_duties_stay(played: Cast, enter: Enter, post: Post) -> None:
    successor = add_person(SYSTEM, "new", "交通局小新", None)
    grant_role(successor, "liaison", SYSTEM, unit=played.units[LEAD])
    client, address = enter(played.people["head"]), f"/units/{played.units[LEAD].pk}/posts/{post.pk}/"
    assert "交通局小新" in page_of(client, address)
    seen = PostHolder.objects.get(post=post).pk
    chosen = {"person": successor.pk, "day": "2023-05-22", "seen": seen}
    sheet = client.get(address, chosen).content.decode()
    for word in ("完成松岗通用机场跑道延长工程", "交通局小路", "交通局小新", "2023-05-22"):
        assert word in sheet, word
    assert PostHolder.objects.filter(post=post).count() == 1, "the sheet alone changes nothing"
    before = played.body()
    assert client.post(address, chosen).status_code == 302
    held = list(PostHolder.objects.filter(post=post).values_list("person__name", "since", "until"))
    assert held == [("交通局小路", date(2023, 1, 1), date(2023, 5, 21)), ("交通局小新", date(2023, 5, 22), None)]
    assert played.body() == before
    last = LedgerEntry.objects.last()
    assert last is not None
    assert last.action == "post.hand_over"


def test_a_post_that_was_handed_over_meanwhile_is_not_handed_over_again(played: Cast, enter: Enter, post: Post) -> None:
    seen = PostHolder.objects.get(post=post).pk
    hand_over(post, played.people["head"], date(2023, 5, 1), SYSTEM)
    address = f"/units/{played.units[LEAD].pk}/posts/{post.pk}/"
    data = {"person": played.people["liaison"].pk, "day": "2023-05-22", "seen": seen}
    answer = enter(played.people["head"]).post(address, data)
    assert answer.status_code == 422
    assert "刚刚交接过" in answer.content.decode()
    assert PostHolder.objects.filter(post=post).count() == 2


def test_a_day_before_the_last_handover_is_refused_in_words(played: Cast, enter: Enter, post: Post) -> None:
    seen = PostHolder.objects.get(post=post).pk
    data = {"person": played.people["head"].pk, "day": "2022-12-01", "seen": seen}
    address = f"/units/{played.units[LEAD].pk}/posts/{post.pk}/"
    page = enter(played.people["head"]).post(address, data).content.decode()
    assert "banner-error" in page
    assert PostHolder.objects.filter(post=post).count() == 1


def test_who_has_no_role_of_the_unit_is_named_before_it_is_too_late(played: Cast, enter: Enter, post: Post) -> None:
    other = add_person(SYSTEM, "other", "临时的人", None)
    temporary = add_post(SYSTEM, "jt-2", played.units[LEAD], "副联络员", "liaison")
    hand_over(temporary, other, date(2023, 1, 1), SYSTEM)
    data = {"person": other.pk, "day": "2023-05-22", "seen": PostHolder.objects.get(post=post).pk}
    page = enter(played.people["head"]).get(f"/units/{played.units[LEAD].pk}/posts/{post.pk}/", data).content.decode()
    assert "安全保密管理员" in page


@pytest.mark.parametrize("part", ["liaison", "supervisor"])
def test_nobody_but_the_head_hands_a_post_over(played: Cast, enter: Enter, post: Post, part: str) -> None:
    address = f"/units/{played.units[LEAD].pk}/posts/{post.pk}/"
    assert enter(played.people[part]).get(address).status_code == 403


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_units_and_their_items_are_taken_away_as_tables(played: Cast, enter: Enter, kind: str) -> None:
    client = enter(played.people["supervisor"])
    for address in (f"/units/units.{kind}", f"/units/{played.units[LEAD].pk}/items.{kind}"):
        answer = client.get(address)
        assert answer.status_code == 200
        if kind == "csv":
            assert "区交通运输局" in answer.content.decode("utf-8-sig") or "跑道延长" in answer.content.decode(
                "utf-8-sig"
            )


def test_a_unit_sees_its_lights_month_by_month_beside_its_own_past(played: Cast, enter: Enter) -> None:
    row = Matter.objects.select_related("body").get(pk=played.matter)
    kept = [("2023-03-31", "green"), ("2023-04-15", "yellow"), ("2023-04-30", "red")]
    lights = tuple(PeriodLight.model_validate({"day": day, "colour": colour, "plain": colour}) for day, colour in kept)
    row.body.text = played.body().model_copy(update={"lights": lights}).model_dump_json()
    row.body.save()
    client, unit = enter(played.people["liaison"]), played.units[LEAD].pk
    assert "不和别的单位排名" in page_of(client, f"/units/{unit}/")
    rows = client.get(f"/units/{unit}/lights.csv").content.decode("utf-8-sig").split("\r\n")
    assert rows[1:3] == ["2023-03,0,0,0,1,0", "2023-04,1,0,0,0,0"]
    assert enter(played.people["outsider"]).get(f"/units/{unit}/lights.csv").status_code == 404
