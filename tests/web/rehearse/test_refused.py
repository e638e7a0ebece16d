"""A play that is refused leaves nothing behind."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from casting import Cast
from django.utils import timezone

from luoshi import supervise
from luoshi.store.models import LedgerEntry, Matter, Message, Person, Report
from luoshi.store.moment import now, played, playing
from luoshi.store.playing import Played, Refused, play
from luoshi.store.verifying import verify
from luoshi.web.rehearse import filling
from luoshi.web.rehearse.data import morning

AT = morning(date(2023, 3, 3))


def move(cast: Cast, part: str, name: str, **given: object) -> Played:
    by = cast.by(part)
    return Played(cast.matter, supervise.Event.model_validate({"move": name, "by": by.actor(), **given}), by, AT)


def test_moves_in_one_go_come_to_the_same_as_moves_one_by_one(cast: Cast) -> None:
    moves = [
        move(cast, "supervisor", "propose"),
        move(cast, "director", "approve", due=date(2023, 6, 30), lead="区交通运输局", help=("区发展和改革局",),
             leader="leader-1"),
        move(cast, "supervisor", "assign"),
    ]  # fmt: skip
    assert play([cast.matter, cast.elsewhere], moves, date(2023, 3, 9)) == 3
    row = Matter.objects.get(pk=cast.matter)
    assert (row.state, row.lead_name, row.revision, row.light_day) == (
        "assigned", "区交通运输局", 3, date(2023, 3, 9),
    )  # fmt: skip
    assert row.updated == AT
    assert sorted(row.parts.values_list("part", flat=True)) == ["help", "lead"]
    assert Message.objects.filter(matter=row).exists()
    assert verify().problems == ()
    assert cast.move("liaison", "sign", date(2023, 3, 9)).problems == (), "and whoever comes next goes on from there"


def test_a_refused_move_names_itself_and_nothing_of_the_play_is_kept(cast: Cast) -> None:
    before = LedgerEntry.objects.count()
    with pytest.raises(Refused, match="2023-03-03 assign") as refused:
        play([cast.matter], [move(cast, "supervisor", "propose"), move(cast, "supervisor", "assign")], AT.date())
    assert refused.value.problems
    assert Matter.objects.get(pk=cast.matter).revision == 0
    assert LedgerEntry.objects.count() == before
    assert verify().problems == ()


def test_a_play_without_moves_changes_nothing(cast: Cast) -> None:
    before = LedgerEntry.objects.count()
    assert play([cast.matter], [], AT.date()) == 0
    assert LedgerEntry.objects.count() == before


@pytest.mark.django_db
def test_a_district_that_cannot_be_finished_is_not_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(filling, "add_comments", broken)
    with pytest.raises(RuntimeError):
        filling.fill(tmp_path)
    assert not Report.objects.exists()
    assert not Person.objects.exists()
    assert not (tmp_path / "sign-ins.json").exists()
    assert not filling.filled()


def test_a_site_that_lives_today_keeps_the_real_moment(cast: Cast) -> None:
    assert played() is None
    cast.move("supervisor", "propose")
    assert "written" not in LedgerEntry.objects.order_by("sequence").last().body  # type: ignore[union-attr]


def test_a_played_moment_ends_with_its_block() -> None:
    with playing(AT):
        assert now() == AT
    assert now() > AT


@pytest.mark.django_db
def test_a_site_that_lives_on_another_day_says_so_on_its_pages(client: Any, settings: Any) -> None:
    from dataclasses import replace

    assert "2023-10-16" not in client.get("/account/login/").content.decode()
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, today="2023-10-16")
    page = client.get("/account/login/").content.decode()
    assert "示范区的今天是" in page
    assert "2023-10-16" in page
    assert timezone.localtime(now()).date() == date(2023, 10, 16)
