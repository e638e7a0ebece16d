"""The record: numbered without gaps, sealed in a chain; whoever edits, deletes, inserts, swaps or cuts is found out."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db.models import F

from luoshi.store import ledger, seal, verifying
from luoshi.store.acting import SYSTEM
from luoshi.store.models import LedgerEntry, LedgerHead, Matter, MatterBody
from luoshi.store.verifying import Anchored, anchors_of, verify

if TYPE_CHECKING:
    from casting import Cast
    from pytest_django.fixtures import SettingsWrapper

SM3_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"  # GB/T 32905-2016, appendix A.1


def test_sm3_is_the_standards() -> None:
    import hashlib

    if not seal.available("sm3"):
        pytest.skip("the OpenSSL of this machine has no SM3")
    assert hashlib.new("sm3", b"abc").hexdigest() == SM3_ABC


@pytest.mark.parametrize("algorithm", seal.ALGORITHMS)
def test_a_seal_depends_on_the_entry_and_on_all_before(algorithm: str) -> None:
    one = seal.seal(seal.GENESIS, "一".encode(), algorithm)
    assert len(one) == 64
    assert one != seal.seal(seal.GENESIS, "二".encode(), algorithm)
    assert one != seal.seal(one, "一".encode(), algorithm)


def test_another_algorithm_is_refused() -> None:
    with pytest.raises(ValueError, match="md5"):
        seal.seal(seal.GENESIS, b"", "md5")


def test_canonical_is_one_text_whatever_the_order() -> None:
    assert ledger.canonical({"b": 1, "a": "县"}) == ledger.canonical({"a": "县", "b": 1}) == '{"a":"县","b":1}'


def test_entries_are_numbered_without_gaps_and_whole(cast: Cast) -> None:
    cast.assigned()
    numbers = list(LedgerEntry.objects.values_list("sequence", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert verify().problems == ()
    assert verify().entries == ledger.head()[0] == len(numbers)


def test_the_algorithm_may_change_along_the_chain(cast: Cast, settings: SettingsWrapper) -> None:
    if not seal.available("sm3"):
        pytest.skip("the OpenSSL of this machine has no SM3")
    settings.LUOSHI_SEAL = "sm3"
    cast.move("supervisor", "propose")
    assert verify().problems == ()
    assert LedgerEntry.objects.last().algorithm == "sm3"  # type: ignore[union-attr]


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_our_mistake() -> None:
    with pytest.raises(RuntimeError):
        ledger.record(SYSTEM, "loose")


def test_the_orm_neither_changes_nor_removes_an_entry(cast: Cast) -> None:
    entry = LedgerEntry.objects.get(pk=1)
    for act in (entry.save, entry.delete):
        with pytest.raises(TypeError):
            act()
    assert cast


def entry(sequence: int) -> LedgerEntry:
    return LedgerEntry.objects.get(sequence=sequence)


def rows(sequence: int) -> object:
    return LedgerEntry.objects.filter(sequence=sequence)


def edit_body() -> None:
    rows(5).update(body=entry(5).body.replace("actor", "aktor"))  # type: ignore[attr-defined]


def edit_column() -> None:
    rows(5).update(actor="别人")  # type: ignore[attr-defined]


def edit_and_seal() -> None:
    """Somebody who knows the algorithm seals the edited entry anew, but not those after it."""
    body = json.dumps({**json.loads(entry(5).body), "actor": "别人"}, ensure_ascii=False)
    anew = seal.seal(entry(5).previous, body.encode(), "sha256")
    rows(5).update(body=body, actor="别人", seal=anew)  # type: ignore[attr-defined]


def delete() -> None:
    LedgerEntry.objects.filter(sequence=5)._raw_delete("default")


def insert() -> None:
    for sequence in range(ledger.head()[0], 4, -1):
        rows(sequence).update(sequence=F("sequence") + 1)  # type: ignore[attr-defined]
    made = entry(6)
    LedgerEntry.objects.bulk_create([LedgerEntry(**{**values(made), "sequence": 5, "summary": "后来插的"})])


def swap() -> None:
    fifth, sixth = values(entry(5)), values(entry(6))
    rows(5).update(**{**sixth, "sequence": 5})  # type: ignore[attr-defined]
    rows(6).update(**{**fifth, "sequence": 6})  # type: ignore[attr-defined]


def values(one: LedgerEntry) -> dict[str, object]:
    return {field.attname: getattr(one, field.attname) for field in one._meta.local_fields}


@pytest.mark.parametrize(
    ("tamper", "code", "first"),
    [
        (edit_body, "T021", 5),
        (edit_column, "T021", 5),
        (edit_and_seal, "T022", 6),
        (delete, "T020", 5),
        (insert, "T021", 5),
        (swap, "T022", 5),
    ],
)
def test_the_first_broken_entry_is_named(cast: Cast, tamper: Callable[[], None], code: str, first: int) -> None:
    assert cast
    tamper()
    (found,) = verify().problems
    assert found.code == code
    assert f"第 {first} 条" in found.message


def test_a_cut_tail_is_caught_by_the_head_and_by_an_anchor(cast: Cast) -> None:
    cast.assigned()
    anchors = anchors_of(f"# 封条\n{verifying.anchor_line()} 2026-11-24\n")
    last = ledger.head()[0]
    LedgerEntry.objects.filter(sequence__gt=last - 2)._raw_delete("default")
    assert [one.code for one in verify().problems] == ["T024"]
    kept = LedgerEntry.objects.get(sequence=last - 2)
    LedgerHead.objects.update(sequence=kept.sequence, seal=kept.seal)
    (found,) = verify(anchors).problems
    assert found.code == "T024"
    assert str(last) in found.message


def test_a_chain_sealed_anew_is_caught_by_an_anchor_only(cast: Cast) -> None:
    sequence, known = ledger.head()
    assert cast
    previous = entry(1).seal
    for number in range(2, sequence + 1):
        one = entry(number)
        said = json.loads(one.body) | ({"actor": "别人"} if number == 5 else {})
        body = ledger.canonical(said)
        anew = seal.seal(previous, body.encode(), "sha256")
        rows(number).update(body=body, actor=said["actor"], previous=previous, seal=anew)  # type: ignore[attr-defined]
        previous = anew
    LedgerHead.objects.update(seal=previous)
    assert verify().problems == ()
    assert [one.code for one in verify([Anchored(sequence, known)]).problems] == ["T023"]


def test_a_matter_changed_behind_the_record_is_named(cast: Cast) -> None:
    text = MatterBody.objects.get(pk=cast.matter).text
    MatterBody.objects.filter(pk=cast.matter).update(text=text.replace('"verified":"0"', '"verified":"100"'))
    (found,) = verify().problems
    assert found.code == "T026"
    assert f"编号 {cast.matter} " in found.message


@pytest.mark.parametrize("column", [{"verified": 100}, {"state": "closed"}, {"label": "public"}])
def test_what_lists_show_changed_behind_the_record_is_named(cast: Cast, column: dict[str, object]) -> None:
    Matter.objects.filter(pk=cast.matter).update(**column)
    assert [one.code for one in verify().problems] == ["T026"]


def test_a_matter_deleted_behind_the_record_is_named(cast: Cast) -> None:
    Matter.objects.filter(pk=cast.elsewhere).delete()
    assert [one.code for one in verify().problems] == ["T026"]


def test_an_algorithm_that_is_not_there_is_said(cast: Cast) -> None:
    assert cast
    rows(3).update(algorithm="md5")  # type: ignore[attr-defined]
    assert [one.code for one in verify().problems] == ["T025"]
