"""Is the record whole: the first entry that is not as it was sealed is named (`luoshi verify`)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from luoshi.problems import Problem, problem
from luoshi.store import ledger
from luoshi.store.columns import body_of
from luoshi.store.models import LedgerEntry, Matter
from luoshi.store.seal import ALGORITHMS, GENESIS, available, digest, seal
from luoshi.store.writing import one_moment

_REPEATED = ("actor", "role", "action", "subject", "summary", "algorithm")
_BODIES = ("report.import", "matter.move")
_SAID = 500  # entries between two words of how far it is


@dataclass(frozen=True, slots=True)
class Anchored:
    """A head that was written down elsewhere: a line of an anchor file."""

    sequence: int
    seal: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries were looked at, and the first thing found broken, if any."""

    entries: int
    problems: tuple[Problem, ...]


def verify(anchors: Iterable[Anchored] = (), said: Callable[[int], object] = lambda _: None) -> Verdict:
    """Go through the whole record. The anchors catch what a chain alone cannot: a cut tail, a chain sealed anew.

    ``said`` hears now and then how many entries were looked at.
    """
    known = {one.sequence: one.seal for one in anchors}
    with one_moment():
        return _verify(known, said)


def anchors_of(text: str) -> tuple[Anchored, ...]:
    """The lines of an anchor file: number, seal, then anything. Lines that are none are left out."""
    rows = [line.split() for line in text.splitlines()]
    return tuple(Anchored(int(row[0]), row[1]) for row in rows if len(row) >= 2 and row[0].isdecimal())


def anchor_line() -> str:
    """The line that anchors the record as it stands."""
    sequence, last = ledger.head()
    return f"{sequence} {last}"


def _verify(known: dict[int, str], said: Callable[[int], object]) -> Verdict:
    count, previous = 0, GENESIS
    bodies: dict[str, tuple[int, str]] = {}
    for entry in LedgerEntry.objects.order_by("sequence").iterator(chunk_size=500):
        found = _broken(entry, count + 1, previous) or _unlike(entry, known)
        if found is not None:
            return Verdict(count, (found,))
        count, previous = entry.sequence, entry.seal
        if count % _SAID == 0:
            said(count)
        if entry.action in _BODIES:
            bodies |= {item: (count, said) for item, said in ledger.given(entry).get("bodies", {}).items()}
    cut = _cut(count, previous, known)
    return Verdict(count, (cut,) if cut else tuple(islice(_changed(bodies), 1)))


def _broken(entry: LedgerEntry, expected: int, previous: str) -> Problem | None:
    if entry.sequence != expected:
        return problem("T020", sequence=expected)
    if entry.algorithm not in ALGORITHMS or not available(entry.algorithm):
        return problem("T025", sequence=expected, algorithm=entry.algorithm)
    if entry.previous != previous:
        return problem("T022", sequence=expected)
    if entry.seal != seal(previous, entry.body.encode(), entry.algorithm) or not _as_sealed(entry):
        return problem("T021", sequence=expected)
    return None


def _as_sealed(entry: LedgerEntry) -> bool:
    """Whether the columns that lists show say what the sealed text says."""
    said = json.loads(entry.body)
    columns = {name: getattr(entry, name) for name in _REPEATED}
    columns |= {"sequence": entry.sequence, "person": entry.person_id, "at": entry.at.isoformat()}
    return all(said[name] == value for name, value in columns.items())


def _unlike(entry: LedgerEntry, known: dict[int, str]) -> Problem | None:
    wanted = known.get(entry.sequence)
    return problem("T023", sequence=entry.sequence) if wanted not in (None, entry.seal) else None


def _cut(count: int, last: str, known: dict[int, str]) -> Problem | None:
    """The tail is gone where the head or an anchor knows of more than there is."""
    if (count, last) != ledger.head():
        return problem("T024", sequence=count + 1, known=ledger.head()[0])
    beyond = [sequence for sequence in known if sequence > count]
    return problem("T024", sequence=count + 1, known=max(beyond)) if beyond else None


def _changed(bodies: dict[str, tuple[int, str]]) -> Iterator[Problem]:
    """Matters that are not as the last entry about them left them, by their bodies or by what lists show."""
    for row in Matter.objects.select_related("body").order_by("pk").iterator(chunk_size=500):
        sequence, wanted = bodies.pop(str(row.pk), (0, ""))
        if digest(row.body.text) != wanted or not _shown(row):
            yield problem("T026", id=row.pk, sequence=sequence)
    for pk, (sequence, _) in bodies.items():
        yield problem("T026", id=pk, sequence=sequence)


def _shown(row: Matter) -> bool:
    body = body_of(row)
    label = (body.openness or "internal", body.openness is not None)
    said = (body.state, body.revision, body.due, *label, body.verified, body.reported)
    return said == (row.state, row.revision, row.due, row.label, row.labelled, row.verified, row.reported)
