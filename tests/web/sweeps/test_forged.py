"""Faults of forging and of other units: every address that writes, without its token and by a link; lists of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from sweeps.walking import walk
from test_access import ROWS, SEES, address_of, helped, objects, parts

from luoshi.store.models import LedgerEntry, Matter

if TYPE_CHECKING:
    from casting import Cast

WRITES = sorted(name for name, row in ROWS.items() if row.get("method") == "post" and not name.startswith("api:"))


@pytest.fixture
def site_day() -> None:
    """The cast's own days: nothing here depends on one."""


def test_a_forged_request_is_refused_and_a_link_changes_nothing(cast: Cast) -> None:
    """Whoever may do it is signed in; another site has no token, and cannot do it by a link either."""
    there, told = objects(helped(cast)), []
    before = LedgerEntry.objects.count()
    for name in WRITES:
        row = ROWS[name]
        kind = row.get("object")
        may = {"supervisor"} if row.get("open") else parts(row) & set(SEES.get(kind, cast.people))
        address = address_of(name, there.get(kind))
        forger = Client(enforce_csrf_checks=True)
        forger.force_login(cast.people[min(may)])
        elsewhere = forger.post(address, row.get("data", {}), headers={"origin": "https://elsewhere.example"})
        answers = elsewhere.status_code, forger.post(address, row.get("data", {})).status_code
        if answers != (403, 403) or forger.get(address).status_code not in (302, 404, 405):
            told.append(f"{name}: {answers}, by a link {forger.get(address).status_code}")
    assert len(WRITES) > 40
    assert told == []
    assert LedgerEntry.objects.count() == before


@pytest.mark.parametrize("part", ["outsider", "deputy"])
def test_what_is_anothers_stands_on_no_page_list_or_export(cast: Cast, settings: Any, part: str) -> None:
    """The report itself may be read by all; what became of another unit's item is nowhere they can go."""
    matter = Matter.objects.get(pk=helped(cast).matter)
    Matter.objects.filter(pk=matter.pk).update(title="别人的事项乙丙丁")
    client = Client()
    client.force_login(cast.people[part], settings.AUTHENTICATION_BACKENDS[1])
    seen = list(walk(client))
    assert len(seen) > 10
    assert [one.address for one in seen if "别人的事项乙丙丁" in one.text] == []
    assert client.get(f"/items/{matter.pk}/").status_code == 404
