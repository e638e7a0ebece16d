"""A ballot about a public matter, and two deputies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest

from luoshi.store.acting import SYSTEM

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.store.models import Ballot, Person

DAYS = (date(2020, 1, 1), date(2099, 12, 31))


@dataclass
class Poll:
    """The ballot, its place row, the second deputy."""

    ballot: Ballot
    row: int
    other: Person


@pytest.fixture
def poll(cast: Cast) -> Poll:
    """A draft."""
    return drafted(cast)


@pytest.fixture
def lasting_poll(lasting_cast: Cast) -> Poll:
    """The same, committed: threads see it."""
    return drafted(lasting_cast)


def drafted(cast: Cast) -> Poll:
    """A ballot about a public matter, drafted."""
    from luoshi.store.balloting import draft_ballot, matters_on
    from luoshi.store.models import Matter, Report
    from luoshi.store.moving import label_matter
    from luoshi.store.people import add_person, grant_role

    other = add_person(SYSTEM, "deputy2", "代表老李", None)
    grant_role(other, "deputy", SYSTEM)
    label_matter(cast.matter, "public", cast.by("director"), expected=0, reason="已公布")
    Report.objects.filter(pk=cast.report.pk).update(label="public")  # type: ignore[union-attr]
    matter = Matter.objects.get(pk=cast.matter)
    ballot = draft_ballot(matter.report, "2023年满意度测评", DAYS, [matter], cast.by("supervisor"))
    return Poll(ballot, matters_on(ballot)[0].pk, other)
