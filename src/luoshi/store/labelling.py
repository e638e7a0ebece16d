"""Labels 公开, 内部, 工作秘密: what has none, what has one, and every time one was changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from luoshi.problems import Problem, problem
from luoshi.store.acting import By
from luoshi.store.ledger import given, record
from luoshi.store.models import EvidenceFile, LedgerEntry, Matter, Report
from luoshi.store.writing import writing

LABELS = ("public", "internal", "secret")


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a label: of what (``matter:12``), by whom, from what to what, why. ``lowered``: more see it since."""

    at: datetime
    sequence: int
    subject: str
    title: str
    who: str
    before: str
    after: str
    reason: str

    @property
    def lowered(self) -> bool:
        return self.before in LABELS and LABELS.index(self.after) < LABELS.index(self.before)


def counted(matters: QuerySet[Matter], files: QuerySet[EvidenceFile]) -> list[dict[str, int | str]]:
    """How many of each label: of ``matters`` without a label (``none``) and of each one, of ``files`` and reports."""
    unlabelled = matters.filter(labelled=False).count()
    by_label = dict(matters.filter(labelled=True).order_by().values_list("label").annotate(Count("pk")))
    rows: list[dict[str, int | str]] = [{"of": "matter", "none": unlabelled, **by_label}]
    for of, found in (("evidence", files), ("report", Report.objects.all())):
        rows.append({"of": of, "none": 0, **dict(found.order_by().values_list("label").annotate(Count("pk")))})
    return rows


def to_label(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Those of ``matters`` that nobody has labelled."""
    return matters.filter(labelled=False)


def proposed(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Those of ``matters`` with evidence that a unit calls more open than the matter is: the label is proposed."""
    opener = Q(files__label="public") & ~Q(label="public") | Q(files__label="internal", label="secret")
    return matters.filter(opener).distinct()


def label_report(report: Report, label: str, by: By, *, expected: str, reason: str) -> tuple[Problem, ...]:
    """Label a report; ``expected`` is the label that was seen."""
    with writing():
        if Report.objects.filter(pk=report.pk, label=expected).update(label=label) != 1:
            return (problem("T133", name=report.title),)
        said = {"before": expected, "after": label, "reason": reason}
        record(by, "report.label", f"report:{report.pk}", report.title, **said)
    return ()


def label_entries() -> QuerySet[LedgerEntry]:
    """The entries of the record that change a label, the latest first."""
    told = Q(action="matter.move", summary__startswith="公开属性") | Q(action__in=("reading.label", "report.label"))
    return LedgerEntry.objects.filter(told).order_by("-sequence")


def changes_in(entries: list[LedgerEntry], titles: bool) -> Iterator[Change]:
    """What ``entries`` say; the titles of matters only where ``titles`` may be seen."""
    pks = [int(one.subject.partition(":")[2]) for one in entries if one.subject.startswith("matter:")]
    named = dict(Matter.objects.filter(pk__in=pks).values_list("pk", "title")) if titles else {}
    for entry in entries:
        said = given(entry)
        before, after = said.get("changes", {}).get("openness") or (said.get("before"), said.get("after"))
        kind, _, pk = entry.subject.partition(":")
        title = named.get(int(pk), "") if kind == "matter" else (entry.summary if titles else "")
        label, why = after or said.get("label", ""), said.get("reason", "")
        yield Change(entry.at, entry.sequence, entry.subject, title, entry.actor, before or "", label, why)
