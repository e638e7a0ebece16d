"""The rules in force on this site: profiles from the day on which they were to begin, and the site's calendar."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils import timezone

from luoshi.store.acting import By
from luoshi.store.calendars import CALENDAR, calendar_of
from luoshi.store.choosing import keep, kept
from luoshi.store.ledger import record
from luoshi.store.models import Matter, Setting
from luoshi.store.moment import now
from luoshi.store.writing import writing
from luoshi.supervise import Rules, profiles, rules, slip_profiles
from luoshi.supervise.lights import DEFAULT
from luoshi.supervise.slips import DEFAULT_SLIPS

LIGHTS, SLIPS = "lights", "slips"
DEFAULTS = {LIGHTS: DEFAULT, SLIPS: DEFAULT_SLIPS}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A profile and the day from which it is in force; None: from the beginning."""

    name: str
    since: date | None = None


def rules_in_force(day: date | None = None) -> Rules:
    """The engine's rules as the site has chosen them for ``day`` (today where none is given); one query.

    Raises KeyError for a profile that is none.
    """
    rows = dict(Setting.objects.filter(name__in=(LIGHTS, SLIPS, CALENDAR)).values_list("name", "value"))
    day = day or timezone.localdate(now())
    lights, slips = (on(_history(rows.get(kind, "")), kind, day) for kind in (LIGHTS, SLIPS))
    return _rules(lights, slips, rows.get(CALENDAR, ""))


def history(kind: str) -> tuple[tuple[Chosen, ...], int]:
    """What was chosen for ``kind``, the earliest first, and the revision of the choice."""
    text, revision = kept(kind)
    return _history(text), revision


def on(chosen: tuple[Chosen, ...], kind: str, day: date) -> str:
    """The name of the profile that is in force on ``day``."""
    begun = [one for one in chosen if one.since is None or one.since <= day]
    return begun[-1].name if begun else DEFAULTS[kind]


def offered(kind: str) -> tuple[str, ...]:
    """The names that may be chosen: profiles that judge items, and schemes of slips."""
    if kind == SLIPS:
        return tuple(slip_profiles())
    return tuple(name for name, one in profiles().items() if one.scope == "item")


def choose_profile(kind: str, new: Chosen, seen: int, by: By, today: date) -> bool:
    """Let ``new`` be in force from its day; False where somebody chose after ``seen``. Lights are lit anew.

    A choice for the same day takes the place of the earlier one. Raises KeyError for a profile that is not offered.
    """
    since = new.since or date.min
    if new.name not in offered(kind):
        raise KeyError(new.name)
    with writing():
        before, _ = history(kind)
        rows = sorted(
            [*(one for one in before if one.since != new.since), new],
            key=lambda one: one.since or date.min,
        )
        if not keep(kind, json.dumps([[one.name, one.since] for one in rows], default=str), seen):
            return False
        if kind == LIGHTS and since <= today:
            Matter.objects.update(light_day=None)
        record(by, "profile.choose", f"setting:{kind}", f"{since} {new.name}", kind=kind, since=since, name=new.name)
    return True


def _history(text: str) -> tuple[Chosen, ...]:
    if not text.startswith("["):
        return (Chosen(text),) if text else ()
    return tuple(Chosen(name, date.fromisoformat(since) if since else None) for name, since in json.loads(text))


@lru_cache(maxsize=16)
def _rules(lights: str, slips: str, calendar: str) -> Rules:
    return rules(lights=lights, slips=slips, calendar=calendar_of(calendar))
