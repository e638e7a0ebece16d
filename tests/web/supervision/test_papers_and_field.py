"""Papers for chosen items and for a period, the inspector's day with photos, and whoever comes second at a finding."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document as Word

from luoshi.store.dossiers import dossier_of
from luoshi.store.inspecting import find_fault, plan_visits, step_visit
from luoshi.store.models import EvidenceFile, Finding, LedgerEntry, Matter

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.store.models import Person, Visit

Enter = Callable[["Person"], Client]
LEAD, MOST = "区交通运输局", 30
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 200


@pytest.fixture(autouse=True)
def _at_once(settings: Any, tmp_path: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.LUOSHI_HOME = tmp_path


def page_of(client: Client, address: str) -> str:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert (answer.status_code, len(asked) <= MOST) == (200, True), address
    return answer.content.decode()


def words_of(content: bytes) -> str:
    made = Word(BytesIO(content))
    return "\n".join(line.text for line in made.paragraphs)


def chosen(cast: Cast) -> str:
    row = Matter.objects.get(pk=cast.matter)
    return f"{row.pk}-{row.revision}"


def visited(cast: Cast, day: date = date(2023, 5, 20)) -> Visit:
    (visit,) = plan_visits([(cast.units[LEAD], day, "松岗通用机场跑道延长")], cast.by("supervisor"))
    return visit


def held(cast: Cast) -> Visit:
    visit = visited(cast)
    step_visit(visit.pk, "held", cast.by("inspector"), expected=0, report="现场进度慢")
    return visit


# ── papers ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_papers_for_the_chosen_items_are_made_and_only_whoever_asked_fetches_them(running: Cast, enter: Enter) -> None:
    office = enter(running.people["supervisor"])
    desk = page_of(office, "/supervision/queues/late/")
    assert "催办通知书" in desk
    answer = office.post("/supervision/made/ask/", {"paper": "chaser", "form": "docx", "chosen": [chosen(running)]})
    assert (answer.status_code, answer["Location"]) == (302, "/supervision/made/")
    page = page_of(office, "/supervision/made/")
    assert "催办通知书" in page
    address = page.split('href="/supervision/made/')[1].split('"')[0]
    got = office.get(f"/supervision/made/{address}")
    with ZipFile(BytesIO(b"".join(got.streaming_content))) as archive:
        (name,) = archive.namelist()
        assert "松岗通用机场" in words_of(archive.read(name))
    assert enter(running.people["director"]).get(f"/supervision/made/{address}").status_code == 404
    assert LedgerEntry.objects.filter(action="papers.ask").count() == 1


def test_nothing_chosen_an_unknown_paper_and_an_item_that_is_none_make_nothing(running: Cast, enter: Enter) -> None:
    office = enter(running.people["supervisor"])
    asked = {"paper": "chaser", "form": "docx", "chosen": [chosen(running)]}
    assert "先选中" in office.post("/supervision/made/ask/", {**asked, "chosen": []}, follow=True).content.decode()
    for wrong in ({"paper": "bulletin"}, {"form": "exe"}, {"chosen": ["987654321-0"]}, {"chosen": ["x"]}):
        assert office.post("/supervision/made/ask/", {**asked, **wrong}).status_code == 404
    assert "还没有要过文书" in page_of(office, "/supervision/made/")
    assert enter(running.people["liaison"]).post("/supervision/made/ask/", asked).status_code == 403


def test_a_notice_of_a_period_counts_the_acts_of_the_period(running: Cast, enter: Enter) -> None:
    day = f"{timezone.localdate():%Y-%m-%d}"
    running_ = enter(running.people["supervisor"])
    told = running_.get("/supervision/papers/bulletin/?form=docx&since=2023-05-01&until=2023-05-20")
    words = words_of(told.content)
    assert "2023年5月1日至2023年5月20日，台账记下：反馈进展1次" in words
    early = running_.get("/supervision/papers/bulletin/?form=docx&since=2023-01-01&until=2023-01-31")
    assert "2023年1月1日至2023年1月31日，台账里没有办理记录" in words_of(early.content)
    plain = words_of(running_.get("/supervision/papers/bulletin/?form=docx").content)
    assert "台账记下" not in plain
    pdf = running_.get(f"/supervision/papers/bulletin/?form=pdf&since=2023-05-01&until={day}")
    assert pdf.content.startswith(b"%PDF")


def test_the_dossier_of_a_day_gone_by_has_the_items_as_they_stood(running: Cast) -> None:
    assert running.report is not None
    tomorrow, yesterday = timezone.localdate(), date(2020, 1, 1)
    now = next(one for one in dossier_of(running.report, tomorrow).matters if one.id == running.body().id)
    then = next(one for one in dossier_of(running.report, yesterday, past=True).matters if one.id == now.id)
    assert (now.state, then.state, then.revision) == ("running", "extracted", 0)


def test_the_notice_names_what_is_not_green_without_a_cause(running: Cast, enter: Enter) -> None:
    office = enter(running.people["supervisor"])
    assert 'id="uncaused"' not in page_of(office, "/supervision/notice/")
    body = running.body().model_copy(update={"cause": None})
    row = Matter.objects.select_related("body").get(pk=running.matter)
    row.body.text = body.model_dump_json()
    row.body.save()
    page = page_of(office, "/supervision/notice/")
    assert "完成松岗通用机场跑道延长工程" in page.split('id="uncaused"')[1].split("</section>")[0]


def test_the_slips_come_as_a_file(running: Cast, enter: Enter) -> None:
    got = enter(running.people["supervisor"]).get("/supervision/slips/export.csv")
    rows = list(csv.reader(StringIO(got.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["情况", "颜色", "事项"]
    assert any("松岗通用机场" in row[2] and row[0] == "该发" for row in rows[1:])


# ── the inspector ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_inspector_begins_with_the_visits_of_the_day_under_the_cap(running: Cast, enter: Enter) -> None:
    visit = visited(running)
    client = enter(running.people["inspector"])
    answer = client.get("/supervision/")
    assert (answer.status_code, answer["Location"]) == (302, "/supervision/today/")
    page = page_of(client, "/supervision/today/")
    for said in (LEAD, f"/supervision/inspections/{visit.pk}/", "1 / 10", "733", "在手机上怎么记"):
        assert said in page, said
    assert "/supervision/notice/" not in page, "no tab that the inspector may not open"
    assert client.get("/supervision/papers/").status_code == 403


def test_a_photo_of_a_finding_is_kept_as_evidence_with_its_hash(running: Cast, enter: Enter) -> None:
    visit, client = held(running), enter(running.people["inspector"])
    given = {"text": "围挡缺失", "demand": "三日内补齐", "due": "2023-05-30", "matter": str(running.matter)}
    photo = SimpleUploadedFile("现场.jpg", JPEG)
    assert client.post(f"/supervision/inspections/{visit.pk}/findings/", {**given, "photo": photo}).status_code == 302
    file = EvidenceFile.objects.get()
    assert (file.evidence, file.digest) == (f"finding-{Finding.objects.get().pk}", sha256(JPEG).hexdigest())
    page = page_of(client, f"/supervision/inspections/{visit.pk}/")
    assert sha256(JPEG).hexdigest() in page
    assert enter(running.people["outsider"]).get(f"/items/files/{file.pk}/").status_code == 404


def test_a_photo_without_an_item_or_that_is_none_comes_back_and_leaves_nothing(running: Cast, enter: Enter) -> None:
    visit, client = held(running), enter(running.people["inspector"])
    given = {"text": "围挡缺失", "demand": "三日内补齐", "due": "2023-05-30"}
    place = f"/supervision/inspections/{visit.pk}/findings/"
    alone = client.post(place, {**given, "photo": SimpleUploadedFile("a.jpg", JPEG)})
    assert alone.status_code == 422
    assert "照片要挂在事项上" in alone.content.decode()
    text = SimpleUploadedFile("a.jpg", b"hello")
    odd = client.post(place, {**given, "matter": str(running.matter), "photo": text})
    assert odd.status_code == 422
    assert not EvidenceFile.objects.exists()
    assert not Finding.objects.exists()


def test_whoever_comes_second_at_a_finding_reads_who_was_first_and_keeps_the_words(running: Cast, enter: Enter) -> None:
    one = find_fault(held(running), "台账不符", "补齐", date(2023, 5, 30), running.by("inspector"))
    first, second = enter(running.people["head"]), enter(running.people["liaison"])
    first.post(f"/supervision/findings/{one.pk}/steps/answered/", {"expected": "0", "words": "已补三份"})
    answer = second.post(f"/supervision/findings/{one.pk}/steps/answered/", {"expected": "0", "words": "我来答复"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "交通局局长" in page
    assert "已补三份" in page
    one.refresh_from_db()
    assert one.answer == "已补三份"


def test_the_office_that_comes_second_still_has_what_it_wrote(running: Cast, enter: Enter) -> None:
    one = find_fault(held(running), "台账不符", "补齐", date(2023, 5, 30), running.by("inspector"))
    enter(running.people["head"]).post(
        f"/supervision/findings/{one.pk}/steps/answered/", {"expected": "0", "words": "补了"}
    )
    office = enter(running.people["supervisor"])
    answer = office.post(f"/supervision/findings/{one.pk}/steps/returned/", {"expected": "0", "words": "少了两份照片"})
    assert answer.status_code == 409
    assert "少了两份照片" in answer.content.decode()


def test_the_look_back_says_when_each_is_due(running: Cast, enter: Enter) -> None:
    row = Matter.objects.select_related("body").get(pk=running.matter)
    row.body.text = (
        running.body().model_copy(update={"state": "closed", "closed_on": date(2023, 5, 1)}).model_dump_json()
    )
    row.body.save()
    Matter.objects.filter(pk=row.pk).update(state="closed")
    office = enter(running.people["supervisor"])
    assert "2023-08-01" in page_of(office, "/supervision/lookback/")
    row.body.text = running.body().model_copy(update={"closed_on": date(2022, 12, 1)}).model_dump_json()
    row.body.save()
    rows = list(csv.reader(StringIO(office.get("/supervision/lookback/export.csv").content.decode("utf-8-sig"))))
    assert rows[1][4:6] == ["2022-12-01", "2023-12-01"]
