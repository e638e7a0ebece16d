"""Inspection visits and what they find: planned, held, closed; demanded, answered, closed (销号)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from luoshi.problems import Problem, problem
from luoshi.store.acting import By
from luoshi.store.evidence import Received, keep_received
from luoshi.store.ledger import entries, record
from luoshi.store.models import EvidenceFile, Finding, Matter, Message, Unit, Visit
from luoshi.store.moment import now
from luoshi.store.writing import writing

# What may follow what; everything else is refused.
VISIT_STEPS: Mapping[str, tuple[str, ...]] = {"held": ("planned",), "called_off": ("planned",), "closed": ("held",)}
FINDING_STEPS: Mapping[str, tuple[str, ...]] = {
    "answered": ("open", "returned"),
    "returned": ("answered",),
    "closed": ("answered",),
}
_TITLE = 200
_PHOTO = "finding-"  # what the evidence of a finding begins with
Photo = tuple[Received, str]  # a picture that was received, and what it was called


def plan_visits(wanted: Iterable[tuple[Unit, date, str]], by: By) -> list[Visit]:
    """Keep visits as planned: unit, day, and what for. One transaction for all of them."""
    made = []
    with writing():
        for unit, day, topic in wanted:
            title = f"{unit.name} {day:%Y-%m-%d}"[:_TITLE]
            visit = Visit.objects.create(
                unit=unit, title=title, day=day, topic=topic[:100], by=by.person, created=now(), state="planned"
            )
            record(by, "visit.plan", f"visit:{visit.pk}", title, unit=unit.name, day=str(day), topic=visit.topic)
            made.append(visit)
    return made


def step_visit(pk: int, state: str, by: By, *, expected: int, report: str = "") -> tuple[Problem, ...]:
    """Take a visit to ``state``; the problem where it was changed since ``expected`` or cannot go there."""
    with writing():
        visit = Visit.objects.select_for_update(of=("self",)).get(pk=pk)
        told: dict[str, Any] = {"state": state, **({"report": report} if report else {})}
        if problems := _refused(visit, state, VISIT_STEPS, expected):
            return problems
        if state == "closed" and Finding.objects.filter(visit=visit).exclude(state="closed").exists():
            return (problem("T070", title=visit.title),)
        Visit.objects.filter(pk=pk, revision=expected).update(**told, revision=expected + 1)
        record(by, "visit.step", f"visit:{pk}", visit.title, before=visit.state, **told)
    return ()


def find_fault(
    visit: Visit, text: str, demand: str, due: date, by: By, *, matter: Matter | None = None, photo: Photo | None = None
) -> Finding:
    """Keep what a visit found, what is demanded and by when; the unit gets word of it.

    A ``photo`` is kept as evidence of ``matter`` in the same transaction, with its hash.
    """
    with writing():
        found = Finding.objects.create(
            visit=visit, matter=matter, unit=visit.unit, text=text, demand=demand, due=due, created=now()
        )
        said = {"text": text, "demand": demand, "due": str(due), "matter": matter.pk if matter else None}
        record(by, "finding.add", f"finding:{found.pk}", text, unit=visit.unit.name, **said)
        if photo is not None and matter is not None:
            keep_received(matter, photo[0], photo[1], f"{_PHOTO}{found.pk}", by)
        _tell(found, visit.unit, demand, now().date())
    return found


def photos_of(findings: Iterable[Finding]) -> dict[int, list[EvidenceFile]]:
    """The pictures of findings, by the finding's number."""
    wanted = {f"{_PHOTO}{one.pk}": one.pk for one in findings}
    found: dict[int, list[EvidenceFile]] = {}
    for file in EvidenceFile.objects.filter(evidence__in=wanted):
        found.setdefault(wanted[file.evidence], []).append(file)
    return found


def step_finding(pk: int, state: str, day: date, by: By, *, expected: int, words: str = "") -> tuple[Problem, ...]:
    """Answer a finding (``answered``), return its answer or close it; the problem where that cannot be."""
    with writing():
        found = Finding.objects.select_for_update(of=("self",)).get(pk=pk)
        if problems := _refused(found, state, FINDING_STEPS, expected):
            return problems
        members: dict[str, Any] = {"state": state}
        if state == "answered":
            members |= {"answer": words, "answered": day}
        if state == "closed":
            members["closed"] = day
        Finding.objects.filter(pk=pk, revision=expected).update(**members, revision=expected + 1)
        record(
            by, "finding.step", f"finding:{pk}", found.text, before=found.state, state=state, day=str(day), words=words
        )
        if state == "returned":
            _tell(found, found.unit, words, day)
    return ()


def all_findings() -> QuerySet[Finding]:
    """Every finding, newest first; who may see which is for ``web/access.py`` to say."""
    return Finding.objects.select_related("unit", "visit", "matter")


def answers_to(finding: Finding) -> list[Any]:
    """The entries of the record about ``finding``, oldest first."""
    return list(entries(f"finding:{finding.pk}").order_by("sequence"))


def _refused(
    row: Visit | Finding, state: str, steps: Mapping[str, tuple[str, ...]], expected: int
) -> tuple[Problem, ...]:
    if row.revision != expected:
        return (problem("D005", expected=expected, revision=row.revision), *_who(row))
    if row.state not in steps[state]:
        return (problem("T071", state=row.state, wanted=state),)
    return ()


def _who(row: Visit | Finding) -> tuple[Problem, ...]:
    """By whom and when it was changed, for whoever comes second."""
    last = entries(f"{type(row).__name__.lower()}:{row.pk}").first()
    if last is None:
        return ()
    return (problem("T013", actor=last.actor, at=timezone.localtime(last.at).strftime("%m月%d日 %H:%M")),)


def _tell(found: Finding, unit: Unit, title: str, day: date) -> None:
    Message.objects.create(
        key=f"finding:{found.pk}:{found.revision}", unit=unit, addressee=unit.name, document="finding",
        matter=found.matter, title=title[:300], day=day,
    )  # fmt: skip
