"""Bringing a report in: read as a job, looked at, then all of it or nothing; once, whatever is pressed or killed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.http import UnreadablePostError
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from luoshi.examples import sample
from luoshi.store import reports, uploads
from luoshi.store.models import LedgerEntry, Matter, Report
from luoshi.store.uploads import QUIET, Found, Upload, alive, compared_in, finish, found_in, start_again, upload
from luoshi.web.reader import differing
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
def test_versions_are_compared_once_by_the_job_and_anew_when_one_changed(
    office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.post(f"/reports/new/{uploaded(office).key}/accept/")
    one = uploaded(office, data=SAMPLE.read_bytes().replace("500亿元".encode(), "400亿元".encode()))
    compared = compared_in(one)
    assert compared is not None
    made = differing.diff
    asked: list[int] = []
    monkeypatch.setattr(differing, "diff", lambda *given: asked.append(1) or made(*given))
    first, second = (office.get(f"/reports/new/{one.key}/") for _ in range(2))
    assert first.context["difference"]["changes"] == second.context["difference"]["changes"] != []
    assert asked == [], "a page that is looked at compares nothing"
    assert "重新对比" not in first.content.decode()
    office.post(f"/reports/new/{one.key}/again/")
    assert asked == [], "what is still so is not compared again"
    Report.objects.filter(pk=compared.report).update(revision=5)
    assert "重新对比" in office.get(f"/reports/new/{one.key}/").content.decode()
    office.post(f"/reports/new/{one.key}/again/")
    again = compared_in(now(one))
    assert asked == [1]
    assert again is not None
    assert again.revision == 5
    assert now(one).state == "read"
    assert "重新对比" not in office.get(f"/reports/new/{one.key}/").content.decode()


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


# ── half, twice, at once ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("left_out", [20, 400, 20_000])
def test_half_an_upload_is_no_report(office: Client, tmp_path: Path, left_out: int) -> None:
    body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("报告.txt", SAMPLE.read_bytes())})
    answer = office.generic("POST", "/reports/new/", body[:-left_out], content_type=MULTIPART_CONTENT)
    assert answer.status_code == 422
    assert list((tmp_path / "uploads").iterdir()) == []
    assert not LedgerEntry.objects.filter(action="report.upload").exists()


def test_who_goes_away_while_sending_leaves_nothing_behind(cast: Cast, tmp_path: Path) -> None:
    def sends() -> Iterator[bytes]:
        yield b"x" * 4096
        raise UnreadablePostError("gone")

    with pytest.raises(UnreadablePostError):
        uploads.keep_upload("报告.txt", sends(), cast.by("supervisor"))
    assert list((tmp_path / "uploads").iterdir()) == []


@pytest.mark.usefixtures("at_once")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("uploads_of_it", [1, 2])
def test_of_many_who_bring_the_same_in_at_once_one_does(lasting_cast: Cast, uploads_of_it: int) -> None:
    client = Client()
    client.force_login(lasting_cast.people["supervisor"])
    keys = [uploaded(client, name=f"{nth}.txt").key for nth in range(uploads_of_it)]

    def press(nth: int) -> int:
        try:
            return client.__class__().post(
                f"/reports/new/{keys[nth % uploads_of_it]}/accept/", headers={"cookie": cookie}
            ).status_code  # fmt: skip
        finally:
            connections.close_all()

    cookie = "; ".join(f"{one.key}={one.value}" for one in client.cookies.values())
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(press, range(4)))
    assert Report.objects.count() == 2, "the one of the cast, and this"
    assert LedgerEntry.objects.filter(action="report.import").count() == 2
    assert set(answers) <= {302, 409}
    assert 302 in answers


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("stage", ["_report", "_matters", "_bodies", "record"])
def test_an_import_that_breaks_off_leaves_the_old_state_and_can_be_done_again(
    office: Client, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    one = uploaded(office)
    office.raise_request_exception = False
    before = Report.objects.count(), Matter.objects.count(), LedgerEntry.objects.count()

    def break_off(*_: object, **__: object) -> None:
        raise OSError("no more")

    with monkeypatch.context() as broken:
        broken.setattr(reports, stage, break_off)
        assert office.post(f"/reports/new/{one.key}/accept/").status_code == 500
    assert (Report.objects.count(), Matter.objects.count(), LedgerEntry.objects.count()) == before
    assert now(one).state == "read"
    assert office.post(f"/reports/new/{one.key}/accept/").status_code == 302
    assert Report.objects.count() == before[0] + 1


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("place", ["accept/", "again/", "forget/"])
def test_a_forged_request_changes_nothing(cast: Cast, office: Client, place: str) -> None:
    one = uploaded(office)
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(cast.people["supervisor"])
    assert forger.post(f"/reports/new/{one.key}/{place}").status_code == 403
    assert forger.get(f"/reports/new/{one.key}/{place}").status_code == 405
    assert forger.post("/reports/new/", {"file": SimpleUploadedFile("x.txt", b"x")}).status_code == 403
    assert now(one) == one
    assert Report.objects.count() == 1


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
