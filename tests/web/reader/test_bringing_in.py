"""Bringing a report in: read as a job, looked at, then all of it or nothing; once, whatever is pressed or killed."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luoshi.examples import sample
from luoshi.store import uploads
from luoshi.store.models import LedgerEntry, Matter, Report
from luoshi.store.uploads import QUIET, Found, Upload, alive, finish, found_in, start_again, upload
from luoshi.web.reader.job import read_upload

if TYPE_CHECKING:
    from casting import Cast

SAMPLE = sample("songgang-2021")


def sent(client: Client, name: str = "报告.txt", data: bytes | None = None) -> Any:
    return client.post(
        "/reports/new/", {"file": SimpleUploadedFile(name, SAMPLE.read_bytes() if data is None else data)}
    )


def uploaded(client: Client, **given: Any) -> Upload:
    answer = sent(client, **given)
    assert answer.status_code == 302
    found = upload(answer["Location"].split("/")[3])
    assert found is not None
    return found


def now(one: Upload) -> Upload:
    found = upload(one.key)
    assert found is not None
    return found


@pytest.mark.usefixtures("at_once")
def test_a_report_is_read_looked_at_and_brought_in(office: Client) -> None:
    one = uploaded(office)
    assert one.state == "read"
    assert Report.objects.count() == 1
    page = office.get(f"/reports/new/{one.key}/")
    words = page.content.decode()
    assert "还没有收进来" in words
    assert [card.item.title for card in page.context["cards"]]
    assert page.context["counts"]["dated"] > 0
    assert {row["name"] for row in page.context["units"] if not row["known"]}, (
        "units that the site does not have are told"
    )
    assert "有的单位本站没有" in words
    answer = office.post(f"/reports/new/{one.key}/accept/")
    made = Report.objects.get(title=page.context["facts"].title, year=page.context["facts"].year)
    assert answer["Location"] == f"/reports/{made.pk}/"
    assert Matter.objects.filter(report=made).count() == len(page.context["cards"]) == made.items
    assert made.file_name == "报告.txt"


@pytest.mark.usefixtures("at_once")
def test_pressed_twice_it_is_brought_in_once(office: Client) -> None:
    one = uploaded(office)
    first, second = (office.post(f"/reports/new/{one.key}/accept/")["Location"] for _ in range(2))
    assert first == second
    assert office.get(f"/reports/new/{one.key}/")["Location"] == first
    assert LedgerEntry.objects.filter(action="report.import").count() == 2


@pytest.mark.usefixtures("at_once")
def test_the_same_file_again_is_refused_with_where_it_is(office: Client) -> None:
    office.post(f"/reports/new/{uploaded(office).key}/accept/")
    again = uploaded(office, name="同一份.txt")
    page = office.get(f"/reports/new/{again.key}/")
    assert page.context["known"] is not None
    answer = office.post(f"/reports/new/{again.key}/accept/")
    assert answer.status_code == 409
    assert [row["code"] for row in answer.context["refused"]] == ["T014"]
    assert Report.objects.count() == 2


@pytest.mark.usefixtures("at_once")
def test_another_version_says_what_is_different(office: Client) -> None:
    office.post(f"/reports/new/{uploaded(office).key}/accept/")
    text = SAMPLE.read_text(encoding="utf-8").replace("航空产业规模突破500亿元", "航空产业规模突破400亿元")
    one = uploaded(office, data=text.encode())
    page = office.get(f"/reports/new/{one.key}/")
    difference = page.context["difference"]
    assert page.context["earlier"].pk == Report.objects.latest("pk").pk
    assert set(dict(difference["counts"])) == {"说软了"}
    assert difference["same"] > 100


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("空.txt", b"", "I005"),
        ("图.docx", b"\x89PNG\r\n\x1a\n" + b"0" * 64, "I011"),
        ("怪.pdf", b"%PDF-1.7 nothing", ""),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(office: Client, name: str, data: bytes, code: str) -> None:
    answer = sent(office, name, data)
    if answer.status_code == 302:
        page = office.get(answer["Location"])
        told = page.context["refused"]
    else:
        assert answer.status_code == 422
        told = answer.context["problems"]
    assert told
    assert all(row["advice"] and row["why"] for row in told)
    assert code in {row["code"] for row in told} | {""}
    assert Report.objects.count() == 1


def test_without_a_file_the_form_says_so(office: Client) -> None:
    answer = office.post("/reports/new/", {})
    assert answer.status_code == 422
    assert "id_file" in answer.content.decode()


def test_a_file_that_is_too_large_is_not_kept(office: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 1000)
    answer = sent(office)
    assert answer.status_code == 422
    assert [row["code"] for row in answer.context["problems"]] == ["I006"]
    assert list((tmp_path / "uploads").iterdir()) == []


# ── while it is read ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_while_it_waits_the_page_asks_again_and_then_loads_anew(office: Client) -> None:
    one = uploaded(office)
    assert one.state == "waiting"
    there = f"/reports/new/{one.key}/"
    part = office.get(there, headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    assert b'hx-trigger="every 1s"' in part.content
    alive(one.key, 1, 3, 12)
    assert "3 / 12" in office.get(there, headers={"HX-Request": "true"}).content.decode()
    assert office.post(f"{there}accept/")["Location"] == there
    assert Report.objects.count() == 1
    assert read_upload.call(one.key, 1)
    assert office.get(there, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_a_reading_that_was_killed_can_be_started_again_and_only_the_new_one_counts(office: Client) -> None:
    one = uploaded(office)
    alive(one.key, 1)
    there = f"/reports/new/{one.key}/"
    assert office.post(f"{there}again/").status_code == 302
    assert now(one).attempt == 1, "one that shows signs of life is left alone"
    uploads._save(replace(now(one), beat=time.time() - QUIET - 1))
    assert "重新开始" in office.get(there).content.decode()
    office.post(f"{there}again/")
    assert now(one).attempt == 2
    assert not read_upload.call(one.key, 1), "the first attempt is not wanted any more"
    assert not finish(one.key, 1, Found("", None, ()))
    assert now(one).state == "waiting"
    assert read_upload.call(one.key, 2)
    assert now(one).state == "read"
    assert found_in(now(one)).plan is not None


def test_a_sign_of_life_after_the_end_changes_nothing(office: Client) -> None:
    one = uploaded(office)
    read_upload.call(one.key, 1)
    assert not alive(one.key, 1, 1, 2)
    assert now(one).state == "read"
    assert not read_upload.call(one.key, 1), "read once is enough"


def test_what_was_thrown_away_is_gone(office: Client) -> None:
    one = uploaded(office)
    assert office.post(f"/reports/new/{one.key}/forget/")["Location"] == "/reports/new/"
    assert upload(one.key) is None
    assert office.get(f"/reports/new/{one.key}/").status_code == 404
    assert not read_upload.call(one.key, 1)


def test_an_upload_is_there_for_who_uploaded_it_alone(office: Client, cast: Cast) -> None:
    one = uploaded(office)
    other = Client()
    other.force_login(cast.people["director"])
    assert other.get(f"/reports/new/{one.key}/").status_code == 404
    assert other.post(f"/reports/new/{one.key}/accept/").status_code == 404
    assert one.name in office.get("/reports/new/").content.decode()
    assert one.name not in other.get("/reports/new/").content.decode()


def test_uploads_of_last_week_are_cleared_away(office: Client, tmp_path: Path) -> None:
    import os

    one = uploaded(office)
    old = time.time() - uploads.KEPT - 10
    os.utime(tmp_path / "uploads" / one.key, (old, old))
    uploaded(office)
    assert upload(one.key) is None


@pytest.mark.parametrize("key", ["..", "0" * 31, "g" * 32, "../../etc/passwd", ""])
def test_a_key_is_never_a_path(key: str) -> None:
    assert upload(key) is None


def test_a_name_is_only_shown(office: Client, tmp_path: Path) -> None:
    one = uploaded(office, name="..\\..\\<b>报告</b>.txt")
    assert "<" not in one.name
    assert one.file.parent == tmp_path / "uploads" / one.key
    assert start_again(one).attempt == 2
