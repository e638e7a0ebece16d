"""Correcting how a report was read: kept beside what was read, recorded one by one, and followed by its matters.

A matter that nobody has taken up yet (提取) follows its item: units, deadline, title. Later than that only moves change
it. An item that is new becomes a matter; one that is gone is dropped while it may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from luoshi import supervise
from luoshi.plan import Correction, Corrections, Item, Plan, appended, correct
from luoshi.problems import Problem, has_errors, problem
from luoshi.store import grams
from luoshi.store.acting import By
from luoshi.store.columns import body_of, columns, parts
from luoshi.store.ledger import entries, record
from luoshi.store.lighting import turned
from luoshi.store.models import Matter, MatterBody, MatterUnit, Report, ReportBody
from luoshi.store.moving import changes, move_matter
from luoshi.store.reports import corrections_of, plan_of
from luoshi.store.rules import rules_in_force
from luoshi.store.seal import digest
from luoshi.store.units import units_by_name
from luoshi.store.writing import writing

_FRESH, _DROPPED = "extracted", "dropped"
_FOLLOWS = ("title", "kind", "strength", "theme", "lead", "help", "due", "due_basis")


@dataclass(frozen=True, slots=True)
class Corrected:
    """The plan as it now is; None with the problems that kept every correction out. ``followed`` counts matters."""

    plan: Plan | None
    problems: tuple[Problem, ...] = ()
    followed: int = 0


def correct_report(pk: int, wanted: Sequence[Correction], today: date, by: By, *, expected: int) -> Corrected:
    """Add corrections to those of the report ``pk``: all of them, or none.

    Each is an entry of the record. ``expected`` is the revision that was seen (compare-and-set). Raises
    :class:`Unavailable`.
    """
    with writing():
        report = Report.objects.select_for_update(of=("self",)).select_related("body").get(pk=pk)
        if report.revision != expected:
            return Corrected(None, _told(report, expected))
        before, known = plan_of(report), corrections_of(report)
        kept = known.model_copy(update={"corrections": _all(known.corrections, _signed(wanted, today, by))})
        plan, problems = correct(Plan.from_json(report.body.plan), kept.corrections, report.body.text)
        if has_errors(problems):
            return Corrected(None, tuple(problems))
        if Report.objects.filter(pk=pk, revision=expected).update(revision=expected + 1, items=len(plan.items)) != 1:
            return Corrected(None, _told(report, expected))
        _keep(report, kept, len(known.corrections), by)
        followed = _follow(report, before, plan, today, by)
    return Corrected(plan, tuple(problems), followed)


def take_back(pk: int, nth: int, today: date, by: By, *, expected: int, why: str) -> Corrected:
    """Take the ``nth`` correction of the report ``pk`` back: a correction of its own, like any other."""
    report = Report.objects.select_related("body").get(pk=pk)
    known = corrections_of(report).corrections
    if not 1 <= nth <= len(known):
        return Corrected(None, (problem("C002", path=f"corrections.{nth - 1}", detail=str(nth)),))
    one = known[nth - 1]
    back = one.model_copy(update={"do": "undo", "to": {}, "also": (), "nth": nth, "why": why or None})
    return correct_report(pk, [back], today, by, expected=expected)


def corrected_since(report: Report, revision: int) -> list[tuple[str, str]]:
    """Who corrected what after ``revision`` was seen: names and words, newest first."""
    count = max(0, report.revision - revision)
    found = entries(f"report:{report.pk}", action="report.correct")[: 3 * count]
    return [(entry.actor, entry.summary) for entry in found]


def _signed(wanted: Iterable[Correction], today: date, by: By) -> list[Correction]:
    return [one.model_copy(update={"who": by.name, "when": today.isoformat()}) for one in wanted]


def _all(known: tuple[Correction, ...], wanted: Iterable[Correction]) -> tuple[Correction, ...]:
    for one in wanted:
        known = appended(known, one)
    return known


def _told(report: Report, expected: int) -> tuple[Problem, ...]:
    """Whoever came second is told by whom and when the report was corrected."""
    second = problem("D005", expected=expected, revision=report.revision)
    last = entries(f"report:{report.pk}", action="report.correct").first()
    if last is None:
        return (second,)
    at = timezone.localtime(last.at).strftime("%m月%d日 %H:%M")
    return (second, problem("T013", actor=last.actor, at=at))


def _keep(report: Report, kept: Corrections, known: int, by: By) -> None:
    """Keep the file of corrections, with an entry for each that is new."""
    text = kept.model_dump_json()
    ReportBody.objects.filter(pk=report.pk).update(corrections=text)
    for nth, one in enumerate(kept.corrections[known:], known + 1):
        told = one.model_dump(mode="json", exclude_defaults=True)
        said = f"{one.do} {one.what}：{one.quote}"
        record(by, "report.correct", f"report:{report.pk}", said, nth=nth, correction=told, kept=digest(text))


# ── matters follow ───────────────────────────────────────────────────────────────────────────────────────────────────


def _follow(report: Report, before: Plan, plan: Plan, today: date, by: By) -> int:
    """Make the matters of the report follow the corrected plan; how many did."""
    old, new = _by_id(before.items), _by_id(plan.items)
    different = [name for name, item in new.items() if old.get(name) != item]
    gone = [name for name in old if name not in new]
    rows = Matter.objects.select_related("body").filter(report=report, item__in=[*different, *gone])
    known = {row.item: row for row in rows}
    followed = sum(_dropped(known[name], today, by) for name in gone if name in known)
    fresh = {one.id: one for one in supervise.matters(plan, today)[0] if one.id in different}
    for name, body in fresh.items():
        followed += _changed(known[name], body, today, by) if name in known else _added(report, body, today, by)
    return followed


def _by_id(items: Iterable[Item]) -> Mapping[str, Item]:
    return {item.id: item for item in items}


def _dropped(row: Matter, today: date, by: By) -> bool:
    """A matter whose item is gone is dropped by the workflow's own move, where the workflow allows it."""
    event = supervise.Event.model_validate(
        {"move": "drop", "by": by.actor(), "expected": row.revision, "reason": "更正读法：不再是一个事项"}
    )
    return row.state == _FRESH and not move_matter(row.pk, event, today, by).problems


