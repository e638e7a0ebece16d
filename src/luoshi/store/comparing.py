"""What became of the promises of a place: its reports, the comparison kept of them, and what people decided about it.

The comparison is made again whenever somebody asks, so it stands in the home folder and in no table and no backup.
What people decided stands in the record and nowhere else: the last entry about a promise counts, an empty one undoes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from luoshi.compare import Comparison, Decision, Meant, decide
from luoshi.compare.editions import same_place
from luoshi.problems import Problem, problem
from luoshi.publish.labels import label
from luoshi.store import working
from luoshi.store.acting import By
from luoshi.store.ledger import entries, given, record, recording
from luoshi.store.models import LedgerEntry, Report
from luoshi.store.moment import now
from luoshi.store.writing import writing

_ACTION = "compare.decide"
_RESULT = "comparison.json"


@dataclass(frozen=True, slots=True)
class Place:
    """A place and all its reports, by year and within a year in the order they came."""

    name: str
    reports: tuple[Report, ...]

    @property
    def pk(self) -> int:
        """The number of the report that came first: the place is known by it."""
        return min(one.pk for one in self.reports)

    @property
    def chosen(self) -> tuple[Report, ...]:
        """One report a year: of several versions the one that came last. Those without a year are left out."""
        return tuple({one.year: one for one in self.reports if one.year}.values())

    @property
    def stamp(self) -> str:
        """What a comparison of these reports rests on: the reports, their corrections, and this version of luoshi."""
        told = [f"{one.pk}:{one.revision}:{one.file_hash}" for one in self.chosen]
        return hashlib.sha256("\n".join([version("luoshi"), *told]).encode()).hexdigest()

    @property
    def folder(self) -> Path:
        """Where its comparison is kept."""
        return Path(settings.LUOSHI_HOME) / "comparisons" / str(self.pk)


@dataclass(frozen=True, slots=True)
class Kept:
    """A comparison that was made: of which reports (revision by number), when, by whom; without people's decisions."""

    stamp: str
    at: datetime
    who: str
    revisions: Mapping[int, int]
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Judged:
    """What a person decided about a promise, as the record has it; ``decision`` is None where that was undone."""

    sequence: int
    at: datetime
    who: str
    meant: Meant
    decision: Decision | None
    why: str


def places(reports: Iterable[Report]) -> tuple[Place, ...]:
    """The places of ``reports``, the one with the most first; reports that name no place are one by themselves."""
    groups: list[list[Report]] = []
    for one in sorted(reports, key=lambda each: (each.year or 0, each.pk)):
        near = (group for group in groups if bool(group[0].place) == bool(one.place))
        fitting = next((group for group in near if same_place(group[0].place, one.place)), None)
        if fitting is None:
            groups.append([one])
        else:
            fitting.append(one)
    made = (Place(max((one.place for one in group), key=len), tuple(group)) for group in groups)
    return tuple(sorted(made, key=lambda place: (-len(place.reports), place.pk)))


def kept(place: Place) -> Kept | None:
    """The comparison last made of ``place``, as it was found; None where none was made."""
    file = place.folder / _RESULT
    return _read(file, file.stat().st_mtime_ns) if file.is_file() else None


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int) -> Kept:
    raw = json.loads(file.read_text(encoding="utf-8"))
    return Kept(
        stamp=raw["stamp"],
        at=datetime.fromisoformat(raw["at"]),
        who=raw["who"],
        revisions={int(pk): revision for pk, revision in raw["revisions"].items()},
        comparison=Comparison.model_validate_json(raw["comparison"]),
    )


