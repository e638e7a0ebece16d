"""What only the filling of a sample district needs of the store: many passwords at once, old messages put aside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from luoshi.store.acting import By
from luoshi.store.choosing import choose
from luoshi.store.ledger import record
from luoshi.store.models import Message, Person, Report
from luoshi.store.moment import now
from luoshi.store.writing import writing


def keep_passwords(hashes: Mapping[str, str], by: By) -> None:
    """Keep what was hashed for people, by their sign-in names."""
    with writing():
        for person in Person.objects.filter(username__in=hashes):
            Person.objects.filter(pk=person.pk).update(password=hashes[person.username], password_set=now())
            record(by, "person.password", f"person:{person.pk}", f"{person.name}（{person.username}）")


def settle_messages(until: date) -> int:
    """Messages of days before ``until`` count as sent and read: nobody is written to about last spring; how many."""
    with writing():
        old = Message.objects.filter(day__lt=until)
        return old.update(state="sent", sent=now(), read=now())


def name_place(place: str, by: By) -> None:
    """The place whose site this is."""
    with writing():
        choose("place", place)
        record(by, "setting.choose", "setting:place", place)


def label_report(report: Report, label: str, by: By) -> None:
    """Label a report 公开 or 内部 (``public``, ``internal``)."""
    with writing():
        Report.objects.filter(pk=report.pk).update(label=label)
        record(by, "report.label", f"report:{report.pk}", report.title, label=label)
