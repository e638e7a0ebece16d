"""What the site says of itself: its place, names for papers and pages, what counts as open where nothing is said."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from luoshi.plan import Plan
from luoshi.problems import Problem, Unreadable
from luoshi.publish.dossier.office import Office, office_of
from luoshi.store.acting import By
from luoshi.store.choosing import keep, kept
from luoshi.store.dossiers import OFFICE
from luoshi.store.ledger import record
from luoshi.store.models import Setting
from luoshi.store.writing import writing

PLACE = "place"


@dataclass(frozen=True, slots=True)
class Site:
    """The place, and the office's file as it was kept; ``seen`` is the revision of both."""

    place: str
    office: str
    seen: str

    def named(self) -> Office:
        """The office with the defaults that come with luoshi."""
        return office_of(Plan(), self.office or None)

    def typed(self) -> dict[str, str]:
        """The names that the site has given itself."""
        return {name: value for name, value in tomllib.loads(self.office).items() if isinstance(value, str)}


def site() -> Site:
    """The site as it describes itself; two queries."""
    (place, first), (office, second) = kept(PLACE), kept(OFFICE)
    return Site(place, office, f"{first}/{second}")


def office_text(names: Mapping[str, str], openness: Mapping[str, str]) -> str:
    """The office's file; an empty name is left out and is as the defaults say."""
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in names.items() if value]
    return "\n".join([*lines, "", "[openness]", *(f"{name} = {json.dumps(one)}" for name, one in openness.items())])


def describe_site(place: str, office: str, seen: str, by: By) -> tuple[Problem, ...] | None:
    """Keep what the site says of itself, or the problems of it; None, and nothing kept, where it is not as ``seen``."""
    try:
        office_of(Plan(), office)
    except Unreadable as error:
        return tuple(error.problems)
    with writing():
        before = site()
        if before.seen != seen:
            return None
        for name, old, new in ((PLACE, before.place, place), (OFFICE, before.office, office)):
            if old != new:
                assert keep(name, new, kept(name)[1])
                record(by, "setting.choose", f"setting:{name}", name, before=old, after=new)
    return ()


def chosen_when() -> dict[str, datetime]:
    """When each choice of the site was last changed, by its name."""
    return dict(Setting.objects.values_list("name", "updated"))
