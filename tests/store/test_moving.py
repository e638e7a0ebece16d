"""Moves: the engine decides, the store compares and sets, records and queues; two people, one task: one wins."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from casting import HELP, LEAD, ROLES, TODAY
from django.db import DatabaseError, connection, connections

from luoshi import supervise
from luoshi.store import ledger
from luoshi.store.models import LedgerEntry, Matter, MatterUnit, Message
from luoshi.store.moving import Moved, label_matter, move_matter
from luoshi.supervise import workflow

if TYPE_CHECKING:
    from casting import Cast

MOVES = sorted(workflow().moves)


def codes(moved: Moved) -> list[str]:
    return [one.code for one in moved.problems]


def test_a_move_changes_body_columns_parts_and_record_together(cast: Cast) -> None:
    cast.assigned()
    row = Matter.objects.get(pk=cast.matter)
    assert (row.state, row.revision, row.due, row.lead_name) == ("assigned", 3, date(2023, 6, 30), LEAD)
    assert cast.body().state == "assigned"
    assert {(part.unit.name, part.part) for part in row.parts.all()} == {(LEAD, "lead"), (HELP, "help")}
    said = [ledger.given(entry)["move"] for entry in ledger.entries(f"matter:{row.pk}")]
    assert said == ["assign", "approve", "propose"]


def test_whom_a_move_concerns_finds_a_message_in_the_outbox(cast: Cast) -> None:
    cast.assigned()
    told = {(one.unit.name, one.document) for one in Message.objects.all() if one.unit}
    assert told == {(LEAD, "assignment"), (HELP, "assignment")}


def test_a_refused_move_changes_nothing_and_says_why(cast: Cast) -> None:
    moved = cast.move("supervisor", "close")
    assert "D002" in codes(moved)
    assert Matter.objects.get(pk=cast.matter).revision == 0
    assert not Message.objects.exists()


def test_an_old_revision_is_refused_and_told_who_was_first(cast: Cast) -> None:
    cast.move("supervisor", "propose")
    moved = cast.move("supervisor", "propose", expected=0)
    assert {"D005", "T013"} <= set(codes(moved))
    assert "督查室小督" in next(one.message for one in moved.problems if one.code == "T013")


def test_the_same_key_twice_has_one_effect(cast: Cast) -> None:
    first = cast.move("supervisor", "propose", key="click-1")
    again = cast.move("supervisor", "propose", key="click-1")
    assert first.entry is not None
    assert again.again
    assert (again.entry, again.problems) == (None, ())
    assert Matter.objects.get(pk=cast.matter).revision == 1


def test_a_refused_act_may_be_tried_again_with_its_key(cast: Cast) -> None:
    assert cast.move("liaison", "propose", key="click-2").problems
    assert cast.move("supervisor", "propose", key="click-2").entry is not None


@pytest.mark.parametrize("part", [part for part in ROLES if part not in ("system_admin", "security_admin", "head")])
def test_steps_are_not_skipped_whoever_tries(cast: Cast, part: str) -> None:
    """Every move of the table from the first state by every role: only what the table allows; the rest is kept."""
    allowed = {"propose", "drop"} if part == "supervisor" else set()
    for move in MOVES:
        moved = cast.move(part, move, reason="试一试")
        if move in allowed:
            assert moved.entry is not None, move
            return
        assert {"D002", "D003", "D004"} & set(codes(moved)), move
        assert Matter.objects.get(pk=cast.matter).revision == 0
    assert LedgerEntry.objects.filter(action="matter.refused").count() == len(MOVES)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_do_the_same_at_once_one_wins_and_the_others_are_told(lasting_cast: Cast) -> None:
    cast, people = lasting_cast, 6
    seen = Matter.objects.get(pk=cast.matter).revision

    def propose(_: int) -> Moved:
        try:
            return cast.move("supervisor", "propose", expected=seen)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(people) as pool:
        done = list(pool.map(propose, range(people)))
    assert sum(one.entry is not None and not one.problems for one in done) == 1
    assert sum("T013" in codes(one) for one in done) == people - 1
    assert Matter.objects.get(pk=cast.matter).revision == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_who_do_different_things_at_once_one_wins(lasting_cast: Cast) -> None:
    """A proposal, its refusal, its approval and a note, all on what was seen: one of them, and one entry."""
    cast = lasting_cast
    cast.move("supervisor", "propose")
    seen, before = Matter.objects.get(pk=cast.matter).revision, LedgerEntry.objects.filter(action="matter.move").count()
    approved = {"due": date(2023, 6, 30), "lead": "区交通运输局", "leader": "leader-1"}
    acts: tuple[tuple[str, str, dict[str, object]], ...] = (
        ("director", "approve", approved), ("director", "decline", {"reason": "重复"}),
        ("supervisor", "note", {"remark": "记一笔"}), ("director", "approve", approved),
    )  # fmt: skip

    def act(one: tuple[str, str, dict[str, object]]) -> Moved:
        try:
            return cast.move(one[0], one[1], expected=seen, **one[2])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        done = list(pool.map(act, acts))
    assert sum(one.entry is not None and not one.problems for one in done) == 1
    assert all({"D005", "T013"} & set(codes(one)) for one in done if one.problems)
    assert Matter.objects.get(pk=cast.matter).revision == seen + 1
    assert LedgerEntry.objects.filter(action="matter.move").count() == before + 1


def test_where_the_record_cannot_be_written_nothing_changes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DatabaseError("the record is full")

    cast.assigned()
    before = Message.objects.count()
    monkeypatch.setattr(LedgerEntry, "save", fail)
    with pytest.raises(DatabaseError):
        cast.move("liaison", "sign")
    row = Matter.objects.get(pk=cast.matter)
    assert (row.state, row.revision, Message.objects.count()) == ("assigned", 3, before)
    assert cast.body().signatures == ()


def test_a_label_is_compared_and_recorded(cast: Cast) -> None:
    done = label_matter(cast.matter, "public", cast.by("director"), expected=0, reason="已公布")
    late = label_matter(cast.matter, "secret", cast.by("director"), expected=0, reason="晚了")
    assert done.entry is not None
    assert "D005" in codes(late)
    assert Matter.objects.get(pk=cast.matter).label == "public"


def test_a_change_of_units_moves_the_matter_out_of_sight_of_the_old_one(cast: Cast) -> None:
    cast.assigned()
    cast.move("liaison", "dispute", reason="不归我们管")
    cast.move("supervisor", "reassign", lead="区工业和信息化局", reason="职责调整")
    units = {part.unit.name for part in MatterUnit.objects.filter(matter=cast.matter)}
    assert units == {"区工业和信息化局", HELP}


def test_a_move_takes_few_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    event = supervise.Event(move="propose", by=cast.by("supervisor").actor())
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        move_matter(cast.matter, event, TODAY + timedelta(days=1), cast.by("supervisor"))
    assert connection.in_atomic_block
