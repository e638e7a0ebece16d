"""Publishing through the pages: what goes out, what never does, all of it or nothing, and who reads it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from django.test import Client

from luoshi.store import publishing
from luoshi.store.choosing import setting
from luoshi.store.dossiers import OFFICE
from luoshi.store.models import LedgerEntry, Matter, Report
from luoshi.store.moving import move_matter
from luoshi.store.verifying import verify
from luoshi.supervise import Event
from luoshi.web.public.job import publish_report

if TYPE_CHECKING:
    from casting import Cast


def signed_in(cast: Cast, part: str = "director") -> Client:
    client = Client()
    client.force_login(cast.people[part])
    return client


def body(answer: Any) -> bytes:
    content: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content


def read(path: str) -> Any:
    return Client().get(path)


def with_words(cast: Cast, matter: int, words: str) -> None:
    """The matter is proposed, for a reason that is nobody else's affair."""
    row = Matter.objects.get(pk=matter)
    by = cast.by("supervisor")
    event = Event.model_validate({"move": "propose", "by": by.actor(), "expected": row.revision, "reason": words})
    assert not move_matter(matter, event, date(2023, 3, 1), by).problems


def publish(cast: Cast, report: int) -> Client:
    office = signed_in(cast)
    assert office.post(f"/publishing/{report}/publish/").status_code == 302
    return office


def test_published_pages_are_read_by_everybody_and_the_record_says_by_whom(cast: Cast, report: int) -> None:
    assert read(f"/public/{report}/").status_code == 404
    office = publish(cast, report)
    found = read(f"/public/{report}/")
    assert found.status_code == 200
    assert found["Content-Type"] == "text/html; charset=utf-8"
    assert found["X-Content-Type-Options"] == "nosniff"
    assert b"Content-Security-Policy" in body(found)
    assert body(read(f"/public/{report}/index.html")) == body(read(f"/public/{report}/"))
    entry = LedgerEntry.objects.latest("sequence")
    assert (entry.action, entry.subject, entry.person) == (
        "report.publish",
        f"report:{report}",
        cast.people["director"],
    )
    assert "主任老程" in office.get("/publishing/").content.decode()
    assert verify().problems == ()


def test_nothing_that_is_secret_or_internal_goes_out(cast: Cast, report: int) -> None:
    with_words(cast, cast.matter, "写在公开事项里的内部理由")
    with_words(cast, cast.elsewhere, "写在秘密事项里的理由")
    publish(cast, report)
    folder = publishing.published_folder(report)
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with ZipFile(folder / "data/tables.xlsx") as book:
        files |= {name: book.read(name) for name in book.namelist()}
    assert len([name for name in files if name.startswith("item/")]) == 1, "the public item, and no other, has a page"
    assert len(files["data/items.csv"].splitlines()) == 2
    for words in ("写在公开事项里的内部理由", "写在秘密事项里的理由"):
        assert [name for name, data in files.items() if words.encode() in data] == []


def test_the_page_tells_what_stays_inside(cast: Cast, report: int) -> None:
    shown = signed_in(cast).get(f"/publishing/{report}/").content.decode()
    assert "O004" in shown
    assert "没有公开" in shown
    assert "发布</button>" in shown


def test_a_report_that_is_not_public_is_not_published_and_what_was_out_cannot_be_read(cast: Cast, report: int) -> None:
    office = publish(cast, report)
    assert office.post(f"/publishing/{report}/label/", {"label": "internal"}).status_code == 302
    assert read(f"/public/{report}/").status_code == 404
    told = office.post(f"/publishing/{report}/publish/", follow=True).content.decode()
    assert "报告没有标为公开" in told
    assert signed_in(cast, "supervisor").post(f"/publishing/{report}/label/", {"label": "public"}).status_code == 403
    assert office.post(f"/publishing/{report}/label/", {"label": "open"}).status_code == 400


def test_a_label_lost_while_the_work_goes_on_keeps_it_inside(cast: Cast, report: int) -> None:
    work = publishing.begin(report)
    Report.objects.filter(pk=report).update(label="secret")
    publish_report.call(report, work.attempt, cast.people["director"].pk, "2023-03-01")
    assert publishing.work_on(report).state == "failed"
    assert not publishing.published_folder(report).exists()


def test_taken_back_it_is_gone_and_recorded(cast: Cast, report: int, home: Path) -> None:
    office = publish(cast, report)
    assert "已撤下" in office.post(f"/publishing/{report}/unpublish/", follow=True).content.decode()
    assert read(f"/public/{report}/").status_code == 404
    assert list((home / "public").iterdir()) == []
    assert LedgerEntry.objects.latest("sequence").action == "report.unpublish"


