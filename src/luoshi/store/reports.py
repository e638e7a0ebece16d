"""Bringing a report in, whole or not at all, and correcting how it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from luoshi import supervise
from luoshi.plan import Corrections, Plan, correct
from luoshi.problems import Problem, has_errors, problem
from luoshi.store import grams
from luoshi.store.acting import By
from luoshi.store.columns import columns, parts
from luoshi.store.ledger import hold, record
from luoshi.store.models import Matter, MatterBody, MatterUnit, Report, ReportBody, Unit
from luoshi.store.moment import now
from luoshi.store.rules import rules_in_force
from luoshi.store.seal import digest
from luoshi.store.units import units_by_name
from luoshi.store.writing import writing

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Imported:
    """The report that was brought in; None with the problems that kept it out."""

    report: Report | None
    problems: tuple[Problem, ...] = ()


def bring_in(
    plan: Plan, text: str, today: date, by: By, *, file_name: str = "", docket: supervise.Docket | None = None
) -> Imported:
    """Keep a report with its plan and a matter an item, in one transaction: all of it or nothing.

    ``docket`` are states that are known already. The same file a second time is refused. Raises
    :class:`Unavailable`.
    """
    bodies, problems = supervise.matters(plan, today, docket)
    if has_errors(problems):
        return Imported(None, problems)
    with writing():
        hold()
        known = Report.objects.filter(file_hash=plan.document.sha256).exclude(file_hash="").first()
        if known is not None:
            return Imported(None, (problem("T014", title=known.title, day=timezone.localdate(known.created)),))
        report = _report(plan, by, file_name, len(bodies))
        ReportBody.objects.create(report=report, text=text, plan=plan.to_json())
        made = _matters(report, bodies, today)
        sealed = {str(pk): digest(body.model_dump_json()) for pk, body in made}
        record(by, "report.import", f"report:{report.pk}", report.title, items=len(made), file=file_name,
               sha256=plan.document.sha256, text=digest(text), bodies=sealed)  # fmt: skip
    return Imported(report, problems)


def plan_of(report: Report) -> Plan:
    """The plan as it was read, with the corrections made since."""
    plan = Plan.from_json(report.body.plan)
    if not report.body.corrections:
        return plan
    return correct(plan, corrections_of(report).corrections, report.body.text)[0]


def corrections_of(report: Report) -> Corrections:
    """The corrections made so far."""
    kept = report.body.corrections
    return Corrections.from_json(kept.encode()) if kept else Corrections()


def save_corrections(
    pk: int, corrections: Corrections, by: By, *, expected: int
) -> tuple[Plan | None, tuple[Problem, ...]]:
    """Keep ``corrections`` as those of the report ``pk``: all of them apply, or none is kept.

    The plan as corrected, or the problems; ``expected`` is the revision that was seen. Matters are not touched: a
    person decides what of them follows.
    """
    with writing():
        report = Report.objects.select_for_update(of=("self",)).select_related("body").get(pk=pk)
        if Report.objects.filter(pk=pk, revision=expected).update(revision=expected + 1) != 1:
            return None, (problem("D005", expected=expected, revision=report.revision),)
        plan, problems = correct(Plan.from_json(report.body.plan), corrections.corrections, report.body.text)
        if has_errors(problems):
            Report.objects.filter(pk=pk).update(revision=expected)
            return None, tuple(problems)
        kept = corrections.model_dump_json()
        ReportBody.objects.filter(pk=pk).update(corrections=kept)
        record(
            by, "report.correct", f"report:{pk}", report.title, count=len(corrections.corrections), kept=digest(kept)
        )
    return plan, tuple(problems)


def _report(plan: Plan, by: By, file_name: str, items: int) -> Report:
    facts = plan.document
    begins, ends = facts.term or (None, None)
    return Report.objects.create(
        title=(facts.title or file_name or "（无标题）")[:200],
        place=(facts.place or "")[:60],
        level=facts.level or "",
        year=facts.year,
        begins=begins,
        ends=ends,
        file_name=file_name[:200],
        file_hash=facts.sha256,
        items=items,
        by=by.person,
        created=now(),
    )


def _matters(report: Report, bodies: tuple[supervise.Matter, ...], today: date) -> list[tuple[int, supervise.Matter]]:
    units, rules, moment = units_by_name(), rules_in_force(), now()
    rows = [
        Matter(report=report, item=body.id, place=place, updated=moment, **columns(body, today, rules, units))
        for place, body in enumerate(bodies)
    ]
    Matter.objects.bulk_create(rows, batch_size=_BATCH)
    made = [(row.pk, body) for row, body in zip(rows, bodies, strict=True)]
    _bodies(made, units)
    return made


def _bodies(made: list[tuple[int, supervise.Matter]], units: dict[str, Unit]) -> None:
    MatterBody.objects.bulk_create((MatterBody(matter_id=pk, text=body.model_dump_json()) for pk, body in made), _BATCH)
    MatterUnit.objects.bulk_create((part for pk, body in made for part in parts(pk, body, units)), _BATCH)
    grams.index(made)
