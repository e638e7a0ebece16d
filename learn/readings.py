"""Clauses with their answers: from the careful readings (gold), and from our own labels of other reports."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from luoshi.read.clauses import Stretch, rules, stretches
from luoshi.read.commitments import commitments
from luoshi.read.judge import Weights, features
from luoshi.read.numbers import numbers
from luoshi.read.parts import Part, parts
from luoshi.read.voices import outside, voices
from luoshi.source import Document, View, view
from luoshi.source.outline import Outline, outline

Pointer = tuple[int, int]
Feature = tuple[str, str]

LABELS = Path(__file__).parent / "labels.csv"
ENOUGH = 0.5  # of the union, for two spans to be the same finding
SAME = 0.8  # of the union, for a clause to be the one that was labelled


@dataclass(frozen=True, slots=True)
class Report:
    """A report as the engine sees it, cut into the clauses that are judged."""

    view: View
    outline: Outline
    parts: tuple[Part, ...]
    outside: tuple[int, ...]
    clauses: tuple[Stretch, ...]

    def spans(self) -> list[Pointer]:
        """Where the clauses stand in the document."""
        return [tuple(self.view.span(one.start, one.end)) for one in self.clauses]

    def features(self, at: int) -> list[Feature]:
        """What the clause ``at`` is judged by; empty in the parts where everything is a wish."""
        one = self.clauses[at]
        role = self.parts[one.part].role
        return [] if role in rules().wish else features(self.view.text[one.core : one.end], one, role)

    def found(self, weights: Weights | None) -> list[Pointer]:
        """The promises that the engine reads with ``weights`` (none: those of the package)."""
        counted = [(number.start, number.end) for number in numbers(self.view.text)]
        read = commitments(self.view.text, self.outline, self.parts, counted, self.outside, made=weights)
        return [tuple(self.view.span(one.start, one.end)) for one in read if one.kind != "slogan"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A report and the promises that careful people found in it."""

    name: str
    report: Report
    promises: tuple[Pointer, ...]

    def examples(self) -> list[tuple[list[Feature], bool]]:
        """Every clause that is judged, with the answer: does it overlap a promise by half, one to one?"""
        right = {at for _, at in matched(self.promises, self.report.spans())}
        told = [(self.report.features(at), at in right) for at in range(len(self.report.clauses))]
        return [(named, yes) for named, yes in told if named]


def report(path: Path) -> Report:
    """The report at ``path`` (text), up to its clauses."""
    seen = view(Document.from_text(path.read_text(encoding="utf-8"), path.name).text)
    skeleton = outline(seen.text)
    told = parts(seen.text, skeleton)
    others = tuple(outside(voices(seen.text, skeleton, told)))
    return Report(seen, skeleton, told, others, tuple(stretches(seen.text, skeleton, told, others)))


def readings(shared: Path) -> list[Reading]:
    """The annotated reports of ``shared/gold``, their texts in ``shared/corpus``."""
    made = []
    for path in sorted((shared / "gold").glob("*/*.commitments.jsonl")):
        name = path.name.removesuffix(".commitments.jsonl")
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        promises = tuple((row["start"], row["end"]) for row in rows if row["kind"] != "slogan")
        made.append(Reading(name, report(shared / "corpus" / path.parent.name / f"{name}.txt"), promises))
    return made


def labelled(shared: Path, labels: Path = LABELS) -> Iterator[tuple[list[Feature], bool]]:
    """The clauses of ``labels``: pointers into ``shared/corpus`` (a changed or missing report teaches nothing)."""
    wanted: defaultdict[tuple[str, str], list[tuple[Pointer, bool]]] = defaultdict(list)
    with labels.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            pointer = int(row["start"]), int(row["end"])
            wanted[row["report"], row["sha256"]].append((pointer, row["label"] == "promise"))
    for (name, mark), rows in wanted.items():
        path = shared / "corpus" / name
        if path.is_file() and fingerprint(path) == mark:
            yield from _pointed(report(path), rows)


def fingerprint(path: Path) -> str:
    """Twelve digits that tell whether a report is still the one that was labelled."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _pointed(one: Report, rows: Sequence[tuple[Pointer, bool]]) -> Iterator[tuple[list[Feature], bool]]:
    spans = one.spans()
    for pointer, yes in rows:
        overlap, at = max(((_shared(pointer, span), at) for at, span in enumerate(spans)), default=(0.0, 0))
        if overlap >= SAME and (named := one.features(at)):
            yield named, yes


def matched(wanted: Sequence[Pointer], found: Sequence[Pointer]) -> list[tuple[int, int]]:
    """Pairs (index, index) of spans that share at least half of their union, one to one, best overlap first."""
    pairs = [
        (_shared(a, b), i, j) for i, a in enumerate(wanted) for j, b in enumerate(found) if a[0] < b[1] and b[0] < a[1]
    ]
    taken_i, taken_j, made = set[int](), set[int](), []
    for overlap, i, j in sorted(pairs, reverse=True):
        if overlap < ENOUGH:
            break
        if i not in taken_i and j not in taken_j:
            taken_i.add(i)
            taken_j.add(j)
            made.append((i, j))
    return made


def _shared(a: Pointer, b: Pointer) -> float:
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))