def keep(place: Place, attempt: int, comparison: Comparison, by: By) -> bool:
    """Keep what ``attempt`` found, whole, and record it; False, and nothing kept, where another has begun since."""
    told = {
        "stamp": place.stamp,
        "at": now().isoformat(),
        "who": by.person.name if by.person else by.name,
        "revisions": {one.pk: one.revision for one in place.chosen},
        "comparison": comparison.to_json(),
    }
    if not working.going(place.folder, attempt):
        return False
    with writing():
        counts = {"reports": len(comparison.reports), "promises": len(comparison.promises)}
        record(by, "compare.make", f"report:{place.pk}", place.name, **counts)
        working.write(place.folder / _RESULT, json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    return working.end(place.folder, attempt)


def with_decisions(place: Place, one: Kept, judged: Sequence[Judged]) -> Comparison:
    """The comparison with what people decided above it."""
    decisions = tuple(each.decision for each in judged if each.decision is not None)
    told = {each.told_in for each in decisions if each.told_in}
    texts = {str(each.year): each.body.text for each in _with_bodies(place, told)}
    return decide(one.comparison, decisions, texts) if decisions else one.comparison


def _with_bodies(place: Place, years: set[str]) -> Iterable[Report]:
    wanted = [one.pk for one in place.chosen if str(one.year) in years]
    return Report.objects.filter(pk__in=wanted).select_related("body") if wanted else ()


def public_comparison(report: Report) -> tuple[Comparison, dict[str, str]] | None:
    """The comparison that ``report`` stands in, as decided, and the texts of its reports by year.

    None where none was made, where a report has changed since, and where one of the reports is not public: a ledger
    quotes every one of them.
    """
    place = next(one for one in places(Report.objects.all()) if report in one.reports)
    made = kept(place)
    open_ = all(one.label == "public" for one in place.chosen)
    if made is None or made.stamp != place.stamp or not open_ or report not in place.chosen:
        return None
    years = {str(one.year) for one in place.chosen}
    texts = {str(one.year): one.body.text for one in _with_bodies(place, years)}
    return with_decisions(place, made, judged_of(place)), texts


def report_saying(reports: Sequence[Report], words: str) -> Report | None:
    """The first of ``reports`` whose text holds ``words``."""
    found = Report.objects.filter(pk__in=[one.pk for one in reports]).select_related("body").order_by("year", "pk")
    return next((one for one in found if words in one.body.text), None)


def judged_of(place: Place) -> tuple[Judged, ...]:
    """What counts of what people decided about the promises of ``place``, undone ones left out."""
    last = {one.meant: one for one in _judged(place)}
    return tuple(one for one in last.values() if one.decision is not None)


def judgements(place: Place, meant: Meant) -> tuple[Judged, ...]:
    """Everything that people decided about one promise, oldest first."""
    return tuple(one for one in _judged(place) if one.meant == meant)


def judge(
    place: Place, meant: Meant, decision: Decision | None, why: str, by: By, *, expected: int
) -> tuple[Problem, ...]:
    """Record what somebody decided about a promise; None undoes what was decided before.

    ``expected`` is the entry that was seen last, 0 where there was none: where another has come since, T100 and nothing
    is recorded.
    """
    told = decision.model_dump(exclude_none=True) if decision else meant.model_dump(exclude_none=True)
    report = next(one for one in reversed(place.chosen) if str(one.year) == meant.report)
    # The head of the record is held from here on, so that nobody else can decide between the look and the entry.
    with writing(), recording() as add:
        last = next(iter(reversed(judgements(place, meant))), None)
        if (last.sequence if last else 0) != expected:
            return (_overtaken(last),)
        add(by, _ACTION, f"promise:{report.pk}", meant.quote[:200], **told | {"why": why})
    return ()


def _overtaken(last: Judged | None) -> Problem:
    verdict = label("verdict", last.decision.verdict) if last and last.decision else "撤回了判定"
    day = f"{timezone.localtime(last.at):%Y-%m-%d %H:%M}" if last else ""
    return problem("T100", who=last.who if last else "", day=day, verdict=verdict)


def _judged(place: Place) -> Iterator[Judged]:
    subjects = [f"promise:{one.pk}" for one in place.reports]
    found = entries().filter(subject__in=subjects, action=_ACTION).select_related("person").order_by("sequence")
    return map(_judgement, found)


def _judgement(entry: LedgerEntry) -> Judged:
    said: dict[str, Any] = given(entry)
    who, day = entry.person.name if entry.person else entry.actor, f"{timezone.localdate(entry.at)}"
    meant = Meant.model_validate({name: said[name] for name in Meant.model_fields if name in said})
    decision = None
    if said.get("verdict"):
        fields = {name: said[name] for name in ("verdict", "told_in", "told") if name in said}
        decision = Decision(**meant.model_dump(), **fields, who=who, when=day, why=said["why"] or None)
    return Judged(entry.sequence, entry.at, who, meant, decision, said["why"])
