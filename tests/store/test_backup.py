"""A copy holds everything; what is restored equals it by seal; a damaged copy is refused before a word is written."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import connection

from luoshi.problems import Unreadable
from luoshi.store import ledger
from luoshi.store.backup import back_up, restore
from luoshi.store.evidence import keep_evidence, path_of
from luoshi.store.finding import Wanted, all_matters, find
from luoshi.store.models import EvidenceFile, LedgerEntry, Matter, Person
from luoshi.store.verifying import verify

if TYPE_CHECKING:
    from casting import Cast
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def copy(lasting_cast: Cast, tmp_path: Path, settings: SettingsWrapper) -> Path:
    """A copy of the cast's district, with a moved matter and a piece of evidence; then the database is emptied."""
    settings.LUOSHI_HOME = tmp_path / "home"
    lasting_cast.assigned()
    row = Matter.objects.get(pk=lasting_cast.matter)
    keep_evidence(row, "照片.png", [b"\x89PNG\r\n\x1a\n", b"x" * 100], "e1", lasting_cast.by("liaison"))
    back_up(tmp_path / "copy.zip")
    return tmp_path / "copy.zip"


def emptied() -> None:
    call_command("flush", verbosity=0, interactive=False)


def everything() -> list[dict[str, object]]:
    return [
        *Matter.objects.order_by("pk").values(),
        *LedgerEntry.objects.order_by("pk").values(),
        *Person.objects.values(),
    ]


def test_what_is_restored_equals_the_original_by_seal_and_by_row(copy: Path, settings: SettingsWrapper) -> None:
    head, rows = ledger.head(), everything()
    emptied()
    settings.LUOSHI_HOME = copy.parent / "elsewhere"
    found = restore(copy)
    assert (found.sequence, found.seal) == ledger.head() == head
    assert everything() == rows
    assert verify().problems == ()
    assert path_of(EvidenceFile.objects.get()).read_bytes().startswith(b"\x89PNG")


def test_work_goes_on_after_restoring(copy: Path, lasting_cast: Cast) -> None:
    """New rows get numbers of their own, and words are found again."""
    emptied()
    restore(copy)
    assert lasting_cast.move("liaison", "sign").entry is not None
    assert Person.objects.create_user("new", name="新人").pk > max(one.pk for one in lasting_cast.people.values())
    assert find(all_matters(), Wanted(words="跑道")).count() == 1


def test_a_copy_does_not_overwrite_what_is_there(copy: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        restore(copy)
    assert [one.code for one in refused.value.problems] == ["T032"]


def test_a_copy_of_another_version_is_refused(copy: Path) -> None:
    emptied()
    rewrite(copy, lambda manifest: manifest["migrations"].append("store.9999_later"))
    with pytest.raises(Unreadable) as refused:
        restore(copy)
    assert [one.code for one in refused.value.problems] == ["T033"]


def rewrite(copy: Path, change: object) -> None:
    """The same copy with a changed manifest, and that manifest's own digest."""
    import hashlib

    with zipfile.ZipFile(copy) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(parts["manifest.json"])
    change(manifest)  # type: ignore[operator]
    parts["manifest.json"] = json.dumps(manifest).encode()
    parts["manifest.sha256"] = hashlib.sha256(parts["manifest.json"]).hexdigest().encode()
    with zipfile.ZipFile(copy, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.mark.parametrize("damage", ["cut", "bit", "row", "text", "empty", "no manifest"])
def test_a_damaged_copy_is_refused_and_nothing_is_written(copy: Path, damage: str) -> None:
    emptied()
    content = bytearray(copy.read_bytes())
    match damage:
        case "cut":
            copy.write_bytes(content[: len(content) // 2])
        case "bit":
            content[len(content) // 3] ^= 1
            copy.write_bytes(content)
        case "row":
            change_part(
                copy, "tables/store.Person.jsonl", lambda old: old.replace("督查室小督".encode(), "别人".encode())
            )
        case "text":
            copy.write_text("不是备份", encoding="utf-8")
        case "empty":
            copy.write_bytes(b"")
        case _:
            change_part(copy, "manifest.json", lambda _: b"{}")
    with pytest.raises(Unreadable) as refused:
        restore(copy)
    assert [one.code for one in refused.value.problems] == ["T031"]
    assert (Person.objects.count(), LedgerEntry.objects.count(), Matter.objects.count()) == (0, 0, 0)


def change_part(copy: Path, name: str, change: object) -> None:
    with zipfile.ZipFile(copy) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    parts[name] = change(parts[name])  # type: ignore[operator]
    with zipfile.ZipFile(copy, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


def test_a_copy_whose_record_was_tampered_with_is_not_restored(lasting_cast: Cast, tmp_path: Path) -> None:
    assert lasting_cast
    LedgerEntry.objects.filter(sequence=4).update(actor="别人")
    back_up(tmp_path / "copy.zip")
    emptied()
    with pytest.raises(Unreadable) as refused:
        restore(tmp_path / "copy.zip")
    assert [one.code for one in refused.value.problems] == ["T021"]
    assert not Person.objects.exists()


def test_a_copy_that_cannot_be_written_leaves_no_trace(lasting_cast: Cast, tmp_path: Path) -> None:
    assert lasting_cast
    with pytest.raises(OSError, match="no"):
        back_up(tmp_path / "no" / "copy.zip")
    assert list(tmp_path.iterdir()) == []


def test_copying_does_not_stop_writers(lasting_cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the copy is being made another connection writes; the copy shows the moment before."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's readers never stop writers")
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    from luoshi.store import backup

    def write() -> bool:
        try:
            return lasting_cast.move("supervisor", "propose").entry is not None
        finally:
            connections.close_all()

    real, wrote = backup._migrations, []

    def meanwhile() -> list[str]:
        with ThreadPoolExecutor(1) as pool:
            wrote.append(pool.submit(write).result(30))
        return real()

    before = ledger.head()
    monkeypatch.setattr(backup, "_migrations", meanwhile)
    copy = back_up(tmp_path / "copy.zip")
    assert wrote == [True]
    assert (copy.sequence, copy.seal) == before != ledger.head()
