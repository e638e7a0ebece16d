"""The site's calendar: what a change would do is shown first; then limits and reminders count by it."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.days import Workdays
from luoshi.store.calendars import Changed, calendar_in_force, keep_calendar, noted
from luoshi.store.models import LedgerEntry
from luoshi.store.rules import rules_in_force
from luoshi.store.trying import try_calendar
from luoshi.supervise import obligations

if TYPE_CHECKING:
    from casting import Cast
    from django.test import Client

HERE = "/administration/calendar/"
NOTICE = "日期,到,安排,名称\n1月1日,1月3日,放假,元旦\n2024年1月6日,,上班,元旦调休\n"


def a_day(client: Client, day: str, does: str, **more: Any) -> Any:
    return client.post(f"{HERE}day/", {"day": day, "does": does, "source": "区政府通知", **more})


def a_table(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("放假.csv", text.encode())


def test_a_year_shows_holidays_and_days_made_up_with_their_source(admin: Client) -> None:
    page = admin.get(HERE, {"year": 2023})
    assert page.context["count"] == Workdays.china().count(2023)
    cells = {one.day: one.kind for month in page.context["months"] for week in month["weeks"] for one in week if one}
    assert len(cells) == 365
    assert (cells[date(2023, 1, 23)], cells[date(2023, 1, 28)], cells[date(2023, 1, 7)]) == ("off", "makeup", "rest")
    assert "国办发明电〔2022〕16号" in page.content.decode()
    assert "还没有通知" in admin.get(HERE, {"year": 2031}).content.decode()


def test_a_day_is_changed_after_its_effect_was_seen(admin: Client) -> None:
    seen = a_day(admin, "2023-03-02", "off", name="停电")
    assert seen.context["days"] == [(date(2023, 3, 2), False)]
    assert seen.context["counts"] == (249, 248)
    assert calendar_in_force().is_workday(date(2023, 3, 2))
    done = a_day(admin, "2023-03-02", "off", name="停电", sure="yes", seen="-1")
    assert done.status_code == 302
    assert not rules_in_force().calendar.is_workday(date(2023, 3, 2))
    entry = LedgerEntry.objects.get(action="calendar.keep")
    assert "区政府通知" in entry.body
    assert "停电" in admin.get(HERE, {"year": 2023}).content.decode()


def test_a_change_needs_its_source_and_its_day(admin: Client) -> None:
    wrong = admin.post(f"{HERE}day/", {"day": "2023-02-30", "does": "off"})
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"day", "source"}


def test_of_two_who_change_the_calendar_the_second_looks_again(admin: Client) -> None:
    a_day(admin, "2023-03-02", "off", sure="yes", seen="-1")
    late = a_day(admin, "2023-03-03", "off", sure="yes", seen="-1")
    assert late.status_code == 409
    assert "刚才有人改了日历" in late.content.decode()
    assert calendar_in_force().is_workday(date(2023, 3, 3))
    again = a_day(admin, "2023-03-03", "off", sure="yes", seen=late.context["carried"]["seen"])
    assert again.status_code == 302
    assert not calendar_in_force().is_workday(date(2023, 3, 3))


def test_what_the_site_noted_is_taken_back(admin: Client) -> None:
    a_day(admin, "2023-03-02", "off", sure="yes", seen="-1")
    a_day(admin, "2023-03-02", "usual", sure="yes", seen="0")
    assert calendar_in_force().is_workday(date(2023, 3, 2))
    assert noted().days == ()


def test_a_notice_is_brought_in_as_a_table(admin: Client) -> None:
    given = {"year": "2024", "source": "关于2024年部分节假日安排的通知"}
    seen = admin.post(f"{HERE}bring/", {**given, "file": a_table(NOTICE)})
    turned = dict(seen.context["days"])
    assert turned[date(2024, 1, 2)] is False
    assert turned[date(2024, 1, 6)] is True
    assert turned[date(2024, 2, 12)] is True, "the notice takes the place of the whole year's"
    carried = {**given, **seen.context["carried"], "sure": "yes"}
    assert admin.post(f"{HERE}bring/", carried).status_code == 302
    days = calendar_in_force()
    assert [day for day in range(1, 8) if days.is_workday(date(2024, 1, day))] == [4, 5, 6]
    assert days.is_workday(date(2023, 1, 28)), "other years stay as they are"


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("2025年1月1日,,放假,", "A2"),
        ("一月一日,,放假,", "A2"),
        ("1月1日,2月30日,放假,", "B2"),
        ("1月5日,1月1日,放假,", "B2"),
        ("1月1日,,过节,", "C2"),
        ("1月1日,,放假,\n1月1日,,上班,", "C3"),
    ],
)
def test_a_cell_that_is_wrong_is_named_and_nothing_is_kept(admin: Client, row: str, cell: str) -> None:
    given = {"year": "2024", "source": "通知", "file": a_table(f"日期,到,安排,名称\n{row}\n")}
    page = admin.post(f"{HERE}bring/", given)
    assert page.status_code == 422
    assert [one.code for one in page.context["problems"]] == ["T121"]
    assert page.context["problems"][0].message.startswith(cell)


def test_a_table_without_the_columns_is_refused(admin: Client) -> None:
    page = admin.post(f"{HERE}bring/", {"year": "2024", "source": "通知", "file": a_table("甲,乙\n1,2\n")})
    assert [one.code for one in page.context["problems"]] == ["T120"]


def test_what_is_owed_by_another_day_is_counted(cast: Cast) -> None:
    cast.assigned()
    today = date(2023, 3, 1)
    before = obligations(cast.body(), today, rules_in_force(today))
    limit = next(one for one in before if one.what == "limit")
    off = [Changed(date(2023, 3, day), works=False, source="停工") for day in range(2, 11)]
    new = noted()
    for one in off:
        new = new.with_day(one)
    tried = try_calendar(new.workdays(), today)
    assert tried.looked == tried.open
    assert tried.turned["limit", "limit"] >= 1
    assert keep_calendar(new, cast.by("system_admin"), "停工")
    after = next(one for one in obligations(cast.body(), today, rules_in_force(today)) if one.what == "limit")
    assert after.due > limit.due


def test_the_list_is_taken_away_as_a_table(admin: Client) -> None:
    assert "2023-01-28" in admin.get(HERE, {"year": 2023, "as": "csv"}).content.decode("utf-8-sig")
    book = admin.get(HERE, {"year": 2023, "as": "xlsx"})
    assert BytesIO(book.content).read(2) == b"PK"
