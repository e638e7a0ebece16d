"""Every address that shows somebody a page, in a real browser at both widths: axe, nothing too wide, no complaint."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from casting import ROLES
from django.test import Client
from django.urls import NoReverseMatch, reverse
from sweeps.walking import PEOPLE

from luoshi.rehearsal import TODAY
from luoshi.store.models import Ballot, EvidenceFile, Finding, Matter, Person, Report, Unit, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.django_db(transaction=True)
FOLDER = Path(__file__).parents[1]
FAMILIES = sorted(file.parent.name for file in FOLDER.glob("*/addresses.toml"))
MOST_SCRIPT = 100 * 1024
WIDTHS = ((1440, 900), (390, 844))
# What stands in an address besides a number, where the table of addresses has only an example that is not there.
GIVEN = {
    "matter:move": {"move": "report"},
    "supervision:queue": {"queue": "late"},
    "units:hand_over": {},
}
GROUPS = {
    "everybody": tuple(PEOPLE),
    "office": ("director", "supervisor"),
    "inspection": ("director", "supervisor", "inspector"),
    "leaders": ("leader", "government"),
    "units": ("liaison", "head"),
    "administrators": ("system_admin", "security_admin", "auditor"),
    "see_matters": ("director", "liaison", "deputy", "leader"),
}


def rows(family: str) -> dict[str, dict[str, Any]]:
    """The addresses of a family that are asked for with GET."""
    read = tomllib.loads((FOLDER / family / "addresses.toml").read_text(encoding="utf-8"))
    return {name: row for name, row in read.items() if row.get("method", "get") == "get" and not row.get("open")}


@pytest.fixture
def lasting_district(transactional_db: None, home: Path) -> dict[str, int]:
    """The district, committed, and one thing of each kind."""
    del transactional_db
    from sweeps.conftest import settled  # type: ignore[import-not-found]

    from luoshi.web.rehearse import filling

    with settled(home):
        filling.fill(home)
    lead = Unit.objects.get(name="区交通运输局")
    matter = Matter.objects.filter(lead=lead, state="running", report__year=2023).first()
    assert matter is not None
    return {
        "matter": matter.pk,
        "elsewhere": Matter.objects.filter(report__year=2023).exclude(lead=lead)[0].pk,
        "report": Report.objects.get(year=2023).pk,
        "unit": lead.pk,
        "evidence": EvidenceFile.objects.all()[0].pk,
        "visit": Visit.objects.create(unit=lead, title="到现场看跑道", day=TODAY).pk,
        "finding": Finding.objects.create(unit=lead, text="台账不全", due=TODAY).pk,
        "ballot": Ballot.objects.get().pk,
        "person": Person.objects.get(username="shilei").pk,
    }
