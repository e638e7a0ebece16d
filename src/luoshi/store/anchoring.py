"""Anchors: the head of the record noted outside, and what was noted compared with the record as it is now."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import QuerySet

from luoshi.problems import Problem, problem
from luoshi.store import ledger
from luoshi.store.acting import By
from luoshi.store.models import Anchor, LedgerEntry
from luoshi.store.moment import now
from luoshi.store.verifying import Anchored, anchors_of
from luoshi.store.writing import writing

_SEAL = re.compile(r"[0-9a-f]{64}")
_MOST = 500


@dataclass(frozen=True, slots=True)
class Compared:
    """An anchor that somebody noted earlier, the entry it is about, and what is wrong with it."""

    anchor: Anchored
    entry: LedgerEntry | None
    problem: Problem | None


def note_anchor(kept: str, by: By) -> Anchor:
    """Keep that the head as it stands is written down outside, and where: ``kept``."""
    with writing():
        sequence, seal = ledger.head()
        made = Anchor(sequence=sequence, seal=seal, at=now(), kept=kept)
        made.save()
        ledger.record(by, "anchor.note", f"entry:{sequence}", kept, seal=seal)
    return made


def anchors() -> QuerySet[Anchor]:
    """Every head that was noted, the latest first."""
    return Anchor.objects.order_by("-pk")


def compare_anchors(text: str) -> tuple[tuple[Compared, ...], tuple[Problem, ...]]:
    """Each line of ``text`` that is an anchor beside the record; T132 where none is."""
    found = [one for one in anchors_of(text) if _SEAL.fullmatch(one.seal)][:_MOST]
    if not found:
        return (), (problem("T132"),)
    entries = LedgerEntry.objects.defer("body").in_bulk([one.sequence for one in found])
    return tuple(_compared(one, entries.get(one.sequence)) for one in found), ()


def _compared(anchor: Anchored, entry: LedgerEntry | None) -> Compared:
    if entry is None:
        return Compared(anchor, None, problem("T024", sequence=ledger.head()[0] + 1, known=anchor.sequence))
    return Compared(anchor, entry, None if entry.seal == anchor.seal else problem("T023", sequence=anchor.sequence))
