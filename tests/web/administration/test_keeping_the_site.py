"""Copies, messages that failed, the doctor: what keeps a site going, on pages."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from luoshi.store import backing
from luoshi.store.models import LedgerEntry, Message

if TYPE_CHECKING:
    from casting import Cast
    from django.test import Client

COPIES = "/administration/backups/"
FAILED = "/administration/failed/"


def one_copy(client: Client) -> backing.Kept:
    assert client.post(f"{COPIES}new/").status_code == 302
    return backing.copies()[0]


def test_a_copy_is_made_verified_and_taken_away(admin: Client, at_once: None, tmp_path: Path) -> None:
    del at_once
    made = one_copy(admin)
    assert made.verified is None
    assert "备份好了" in admin.get(COPIES).content.decode()
    admin.post(f"{COPIES}{made.name}/verify/")
    verified = backing.copies()[0].verified
    assert verified is not None
    assert (verified.fault, verified.sequence > 0) == ("", True)
    assert "核验过，完好" in admin.get(COPIES).content.decode()
    taken = b"".join(admin.get(f"{COPIES}{made.name}/file/").streaming_content)  # type: ignore[attr-defined]
    assert taken == (tmp_path / "backups" / made.name).read_bytes()
    acts = set(LedgerEntry.objects.filter(subject=f"backup:{made.name}").values_list("action", flat=True))
    assert acts == {"backup.make", "backup.verify", "backup.fetch"}


def test_a_copy_that_was_changed_is_found_broken(admin: Client, at_once: None, tmp_path: Path) -> None:
    del at_once
    made = one_copy(admin)
    file = tmp_path / "backups" / made.name
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    file.write_bytes(bytes(whole))
    admin.post(f"{COPIES}{made.name}/verify/")
    page = admin.get(COPIES).content.decode()
    assert "坏了" in page
    assert "这一份不能用来恢复" in page
    assert LedgerEntry.objects.filter(action="backup.broken").count() == 1
    assert backing.work() is not None


def test_what_verifying_found_is_not_said_of_another_file_of_that_name(
    admin: Client, at_once: None, tmp_path: Path
) -> None:
    del at_once
    made = one_copy(admin)
    admin.post(f"{COPIES}{made.name}/verify/")
    file = tmp_path / "backups" / made.name
    import os

    os.utime(file, (time.time() + 60, time.time() + 60))
    assert backing.copies()[0].verified is None
    assert file.exists()


def test_one_job_at_a_time_and_a_stopped_one_is_started_again(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = backing.begin("make", "a.zip")
    assert begun is not None
    assert backing.begin("make", "b.zip") is None
    page = admin.get(COPIES, headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 1s"' in page
    monkeypatch.setattr(backing, "QUIET", -1)
    assert "做到一半停了" in admin.get(COPIES).content.decode()
    assert backing.begin("make", "b.zip") is not None
    assert admin.get(COPIES, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_a_job_that_is_not_the_one_of_now_does_nothing(cast: Cast) -> None:
    old = backing.begin("make", "a.zip")
    assert old is not None
    assert not backing.do("0" * 32, cast.by("system_admin"))
    assert backing.copies() == []


def test_a_disk_that_takes_nothing_is_said(admin: Client, at_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    del at_once

    def full(*_given: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backing, "back_up", full)
    admin.post(f"{COPIES}new/")
    assert "No space left on device" in admin.get(COPIES).content.decode()
    assert backing.copies() == []


@pytest.mark.parametrize("name", ["none.zip", ".work.json", "..zip", "x.txt"])
def test_only_copies_are_taken_away(admin: Client, name: str) -> None:
    backing.begin("make", "a.zip")
    assert admin.get(f"{COPIES}{name}/file/").status_code == 404
    assert admin.post(f"{COPIES}{name}/verify/").status_code == 404


def failed(cast: Cast, key: str) -> Message:
    return Message.objects.create(
        key=key, person=cast.people["liaison"], addressee="address:1", document="digest", title="t", text="不给看的",
        day="2023-03-01", state="failed", tries=5, fault="连不上邮件服务器",
    )  # fmt: skip


def test_messages_that_failed_are_tried_again_or_put_aside(cast: Cast, admin: Client) -> None:
    one, other, third = (failed(cast, key) for key in "abc")
    page = admin.get(FAILED).content.decode()
    assert "连不上邮件服务器" in page
    assert "不给看的" not in page
    admin.post(f"{FAILED}settle/", {"do": "again", "chosen": [one.pk]})
    admin.post(f"{FAILED}settle/", {"do": "discard", "chosen": [other.pk, "x"]})
    states = {row.pk: (row.state, row.tries) for row in Message.objects.all()}
    assert states == {one.pk: ("waiting", 0), other.pk: ("skipped", 5), third.pk: ("failed", 5)}
    one.refresh_from_db()
    assert one.next_try is not None
    assert one.next_try <= timezone.now()
    assert {"message.again", "message.discard"} <= set(LedgerEntry.objects.values_list("action", flat=True))
    assert "交通局小路" in admin.get(FAILED, {"as": "csv"}).content.decode("utf-8-sig")


def test_nothing_chosen_changes_nothing(cast: Cast, admin: Client) -> None:
    one = failed(cast, "a")
    admin.post(f"{FAILED}settle/", {"do": "discard"})
    one.refresh_from_db()
    assert one.state == "failed"


def test_the_doctor_says_what_the_command_says(admin: Client, tmp_path: Path) -> None:
    from luoshi.store.doctor import examine

    page = admin.get("/administration/doctor/")
    assert {(one.what, one.seen) for one in page.context["signs"]} >= {
        (one.what, one.seen) for one in examine() if "free" not in one.what
    }
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "stray").write_text("x")
    page = admin.get("/administration/doctor/")
    assert page.context["bad"] >= 1
    assert not page.context["signs"][0].well, "what is not well comes first"
