"""A move with its files: both, or neither, whatever goes wrong in between."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from luoshi.store import handing_in
from luoshi.store.handing_in import Handed, hand_in
from luoshi.store.models import EvidenceFile, LedgerEntry, Matter
from luoshi.supervise import Event

if TYPE_CHECKING:
    from casting import Cast

DAY = date(2023, 3, 2)
PDF = b"%PDF-1.7 proof"


def files() -> set[str]:
    folder = Path(settings.LUOSHI_HOME) / "evidence"
    return {one.name for one in folder.iterdir()} if folder.is_dir() else set()


def sign(cast: Cast, *handed: Handed, part: str = "liaison") -> handing_in.Moved:
    by = cast.by(part)
    event = Event(move="sign", by=by.actor(), expected=Matter.objects.get(pk=cast.matter).revision)
    return hand_in(cast.matter, event, DAY, by, handed)


def test_a_move_and_its_files_are_kept_together(cast: Cast) -> None:
    cast.assigned()
    before = files()
    moved = sign(cast, Handed("回执.pdf", [PDF], "e1", "secret"), Handed("附件.pdf", [PDF], "e2"))
    assert (moved.problems, cast.body().state) == ((), "signed")
    kept = EvidenceFile.objects.order_by("evidence")
    assert [(one.name, one.evidence, one.label) for one in kept] == [
        ("回执.pdf", "e1", "secret"),
        ("附件.pdf", "e2", "internal"),
    ]
    assert files() - before == {one.key for one in kept}


def test_every_file_that_is_not_taken_is_named_and_nothing_happens(cast: Cast) -> None:
    cast.assigned()
    before, entries = files(), LedgerEntry.objects.count()
    moved = sign(cast, Handed("好.pdf", [PDF], "e1"), Handed("坏.pdf", [b"MZ"], "e2"), Handed("空.pdf", [], "e3"))
    assert [one.code for one in moved.problems] == ["T016", "T016"]
    assert (cast.body().state, files(), LedgerEntry.objects.count()) == ("assigned", before, entries)


def test_a_refused_move_keeps_no_file_and_its_refusal_is_recorded(cast: Cast) -> None:
    cast.assigned()
    before = files()
    assert sign(cast, Handed("好.pdf", [PDF], "e1"), part="outsider").problems
    assert (cast.body().state, files()) == ("assigned", before)
    last = LedgerEntry.objects.last()
    assert last is not None
    assert last.action == "matter.refused"


def test_a_row_that_cannot_be_written_takes_the_move_and_the_files_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.assigned()
    before, kept = files(), handing_in.keep_received

    def fail_at_the_second(*args: object, **given: object) -> object:
        if EvidenceFile.objects.exists():
            raise OSError("no room")
        return kept(*args, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(handing_in, "keep_received", fail_at_the_second)
    with pytest.raises(OSError, match="no room"):
        sign(cast, Handed("一.pdf", [PDF], "e1"), Handed("二.pdf", [PDF], "e2"))
    assert (cast.body().state, files()) == ("assigned", before)
    assert not EvidenceFile.objects.exists()
