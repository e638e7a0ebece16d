"""The register out as the workbook to fill in, and back in: compared, looked at, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from casting import HELP, LEAD, OTHER
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from xlsxwriter import Workbook

from luoshi.intake import open_table
from luoshi.store import uploads
from luoshi.store.models import LedgerEntry, Matter
from luoshi.store.uploads import QUIET, upload
from luoshi.web.register.job import compare_returned

if TYPE_CHECKING:
    from casting import Cast

Enter = Callable[[Any], Client]
Rows = list[list[str]]
AIRPORT, CLOUD = "完成松岗通用机场", "云锦"


@pytest.fixture(autouse=True)
def _home_and_queue(settings: Any, tmp_path: Path) -> None:
    """Uploads of their own; what is put in the queue is done before the page answers."""
    settings.LUOSHI_HOME = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def signed(cast: Cast) -> Cast:
    """The item of the cast is signed for by its lead unit."""
    cast.assigned()
    assert cast.move("liaison", "sign").problems == ()
    return cast


def rows_of(content: bytes, folder: Path, kind: str = "xlsx") -> Rows:
    """The rows of a workbook as the site reads them."""
    file = folder / f"out.{kind}"
    file.write_bytes(content)
    return [list(row) for row in open_table(file).rows]


def out(client: Client, folder: Path, query: str = "") -> Rows:
    answer = client.get(f"/register/working.xlsx?{query}")
    assert answer.status_code == 200, answer
    return rows_of(answer.content, folder)


def saved(rows: Rows) -> bytes:
    """The rows saved by another program, without formats and locks."""
    made = BytesIO()
    book = Workbook(made, {"in_memory": True})
    page = book.add_worksheet("任务台账")
    for at, row in enumerate(rows):
        for nth, text in enumerate(row):
            page.write_string(at, nth, text)
    book.close()
    return made.getvalue()


def fill(rows: Rows, title: str, **cells: str) -> Rows:
    """The rows after somebody typed into those of the item."""
    heads = next(row for row in rows if "编号" in row)
    line = next(row for row in rows if row[heads.index("目标任务")].startswith(title))
    for heading, text in cells.items():
        line[heads.index(heading)] = text
    return rows


def titles(rows: Rows) -> list[str]:
    heads = next(row for row in rows if "编号" in row)
    return [row[heads.index("目标任务")] for row in rows if row[heads.index("编号")].startswith("i")]


def hand_in(client: Client, content: bytes, name: str = "填报表.xlsx", **given: str) -> str:
    """Upload a table; the address of its preview."""
    answer = client.post("/register/back/", {"file": SimpleUploadedFile(name, content), **given})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def codes(client: Client, there: str) -> set[str]:
    return {one["code"] for one in client.get(there).context["problems"]}


# ── out ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_out_and_back_unchanged_changes_nothing(signed: Cast, enter: Enter) -> None:
    for part, rows in (("supervisor", 6), ("liaison", 2), ("helper", 2)):
        client = enter(signed.people[part])
        found = client.get(hand_in(client, client.get("/register/working.xlsx").content)).context["found"]
        assert (found.items, found.problems, found.rows) == ((), (), rows), part


def test_csv_goes_out_and_comes_back(signed: Cast, enter: Enter) -> None:
    client = enter(signed.people["liaison"])
    answer = client.get("/register/working.csv")
    assert answer["Content-Type"].startswith("text/csv")
    found = client.get(hand_in(client, answer.content, "填报表.csv")).context["found"]
    assert (found.items, found.rows, found.refused) == ((), 2, False)


def test_the_filter_says_which_items_go_out(signed: Cast, enter: Enter, tmp_path: Path) -> None:
    client = enter(signed.people["supervisor"])
    rows = out(client, tmp_path, "words=通用机场")
    assert [title[: len(AIRPORT)] for title in titles(rows)] == [AIRPORT]
    answer = client.get("/register/working.xlsx?words=没有这样的话", follow=True)
    assert answer.redirect_chain[0][0].startswith("/register/?words=")
    assert "放宽筛选条件" in answer.content.decode()


def test_a_copy_for_every_unit_with_a_part_and_only_for_the_office(signed: Cast, enter: Enter, tmp_path: Path) -> None:
    answer = enter(signed.people["supervisor"]).get("/register/working.units")
    with ZipFile(BytesIO(answer.content)) as held:
        names = held.namelist()
        assert {f"{LEAD}.xlsx", f"{HELP}.xlsx"} <= set(names)
        assert f"{OTHER}.xlsx" not in names
        mine = titles(rows_of(held.read(f"{LEAD}.xlsx"), tmp_path))
    assert any(title.startswith(AIRPORT) for title in mine)
    assert not any(title.startswith(CLOUD) for title in mine)
    assert enter(signed.people["liaison"]).get("/register/working.units").status_code == 404
    assert enter(signed.people["leader"]).get("/register/working.xlsx").status_code == 403


# ── back in ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_preview_tells_each_cell_from_and_to_and_nothing_is_written(
    signed: Cast, enter: Enter, tmp_path: Path
) -> None:
    client, before = enter(signed.people["liaison"]), signed.body()
    there = hand_in(client, saved(fill(out(client, tmp_path), AIRPORT, 责任人="王华", **{"计划资金（万元）": "1,200"})))
    page = client.get(there)
    (item,) = page.context["found"].items
    assert [(cell["column"], cell["before"], cell["after"]) for cell in item.cells] == [
        ("责任人", "", "王华"),
        ("计划资金（万元）", "", "1200"),
    ]
    assert signed.body() == before


def test_applied_it_is_whole_in_the_item_and_in_the_record_and_only_once(
    signed: Cast, enter: Enter, tmp_path: Path
) -> None:
    client = enter(signed.people["liaison"])
    there = hand_in(client, saved(fill(out(client, tmp_path), AIRPORT, 责任人="王华", 一季度="道面完工")))
    entries = LedgerEntry.objects.filter(action="matter.move").count()
    answer = client.post(f"{there}apply/")
    assert answer["Location"].startswith("/register/?report=")
    body = signed.body()
    assert (body.person, body.stages[0]) == ("王华", "道面完工")
    last = LedgerEntry.objects.filter(action="matter.move").order_by("-sequence").first()
    assert last is not None
    assert (last.person, last.subject) == (signed.people["liaison"], f"matter:{signed.matter}")
    assert LedgerEntry.objects.filter(action="matter.move").count() == entries + 1
    client.post(f"{there}apply/")
    assert LedgerEntry.objects.filter(action="matter.move").count() == entries + 1, "pressed twice, written once"
    assert client.get(there)["Location"].startswith("/register/?report=")


def test_who_was_moved_between_preview_and_apply_is_told_by_row_and_nothing_is_half_done(
    signed: Cast, enter: Enter, tmp_path: Path
) -> None:
    office = enter(signed.people["supervisor"])
    rows = fill(fill(out(office, tmp_path), AIRPORT, 备注="要快"), CLOUD, 备注="也要快")
    there = hand_in(office, saved(rows))
    assert len(office.get(there).context["found"].items) == 2
    signed.move("liaison", "fill_in", person="王华")
    entries = LedgerEntry.objects.count()
    answer = office.post(f"{there}apply/")
    assert answer.status_code == 409
    (told,) = answer.context["stood"]
    assert (told["code"], told["message"].startswith("第 ")) == ("T114", True)
    assert AIRPORT in told["message"]
    assert "交通局小路" in told["message"], "by whom"
    assert LedgerEntry.objects.count() == entries
    assert signed.body().remark == ""
    assert not Matter.objects.get(pk=signed.elsewhere).body.text.count("也要快")
    office.post(f"{there}again/")
    assert office.post(f"{there}apply/").status_code == 302, "compared anew, it goes"
    assert signed.body().remark == "要快"
    assert "也要快" in Matter.objects.get(pk=signed.elsewhere).body.text


def test_a_cell_changed_by_both_is_a_conflict_by_its_cell(signed: Cast, enter: Enter, tmp_path: Path) -> None:
    client = enter(signed.people["liaison"])
    rows = out(client, tmp_path)
    signed.move("liaison", "fill_in", person="李工")
    there = hand_in(client, saved(fill(rows, AIRPORT, 责任人="王华")))
    page = client.get(there)
    (told,) = page.context["problems"]
    assert told["code"] == "L020"
    assert "李工" in told["message"]
    assert client.post(f"{there}apply/")["Location"] == there
    assert signed.body().person == "李工"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"计划资金（万元）": "很多"}, "L010"),
        ({"自报%": "140"}, "L011"),
        ({"进展情况": "动工"}, "D002"),
        ({"原因类别": "天意"}, "L016"),
    ],
)
def test_one_wrong_cell_and_nothing_is_written(
    signed: Cast, enter: Enter, tmp_path: Path, cells: dict[str, str], code: str
) -> None:
    client = enter(signed.people["liaison"])
    there = hand_in(client, saved(fill(out(client, tmp_path), AIRPORT, 责任人="王华", **cells)))
    page = client.get(there)
    assert code in codes(client, there)
    assert "整份写入" not in page.content.decode()
    client.post(f"{there}apply/")
    assert signed.body().person == ""


def test_a_unit_writes_its_own_rows_only(signed: Cast, enter: Enter, tmp_path: Path) -> None:
    office, helper = enter(signed.people["supervisor"]), enter(signed.people["helper"])
    there = hand_in(helper, saved(fill(out(helper, tmp_path), AIRPORT, 责任人="章三")))
    assert codes(helper, there) == {"T110"}, "it helps with the item, but does not lead it"
    liaison = enter(signed.people["liaison"])
    there = hand_in(liaison, saved(fill(out(office, tmp_path), CLOUD, 责任人="王华")))
    page = liaison.get(there)
    assert {one["code"] for one in page.context["problems"]} == {"T111"}
    assert len(page.context["problems"]) == 4, "a problem by row"
    assert CLOUD not in page.content.decode(), "nothing of others' items is told"


def test_a_cell_that_is_for_the_other_side_is_left_alone_and_told(signed: Cast, enter: Enter, tmp_path: Path) -> None:
    client = enter(signed.people["liaison"])
    there = hand_in(client, saved(fill(out(client, tmp_path), AIRPORT, 责任人="王华", 备注="不归我填")))
    assert codes(client, there) == {"L009"}
    assert client.post(f"{there}apply/").status_code == 302
    assert (signed.body().person, signed.body().remark) == ("王华", "")


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"\x00\x01\x02\x03", "x.xlsx", "I041"),
        ("甲,乙\n1,2\n".encode(), "x.csv", "T113"),
        (
            saved([["编号", "目标任务", "灯号", "完成时限", "牵头单位", "备注"], ["i99", "没有", "", "", "", ""]]),
            "x.xlsx",
            "T113",
        ),
    ],
)
def test_what_is_no_register_of_this_site_says_so(
    signed: Cast, enter: Enter, content: bytes, name: str, code: str
) -> None:
    client = enter(signed.people["supervisor"])
    there = hand_in(client, content, name)
    assert codes(client, there) == {code}
    assert "整份写入" not in client.get(there).content.decode()


def test_the_report_may_be_named_where_the_rows_do_not_tell(signed: Cast, enter: Enter, tmp_path: Path) -> None:
    client = enter(signed.people["supervisor"])
    assert signed.report is not None
    there = hand_in(client, saved(out(client, tmp_path)), report=str(signed.report.pk))
    assert client.get(there).context["found"].report == signed.report.pk


def test_nothing_chosen_and_an_empty_file_are_told(signed: Cast, enter: Enter) -> None:
    client = enter(signed.people["supervisor"])
    assert client.post("/register/back/").status_code == 422
    answer = client.post("/register/back/", {"file": SimpleUploadedFile("空.xlsx", b"")})
    assert (answer.status_code, answer.context["problems"][0]["code"]) == (422, "I005")


def test_a_table_is_there_for_who_uploaded_it_alone(signed: Cast, enter: Enter, tmp_path: Path) -> None:
    client = enter(signed.people["liaison"])
    there = hand_in(client, saved(out(client, tmp_path)))
    for part in ("supervisor", "helper"):
        assert enter(signed.people[part]).get(there).status_code == 404
    key = there.split("/")[3]
    assert enter(signed.people["supervisor"]).get(f"/reports/new/{key}/").status_code == 404, "it is no report"
    assert client.get("/register/back/").context["waiting"][0].key == key
    client.post(f"{there}forget/")
    assert client.get(there).status_code == 404


def test_a_comparing_that_stopped_can_be_started_again(
    signed: Cast, enter: Enter, tmp_path: Path, settings: Any
) -> None:
    client = enter(signed.people["liaison"])
    content = saved(fill(out(client, tmp_path), AIRPORT, 责任人="王华"))
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    there = hand_in(client, content)
    one = upload(there.split("/")[3])
    assert one is not None
    page = client.get(there, headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 1s"' in page
    uploads._save(replace(one, beat=one.beat - QUIET - 1))
    assert "重新开始" in client.get(there).content.decode()
    client.post(f"{there}again/")
    assert not compare_returned.call(one.key, 1), "the first attempt is not wanted any more"
    assert compare_returned.call(one.key, 2)
    assert client.get(there, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert len(client.get(there).context["found"].items) == 1


def test_pages_ask_few_questions_of_the_database(
    signed: Cast, enter: Enter, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    client = enter(signed.people["supervisor"])
    there = hand_in(client, saved(fill(out(client, tmp_path), AIRPORT, 备注="要快")))
    for address in ("/register/back/", there, "/register/working.xlsx", "/register/working.units"):
        with django_assert_max_num_queries(30):
            assert client.get(address).status_code == 200
    with django_assert_max_num_queries(40):
        client.post(f"{there}apply/")
