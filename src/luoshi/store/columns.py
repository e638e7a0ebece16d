"""What lists show of a matter: columns derived from its body, and the units that have a part in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from luoshi import supervise
from luoshi.store.models import Matter, MatterUnit, Unit

_LONGEST_TITLE, _LONGEST_NAME = 300, 100


def columns(body: supervise.Matter, today: date, rules: supervise.Rules, units: Mapping[str, Unit]) -> dict[str, Any]:
    """Every derived column of :class:`Matter` for ``body`` as of ``today``."""
    lit = supervise.light(body, today, rules.profile)
    lead = units.get(body.lead)
    return {
        "number": body.number,
        "title": body.title[:_LONGEST_TITLE],
        "state": body.state,
        "kind": body.kind,
        "theme": body.theme[:_LONGEST_NAME],
        "lead_id": lead.pk if lead else None,
        "lead_name": body.lead[:_LONGEST_NAME],
        "leader": body.leader,
        "important": body.important,
        "due": body.due,
        "light": lit.colour,
        "hollow": lit.hollow,
        "light_day": today,
        "progress_class": supervise.progress_class(body, today),
        "label": body.openness or "internal",
        "labelled": body.openness is not None,
        "reported": body.reported,
        "verified": body.verified,
        "reported_on": body.reported_on,
        "revision": body.revision,
    }


def parts(pk: int, body: supervise.Matter, units: Mapping[str, Unit]) -> list[MatterUnit]:
    """The rows that say which units have a part in the matter ``pk``: the lead, and those that help."""
    lead = units.get(body.lead)
    helping = {unit.pk for name in body.help if (unit := units.get(name))} - {lead.pk if lead else None}
    made = [MatterUnit(matter_id=pk, unit_id=unit, part="help") for unit in sorted(helping)]
    return [*([MatterUnit(matter_id=pk, unit=lead, part="lead")] if lead else []), *made]


def body_of(matter: Matter) -> supervise.Matter:
    """The whole matter as supervision knows it."""
    return _body(matter.body.text)


@lru_cache(maxsize=1024)
def _body(text: str) -> supervise.Matter:
    """Bodies are frozen, and the same ones are asked for page after page: reading one takes longer than keeping it."""
    return supervise.Matter.model_validate_json(text)