def test_a_failure_leaves_what_was_public_as_it_was(
    cast: Cast, report: int, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = publish(cast, report)
    before = body(read(f"/public/{report}/"))
    count = LedgerEntry.objects.count()

    def full(*_: Any) -> None:
        raise OSError(28, "disk is full")

    for name in ("put", "_exchange"):
        with monkeypatch.context() as here:
            here.setattr(publishing, name, full)
            office.post(f"/publishing/{report}/publish/")
        assert "disk is full" in office.get(f"/publishing/{report}/").content.decode()
        assert body(read(f"/public/{report}/")) == before
        assert LedgerEntry.objects.count() == count
    assert [one.name for one in (home / "public").iterdir()] == [str(report)], "nothing half done lies about"


def test_published_again_only_the_new_files_are_there(cast: Cast, report: int) -> None:
    publish(cast, report)
    (publishing.published_folder(report) / "old.html").write_text("old")
    publish(cast, report)
    assert read(f"/public/{report}/old.html").status_code == 404
    assert read(f"/public/{report}/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "data/../../secret.txt", "..\\secret.txt",
        "%00", "/etc/passwd", "//etc/passwd", ".hidden", "link.txt", "nothing.html", "data/../../../publishing/1.json",
    ],
)  # fmt: skip
def test_nothing_outside_the_folder_is_read(cast: Cast, report: int, home: Path, path: str) -> None:
    publish(cast, report)
    (home / "public" / "secret.txt").write_text("secret")
    folder = publishing.published_folder(report)
    (folder / ".hidden").write_text("secret")
    (folder / "link.txt").symlink_to(home / "public" / "secret.txt")
    assert read(f"/public/{report}/{path}").status_code == 404


def test_files_have_their_kinds_and_are_only_read(cast: Cast, report: int) -> None:
    publish(cast, report)
    folder = publishing.published_folder(report)
    kinds = {".css": "text/css", ".js": "text/javascript", ".csv": "text/csv", ".svg": "image/svg+xml"}
    for ending, kind in kinds.items():
        name = next(path.relative_to(folder).as_posix() for path in folder.rglob(f"*{ending}"))
        assert read(f"/public/{report}/{name}")["Content-Type"].startswith(kind)
    assert Client().post(f"/public/{report}/index.html").status_code == 405


def test_while_it_is_at_work_a_second_press_does_nothing_and_progress_is_told(cast: Cast, report: int) -> None:
    work, office = publishing.begin(report), signed_in(cast)
    assert publishing.going(report, work.attempt, 40)
    office.post(f"/publishing/{report}/publish/")
    assert publishing.work_on(report).attempt == work.attempt
    told = office.get(f"/publishing/{report}/progress/", headers={"HX-Request": "true"})
    assert "40 个文件" in told.content.decode()
    publishing.failed(report, work.attempt, ["不行"])
    assert "HX-Refresh" in office.get(f"/publishing/{report}/progress/", headers={"HX-Request": "true"}).headers
    assert not publishing.going(report, work.attempt)


def typed(**given: str) -> dict[str, str]:
    return {"seen": "", "site": "https://open.example.cn/", "issuer": '督查"室"', **given}


def test_the_names_of_the_office_are_kept_recorded_and_used(cast: Cast) -> None:
    office = signed_in(cast)
    assert office.post("/publishing/office/", typed()).status_code == 302
    assert 'issuer = "督查\\"室\\""' in setting(OFFICE)
    assert LedgerEntry.objects.latest("sequence").subject == "setting:office"
    assert "https://open.example.cn/" in office.get("/publishing/").content.decode()


def test_rules_of_openness_stay_and_a_change_in_between_is_told(cast: Cast) -> None:
    rules = 'phone = "1"\n\n[openness]\nreading = "public"\n'
    assert publishing.keep_office(rules, "", cast.by("director")) == ()
    office = signed_in(cast)
    late = office.post("/publishing/office/", typed())
    assert late.status_code == 422
    assert "别人刚改过" in late.content.decode()
    assert "open.example.cn" in late.content.decode(), "what was typed stays"
    assert office.post("/publishing/office/", typed(seen=rules.replace("\n", "\r\n"))).status_code == 302
    assert 'reading = "public"' in setting(OFFICE)


@pytest.mark.parametrize(
    ("given", "status"),
    [(typed(site="no address"), 422), (typed(seen="not toml"), 400), (typed(seen='[openness]\nmatter = "all"\n'), 422)],
)
def test_what_is_no_file_of_the_office_is_refused(cast: Cast, given: dict[str, str], status: int) -> None:
    assert signed_in(cast).post("/publishing/office/", given).status_code == status
    assert setting(OFFICE) == ""


def test_few_queries(cast: Cast, report: int, django_assert_max_num_queries: Any) -> None:
    office = publish(cast, report)
    for path in ("/publishing/", f"/publishing/{report}/"):
        with django_assert_max_num_queries(30):
            assert office.get(path).status_code == 200
