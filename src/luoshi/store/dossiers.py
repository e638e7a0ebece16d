"""The dossier of a report as the site has it: what papers, pages and tables are made from."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from luoshi.measure import Readings, units_of
from luoshi.publish.dossier import Dossier, dossier, office_of
from luoshi.source import Document
from luoshi.store.choosing import setting
from luoshi.store.columns import body_of
from luoshi.store.ledger import given
from luoshi.store.models import LedgerEntry, Matter, Report
from luoshi.store.readings import series_until
from luoshi.store.reports import plan_of
from luoshi.store.rules import rules_in_force
from luoshi.supervise import Actor, Docket, Entry

OFFICE = "office"  # the setting that holds the office's file (office.toml)


def dossier_of(report: Report, today: date) -> Dossier:
    """Everything that is known of ``report`` today; what may be published of it is for ``publish.dossier.opened``."""
    plan = plan_of(report)
    rows = Matter.objects.filter(report=report).select_related("body").order_by("place")
    items = {row.pk: body_of(row).model_copy(update={"openness": row.label}) for row in rows}
    docket = Docket(items=tuple(items.values()), entries=_entries({pk: one.id for pk, one in items.items()}))
    wanted = {name for name, _ in units_of(plan).items()}
    series = {key: one for key, one in series_until(today).items() if key[0] in wanted}
    return dossier(
        plan,
        Document(report.body.text, sha256=report.file_hash),
        today,
        docket=docket,
        readings=Readings(series, ()) if series else None,
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
