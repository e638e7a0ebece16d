"""The desk: what waits, chasing many at once, slips by the profile in force, papers, a notice that adds up."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.store.models import LedgerEntry, Matter, Message
from luoshi.supervise import slip_profiles

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.store.models import Person

Enter = Callable[["Person"], Client]
MOST = 30
DAY = date(2023, 5, 20)


def page_of(client: Client, address: str) -> str:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, address
    assert len(asked) <= MOST, address
    return answer.content.decode()


def chosen(cast: Cast) -> str:
    row = Matter.objects.get(pk=cast.matter)
    return f"{row.pk}-{row.revision}"


def table(answer: Any) -> list[list[str]]:
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


PLACES = ("", "queues/late/", "queues/propose/?q=云锦", "slips/", "inspections/", "findings/", "lookback/", "papers/",
          "notice/")  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_every_part_opens_with_few_queries(running: Cast, enter: Enter, place: str) -> None:
    assert "<h1>" in page_of(enter(running.people["supervisor"]), f"/supervision/{place}")


def test_the_desk_counts_what_waits_and_the_late_item_is_to_be_chased(running: Cast, enter: Enter) -> None:
    page = page_of(enter(running.people["supervisor"]), "/supervision/queues/late/")
    assert "完成松岗通用机场跑道延长工程" in page
    assert "<span>待拟办</span> <b>5</b>" in page
    assert "<span>该催的</span> <b>1</b>" in page


def test_chasing_the_chosen_moves_them_and_tells_their_units(running: Cast, enter: Enter) -> None:
    client = enter(running.people["supervisor"])
    answer = client.post("/supervision/queues/late/together/", {"chosen": [chosen(running)]}, follow=True)
    assert "催办：已办 1 项" in answer.content.decode()
    assert running.body().state == "reminded"
    assert Message.objects.filter(document="chaser", matter=running.matter, unit__name="区交通运输局").count() == 1


def test_many_move_together_and_the_one_that_was_changed_meanwhile_is_told(running: Cast, enter: Enter) -> None:
    client = enter(running.people["supervisor"])
    rows = list(Matter.objects.filter(state="extracted")[:2])
    stale = f"{rows[1].pk}-7"
    answer = client.post(
        "/supervision/queues/propose/together/", {"chosen": [f"{rows[0].pk}-{rows[0].revision}", stale]}, follow=True
    )
    page = answer.content.decode()
    assert "拟办：已办 1 项" in page
    assert f"{rows[1].title}：" in page
    assert [Matter.objects.get(pk=row.pk).state for row in rows] == ["proposed", "extracted"]


def test_nothing_chosen_is_said_and_what_is_no_choice_is_not_found(running: Cast, enter: Enter) -> None:
    client = enter(running.people["supervisor"])
    assert "先选中要办的事项" in client.post("/supervision/queues/late/together/", {}, follow=True).content.decode()
    assert client.post("/supervision/queues/late/together/", {"chosen": ["x"]}).status_code == 404
    assert client.post("/supervision/queues/late/together/", {"chosen": ["987654321-0"]}).status_code == 404
    assert client.post("/supervision/queues/reports/together/", {}).status_code == 404
    assert client.get("/supervision/queues/nothing/").status_code == 404


def test_an_export_has_the_rows_that_the_filters_leave(running: Cast, enter: Enter) -> None:
    client = enter(running.people["supervisor"])
    every = table(client.get("/supervision/queues/propose/export.csv"))
    some = table(client.get("/supervision/queues/propose/export.csv?q=云锦"))
    assert every[0][:3] == ["编号", "事项", "灯号"]
    assert (len(every), len(some)) == (6, 2)
    assert client.get("/supervision/queues/propose/export.exe").status_code == 404


def test_a_slip_goes_out_at_the_item_and_then_waits_for_its_answer(running: Cast, enter: Enter) -> None:
    client = enter(running.people["supervisor"])
    page = page_of(client, "/supervision/slips/")
    assert f"/items/{running.matter}/moves/issue_slip/?next=/supervision/slips/" in page
    given = {"colour": next(iter(slip_profiles()["sanming-2017"].order)), "demand": "三日内报原因"}
    moved = running.move("supervisor", "issue_slip", DAY, answer_by="2023-05-24", **given)
    assert moved.problems == ()
    page = page_of(client, "/supervision/slips/")
    assert "三日内报原因" in page
    assert "2023-05-24" in page


def test_the_rows_of_a_notice_add_up_to_its_sums(running: Cast, enter: Enter) -> None:
    client = enter(running.people["supervisor"])
    rows = table(client.get("/supervision/notice/export.csv?since=2000-01-01&until=2000-01-02"))
    body, total = rows[1:-1], rows[-1]
    assert total[0] == "合计"
    assert [sum(int(row[at]) for row in body) for at in range(1, len(total))] == [int(one) for one in total[1:]]
    assert int(total[1]) == 6
    assert sum(int(one) for one in total[2:8]) == 6
    page = page_of(client, "/supervision/notice/?since=2023-05-21&until=2023-05-01")
    assert "起止日期要先后相接" in page


def test_a_notice_counts_what_the_record_has_within_its_days(running: Cast, enter: Enter) -> None:
    client = enter(running.people["supervisor"])
    day = LedgerEntry.objects.filter(action="matter.move").latest("sequence").at.date()
    rows = table(client.get(f"/supervision/notice/export.csv?since={day}&until={day.replace(day=28)}"))
    assert dict(zip(rows[0], rows[-1], strict=True))["报送反馈"] == "1"


def test_a_paper_comes_as_word_or_pdf_and_several_as_an_archive(running: Cast, enter: Enter) -> None:
    client = enter(running.people["supervisor"])
    word = client.get("/supervision/papers/bulletin/?form=docx")
    assert word.status_code == 200
    assert "word/document.xml" in ZipFile(BytesIO(word.content)).namelist()
    print_ = client.get(f"/supervision/papers/chaser/?form=pdf&item={running.body().id}")
    assert print_.content.startswith(b"%PDF")
    assert client.get("/supervision/papers/bulletin/?form=exe").status_code == 404
    assert client.get("/supervision/papers/poem/").status_code == 404
    assert client.get("/supervision/papers/slip/?unit=区没有这个局", follow=True).status_code == 200


def test_the_seed_draws_the_same_sample_and_stands_in_the_export(running: Cast, enter: Enter) -> None:
    client = enter(running.people["inspector"])
    page = page_of(client, "/supervision/lookback/?seed=2023Q2&share=50")
    assert "<code>2023Q2</code>" in page
    assert table(client.get("/supervision/lookback/export.csv?seed=a"))[0][0] == "种子"