def _changed(row: Matter, fresh: supervise.Matter, today: date, by: By) -> bool:
    """A matter nobody has taken up follows its item; one dropped with its item comes back."""
    before = body_of(row)
    if before.state not in (_FRESH, _DROPPED):
        return False
    values = {name: getattr(fresh, name) for name in _FOLLOWS}
    after = before.model_copy(update={**values, "state": _FRESH, "revision": before.revision + 1})
    said = changes(before, after)
    if set(said) <= {"revision"}:
        return False
    units = units_by_name()
    text = after.model_dump_json()
    now = timezone.now()
    cells = columns(after, today, rules_in_force(), units)
    if Matter.objects.filter(pk=row.pk, revision=before.revision).update(**cells, updated=now) != 1:
        return False
    turned({row.pk: (cells["light"], cells["hollow"])}, today)
    MatterBody.objects.filter(pk=row.pk).update(text=text)
    MatterUnit.objects.filter(matter=row).delete()
    MatterUnit.objects.bulk_create(parts(row.pk, after, units))
    grams.index([(row.pk, after)])
    bodies = {str(row.pk): digest(text)}
    record(by, "matter.move", f"matter:{row.pk}", after.title, move="correct", before=before.state, after=_FRESH,
           revision=after.revision, day=today, changes=said, bodies=bodies)  # fmt: skip
    return True


def _added(report: Report, body: supervise.Matter, today: date, by: By) -> bool:
    """An item that is new becomes a matter, at the end of the report's."""
    units = units_by_name()
    last = Matter.objects.filter(report=report).order_by("-place").values_list("place", flat=True).first()
    cells = columns(body, today, rules_in_force(), units)
    place = 0 if last is None else last + 1
    row = Matter.objects.create(report=report, item=body.id, place=place, updated=timezone.now(), **cells)
    turned({row.pk: (row.light, row.hollow)}, today)
    text = body.model_dump_json()
    MatterBody.objects.create(matter=row, text=text)
    MatterUnit.objects.bulk_create(parts(row.pk, body, units))
    grams.index([(row.pk, body)])
    record(by, "matter.move", f"matter:{row.pk}", body.title, move="correct", before="", after=body.state,
           revision=body.revision, day=today, changes={}, bodies={str(row.pk): digest(text)})  # fmt: skip
    return True
