"""What is out and should not be any more: said at the top of the pages of publishing and on the office's desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from luoshi.store import publishing
from luoshi.store.outside import recalled
from luoshi.web import access

if TYPE_CHECKING:
    from django.http import HttpRequest

    from luoshi.store.models import Report

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Recall:
    """A report of which something is still out that is no longer labelled public; the first few names of it."""

    report: Report
    names: tuple[str, ...]
    count: int
    busy: bool

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.count - len(self.names)


def recalls(request: HttpRequest) -> list[Recall]:
    """What has to be called back, for whoever may publish; nothing for others."""
    who = access.access(request)
    if not who.may("publish"):
        return []
    found = recalled(publishing.lists_out())
    if not found:
        return []
    reports = access.reports(who).filter(pk__in=found, label="public")
    return [
        Recall(one, tuple(found[one.pk][:_SHOWN]), len(found[one.pk]), publishing.work_on(one.pk).busy)
        for one in reports
    ]
