"""What went out of a report when it was published, and what of it should not be out any more.

The list stands within the public folder under a name that is never served, so that it is always that of the pages
beside it. It names only what is public there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from django.db.models import Q

from luoshi.publish.dossier import Dossier
from luoshi.store.columns import body_of
from luoshi.store.indicating import key_of
from luoshi.store.ledger import entries
from luoshi.store.models import Matter, Reading

LIST = ".out.json"
Named = Mapping[str, str]
KINDS = ("items", "evidence", "readings")


@dataclass(frozen=True, slots=True)
class Outside:
    """What is open of a report: titles of items by id, evidence by item and id, readings by what names them.

    ``revisions`` are those of the items; ``sequence`` is the entry of the record with which it went out.
    """

    items: Named = field(default_factory=dict)
    evidence: Named = field(default_factory=dict)
    readings: Named = field(default_factory=dict)
    revisions: Mapping[str, int] = field(default_factory=dict)
    sequence: int = 0

    def without(self, other: Outside) -> dict[str, list[str]]:
        """What ``self`` has and ``other`` has not, by kind."""
        found = {kind: _only(getattr(self, kind), getattr(other, kind)) for kind in KINDS}
        return {kind: rows for kind, rows in found.items() if rows}

    def with_all(self, other: Outside) -> Outside:
        """What either has."""
        items, evidence = {**self.items, **other.items}, {**self.evidence, **other.evidence}
        return replace(self, items=items, evidence=evidence, readings={**self.readings, **other.readings})


def _only(one: Named, other: Named) -> list[str]:
    return [name for key, name in one.items() if key not in other]


def outside(cut: Dossier) -> Outside:
    """What is open of a dossier that was cut to what is open."""
    evidence = {_piece(one.id, proof.id): f"{one.title}：{proof.note or proof.day}" for one in cut.matters
                for proof in one.evidence}  # fmt: skip
    series = cut.readings.series.values() if cut.readings else ()
    readings = {
        key_of(one.name, one.growth, reading.scope, reading.period.begin, reading.period.end):
            f"{one.name}{'增速' if one.growth else ''} {reading.period}"
        for one in series for reading in one.readings
    }  # fmt: skip
    titles = {one.id: one.title for one in cut.matters}
    return Outside(titles, evidence, readings, {one.id: one.revision for one in cut.matters})


def _piece(item: str, evidence: str) -> str:
    return f"{item}|{evidence}"


def keep_list(folder: Path, one: Outside) -> None:
    """Put the list into the folder that is to go out."""
    told = {**asdict(one), "items": dict(one.items)}
    (folder / LIST).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def list_in(folder: Path) -> Outside | None:
    """The list of what is out; None where nothing is, or was put there before there were lists."""
    file = folder / LIST
    return Outside(**json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None


def recalled(out: Mapping[int, Outside]) -> dict[int, list[str]]:
    """What is out and no longer labelled public, by report: by columns and the record, a query or two for all.

    Only reports with something to call back are in it.
    """
    if not any(one.items or one.readings for one in out.values()):
        return {}
    found: dict[int, list[str]] = {}
    for report, name in (*_items(out), *_evidence(out), *_readings(out)):
        found.setdefault(report, []).append(name)
    return found


def _items(out: Mapping[int, Outside]) -> Iterator[tuple[int, str]]:
    """Items that are public no longer."""
    rows = Matter.objects.filter(_those(out)).exclude(label="public").values_list("report_id", "item", "title")
    yield from ((report, title) for report, item, title in rows if item in out[report].items)


def _evidence(out: Mapping[int, Outside]) -> Iterator[tuple[int, str]]:
    """Evidence of public items that is public no longer: looked for in the bodies of items that have moved since."""
    with_some = {pk: {name.split("|")[0] for name in one.evidence} for pk, one in out.items()}
    rows = Matter.objects.filter(_those(out), label="public").values_list("pk", "report_id", "item", "revision")
    moved = [pk for pk, report, item, revision in rows
             if item in with_some[report] and out[report].revisions.get(item) != revision]  # fmt: skip
    for row in Matter.objects.filter(pk__in=moved).select_related("body"):
        open_ = {_piece(row.item, one.id) for one in body_of(row).evidence if one.openness == "public"}
        known = out[row.report_id].evidence
        yield from ((row.report_id, name) for key, name in known.items()
                    if key.startswith(f"{row.item}|") and key not in open_)  # fmt: skip


def _readings(out: Mapping[int, Outside]) -> Iterator[tuple[int, str]]:
    """Readings whose label was changed since."""
    since = min(one.sequence for one in out.values())
    labelled = entries(action="reading.label").filter(sequence__gt=since).values_list("subject", flat=True)
    pks = {int(subject.removeprefix("reading:")) for subject in labelled}
    for row in Reading.objects.filter(pk__in=pks).exclude(label="public") if pks else ():
        key = key_of(row.indicator, row.growth, row.scope, row.begins, row.ends)
        yield from ((pk, one.readings[key]) for pk, one in out.items() if key in one.readings)


def _those(out: Mapping[int, Outside]) -> Q:
    """The items that are out."""
    found = Q(pk__in=[])
    for pk, one in out.items():
        found |= Q(report=pk, item__in=list(one.items))
    return found


def lists_in(folders: Iterable[tuple[int, Path]]) -> dict[int, Outside]:
    """The lists of several reports, by report."""
    found = {pk: list_in(folder) for pk, folder in folders}
    return {pk: one for pk, one in found.items() if one is not None}
