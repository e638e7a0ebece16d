"""The dossier of a report as the site has it: what papers, pages and tables are made from."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from luoshi.measure import Readings, units_of
from luoshi.publish.dossier import Dossier, dossier, office_of
from luoshi.source import Document
from luoshi.store.choosing import setting
from luoshi.store.columns import body_of
from luoshi.store.comparing import public_comparison
from luoshi.store.ledger import given
from luoshi.store.models import LedgerEntry, Matter, Report
from luoshi.store.readings import series_until
from luoshi.store.reports import plan_of
from luoshi.store.rules import rules_in_force
from luoshi.supervise import Actor, Docket, Entry

OFFICE = "office"  # the setting that holds the office's file (office.toml)


def dossier_of(report: Report, today: date, *, moves: bool = True) -> Dossier:
    """Everything that is known of ``report`` today; what may be published of it is for ``publish.dossier.opened``.

    Without ``moves`` the lines of the record are left out: tables do not need them.
    """
    plan = plan_of(report)
    rows = Matter.objects.filter(report=report).select_related("body").order_by("place")
    items = {row.pk: body_of(row).model_copy(update={"openness": row.label}) for row in rows}
    entries = _entries({pk: one.id for pk, one in items.items()}) if moves else ()
    docket = Docket(items=tuple(items.values()), entries=entries)
    series = series_until(today, units_of(plan))
    comparison, texts = public_comparison(report) or (None, {})
    return dossier(
        plan,
        Document(report.body.text, sha256=report.file_hash),
        today,
        docket=docket,
        readings=Readings(series, ()) if series else None,
        comparison=comparison,
        texts=texts,
        office=office_of(plan, setting(OFFICE) or None),
        by=rules_in_force(),
    )


def _entries(names: dict[int, str]) -> tuple[Entry, ...]:
    """The moves of these matters from the record, oldest first."""
    return tuple(
        Entry(
            matter=names[int(row.subject.split(":")[1])],
            revision=said["revision"],
            day=said["day"],
            move=said["move"],
            before=said["before"],
            after=said["after"],
            by=Actor(role=row.role, person=row.actor.split("（")[0]),
            given=said["event"],
        )
        for row in _moves(names)
        if "day" in (said := given(row))
    )


def _moves(names: dict[int, str]) -> QuerySet[LedgerEntry]:
    subjects = [f"matter:{pk}" for pk in names]
    return LedgerEntry.objects.filter(action="matter.move", subject__in=subjects).order_by("sequence")
