"""The calendar: who sees what is due, holidays, the subscription, and the chart with its table."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.store.inspecting import plan_visits
from luoshi.store.models import ApiToken, LedgerEntry
from luoshi.web.calendar import due

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.store.models import Person

Enter = Callable[["Person"], Client]
MOST = 30
TITLE = "完成松岗通用机场跑道延长工程"


def page_of(client: Client, address: str) -> str:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, address
    assert len(asked) <= MOST, address
    return answer.content.decode()


def table(answer: Any) -> list[list[str]]:
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def address_made(client: Client) -> str:
    page = client.post("/calendar/subscription/").content.decode()
    return page.split('class="address">')[1].split("<")[0].replace("http://testserver", "")


@pytest.mark.parametrize(
    ("part", "sees"),
    [
        ("supervisor", True),
        ("liaison", True),
        ("helper", True),
        ("leader", True),
        ("outsider", False),
        ("deputy", False),
    ],
)
def test_each_sees_what_is_due_on_the_own_items(running: Cast, enter: Enter, part: str, sees: bool) -> None:
    page = page_of(enter(running.people[part]), "/calendar/?month=2023-06")
    assert (TITLE in page) == sees


def test_the_month_shows_holidays_and_days_worked_instead(running: Cast, enter: Enter) -> None:
    page = page_of(enter(running.people["supervisor"]), "/calendar/?month=2023-05")
    assert '<time datetime="2023-05-01">1</time> <span class="odd">休</span>' in page
    assert '<time datetime="2023-05-06">6</time> <span class="odd">班</span>' in page
    assert "放假安排尚未公布" not in page
    assert "放假安排尚未公布" in page_of(enter(running.people["supervisor"]), "/calendar/?month=2049-05")


def test_a_month_that_is_none_is_this_month(running: Cast, enter: Enter) -> None:
    client = enter(running.people["supervisor"])
    for asked in ("2023-13", "x", "9999-12", ""):
        assert '<span class="beside">2023-05</span>' in page_of(client, f"/calendar/?month={asked}")


def test_filters_by_kind_and_unit_leave_their_own(running: Cast, enter: Enter) -> None:
    plan_visits([(running.units["区交通运输局"], date(2023, 6, 7), "跑道")], running.by("supervisor"))
    client = enter(running.people["supervisor"])
    kinds = {row[1] for row in table(client.get("/calendar/export.csv?month=2023-06"))[1:]}
    assert {"检查", "完成时限"} <= kinds
    assert {row[1] for row in table(client.get("/calendar/export.csv?month=2023-06&what=visit"))[1:]} == {"检查"}
    other = running.units["区文化旅游广电体育局"].pk
    assert table(client.get(f"/calendar/export.csv?month=2023-06&unit={other}"))[1:] == []


def test_with_too_many_items_only_deadlines_are_shown_and_that_is_said(
    running: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "MOST", 0)
    page = page_of(enter(running.people["supervisor"]), "/calendar/?month=2023-06")
    assert "这里只列完成时限" in page
    assert TITLE in page


def test_a_subscription_shows_what_its_person_may_see_without_signing_in(running: Cast, enter: Enter) -> None:
    address = address_made(enter(running.people["liaison"]))
    answer = Client().get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    body = answer.content.decode().replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20230630" in body
    assert TITLE in body
    assert TITLE not in Client().get(address_made(enter(running.people["outsider"]))).content.decode().replace(
        "\r\n ", ""
    )


def test_an_address_that_was_replaced_or_taken_back_opens_nothing(running: Cast, enter: Enter) -> None:
    client = enter(running.people["liaison"])
    first = address_made(client)
    second = address_made(client)
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    client.post("/calendar/subscription/", {"stop": "1"})
    assert Client().get(second).status_code == 404
    assert LedgerEntry.objects.filter(action="token.revoke").count() == 2


def test_the_secret_is_kept_only_as_a_hash_and_a_person_who_left_has_no_calendar(running: Cast, enter: Enter) -> None:
    address = address_made(enter(running.people["liaison"]))
    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    kept = ApiToken.objects.get(revoked=False)
    assert secret not in (kept.digest, kept.name, kept.scopes)
    running.people["liaison"].is_active = False
    running.people["liaison"].save()
    assert Client().get(address).status_code == 404


def test_the_chart_and_its_table_hold_the_items_of_the_own_unit(running: Cast, enter: Enter) -> None:
    client = enter(running.people["liaison"])
    page = page_of(client, "/calendar/chart/")
    assert TITLE in page
    assert f"/items/{running.matter}/moves/request_change/" in page
    drawn = client.get("/calendar/chart/picture.svg?by=unit")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert "松岗通用机场" in drawn.content.decode()
    assert TITLE in {row[0] for row in table(client.get("/calendar/chart/export.csv"))[1:]}
    other = enter(running.people["outsider"]).get("/calendar/chart/export.csv")
    assert TITLE not in other.content.decode()


def test_the_chart_of_a_unit_with_nothing_says_so(running: Cast, enter: Enter) -> None:
    assert "没有可以排的事项" in page_of(enter(running.people["outsider"]), "/calendar/chart/")


def test_what_could_not_be_scheduled_is_named_with_its_reason(running: Cast, enter: Enter) -> None:
    page = page_of(enter(running.people["supervisor"]), "/calendar/chart/")
    left = page.split("没有排上的")[1].split("</details>")[0]
    assert int(left.split("（")[1].split("）")[0]) == left.count('<a href="/items/') > 0
    assert left.count('class="muted"></span>') == 0


def test_the_calendar_of_a_unit_by_file_and_by_subscription(running: Cast, enter: Enter) -> None:
    client = enter(running.people["supervisor"])
    lead, other = (running.units[name].pk for name in ("区交通运输局", "区文化旅游广电体育局"))
    theirs = client.get(f"/calendar/calendar.ics?unit={lead}").content.decode().replace("\r\n ", "")
    assert TITLE in theirs
    assert "落实 区交通运输局" in theirs
    assert TITLE not in client.get(f"/calendar/calendar.ics?unit={other}").content.decode().replace("\r\n ", "")
    feed = address_made(client)
    assert TITLE in Client().get(f"{feed}?unit={lead}").content.decode().replace("\r\n ", "")
    assert TITLE not in Client().get(f"{feed}?unit={other}").content.decode().replace("\r\n ", "")
    unit = enter(running.people["outsider"])
    assert [unit.get(f"/calendar/calendar.ics?unit={asked}").status_code for asked in (lead, "x")] == [404, 404]


def test_the_chart_says_how_far_each_is_and_takes_items_and_closed_ones_along(running: Cast, enter: Enter) -> None:
    client = enter(running.people["supervisor"])
    page = page_of(client, "/calendar/chart/?ended=1")
    assert "按核实进度" in page
    assert f"/items/{running.matter}/schedule/" in page
    rows = table(client.get("/calendar/chart/export.csv?of=items"))
    row = next(row for row in rows if row[0] == TITLE)
    assert row[rows[0].index("富余")]
    assert row[rows[0].index("卡在哪一步")]
    assert "原计划" in client.get("/calendar/chart/picture.svg").content.decode()
