"""My day: everybody's own, every item once, with the move that settles it; and what others said and sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.store.discussing import say
from luoshi.store.models import Matter

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.store.models import Person

Enter = Callable[["Person"], Client]
MOST = 30


def day_of(client: Client) -> str:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/today/")
    assert answer.status_code == 200
    assert len(asked) <= MOST
    return answer.content.decode()


def part(page: str, bucket: str) -> str:
    """The section of one bucket; empty where it has no lines."""
    found = re.search(rf'<section aria-labelledby="{bucket}">.*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def row(page: str, cast: Cast) -> str:
    """The line of the cast's item."""
    found = re.search(rf'id="row-{cast.matter}">.*?class="do-place"', page, re.DOTALL)
    return found[0] if found else ""


def live_on(settings: LazySettings, day: str) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, today=day)


@pytest.mark.parametrize(
    ("day", "bucket", "owed"),
    [
        ("2023-05-16", "ahead", "预警催办"),
        ("2023-05-22", "tomorrow", "预警催办"),
        ("2023-05-23", "today", "预警催办"),
        ("2023-05-25", "late", "预警催办"),
        ("2023-06-16", "late", "道面完工"),
    ],
)
def test_a_unit_finds_what_it_owes_where_the_day_puts_it(  # noqa: PLR0917 -- pytest hands these in
    played: Cast, enter: Enter, settings: LazySettings, day: str, bucket: str, owed: str
) -> None:
    live_on(settings, day)
    page = day_of(enter(played.people["liaison"]))
    line = row(page, played)
    assert line in part(page, bucket)
    assert owed in line
    assert "/moves/report/" in line
    assert page.count(f'id="row-{played.matter}"') == 1


def test_a_helping_unit_sees_nodes_and_deadlines_without_a_move_to_make(
    played: Cast, enter: Enter, settings: LazySettings
) -> None:
    live_on(settings, "2023-06-15")
    line = row(day_of(enter(played.people["helper"])), played)
    assert "道面完工" in line
    assert "（配合）" in line
    assert "/moves/" not in line


def test_who_has_no_part_in_it_has_a_calm_day(played: Cast, enter: Enter) -> None:
    for one in ("outsider", "deputy"):
        page = day_of(enter(played.people[one]))
        assert row(page, played) == ""
        assert "empty-title" in page


def test_the_office_answers_what_waits_for_it(played: Cast, enter: Enter) -> None:
    said = {"percent": 60, "progress": "道面完成", "difficulties": "无", "next_step": "完工", "cause": "weather"}
    assert played.move("liaison", "report", _day(), **said).problems == ()
    page = day_of(enter(played.people["supervisor"]))
    assert "/moves/accept/" in row(page, played)
    assert row(day_of(enter(played.people["liaison"])), played) == "" or "/moves/accept/" not in page.split("row-")[0]
    assert re.search(r"提取 <b>\d+</b>", page), "items without a limit are counted by their state"


def test_a_leader_answers_requests_under_the_own_post_and_hears_what_units_ask(played: Cast, enter: Enter) -> None:
    page = day_of(enter(played.people["leader"]))
    assert "请区气象局提供逐日预报" in page
    assert row(page, played) == ""
    asked = {"request": "extend", "due": "2023-08-31", "reason": "设备晚到", "progress": "面层"}
    assert played.move("liaison", "request_change", _day(), **asked).problems == ()
    assert "/moves/grant_change/" not in day_of(enter(played.people["leader"]))
    assert played.move("supervisor", "check_change", _day(), note="属实").problems == ()
    assert "/moves/grant_change/" in row(day_of(enter(played.people["leader"])), played)


def test_the_executive_meeting_answers_a_withdrawal_and_no_extension(played: Cast, enter: Enter) -> None:
    asked = {"request": "withdraw", "reason": "项目取消", "progress": "停工"}
    assert played.move("liaison", "request_change", _day(), **asked).problems == ()
    assert played.move("supervisor", "check_change", _day(), note="属实").problems == ()
    assert "/moves/grant_withdrawal/" in row(day_of(enter(played.people["government"])), played)
    assert "/moves/grant_withdrawal/" not in day_of(enter(played.people["leader"]))


def test_a_long_day_shows_the_most_urgent_and_says_so(
    played: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("luoshi.web.myday.day.SHOWN", 0)
    page = day_of(enter(played.people["liaison"]))
    assert "只列出最急的" in page
    assert "<b>1</b>" in page


def test_papers_and_words_of_others_are_shown_and_those_of_elsewhere_are_not(played: Cast, enter: Enter) -> None:
    say(Matter.objects.get(pk=played.matter), "预报已发", played.by("helper"))
    say(Matter.objects.get(pk=played.elsewhere), "别处的话", played.by("supervisor"))
    page = day_of(enter(played.people["liaison"]))
    assert "催办通知书" in page
    assert "预报已发" in page
    assert "别处的话" not in page
    assert "预报已发" not in day_of(enter(played.people["helper"])), "not what one has said oneself"
    assert "催办通知书" not in day_of(enter(played.people["outsider"]))


def test_a_move_made_on_the_day_comes_back_to_it(played: Cast, enter: Enter) -> None:
    client = enter(played.people["liaison"])
    form = client.get(f"/items/{played.matter}/moves/report/?next=/today/").content.decode()
    assert 'name="next" value="/today/"' in form


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_day_is_taken_away_as_a_table(played: Cast, enter: Enter, kind: str) -> None:
    answer = enter(played.people["liaison"]).get(f"/today/agenda.{kind}")
    assert answer.status_code == 200
    if kind == "csv":
        rows = answer.content.decode("utf-8-sig").splitlines()
        assert rows[0].startswith("哪一类,期限,要办的,事项")
        assert any("流程时限 预警催办" in one and "2023-05-23" in one for one in rows[1:])
    assert enter(played.people["deputy"]).get(f"/today/agenda.{kind}").status_code == 403


def _day() -> Any:
    from played import DAY

    return DAY
