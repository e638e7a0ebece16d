"""Escalation slips (督查单): which colour is due now, and which may be issued; colours are those of a named profile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from luoshi.supervise.facts import Facts, facts
from luoshi.supervise.lights import Profile, light
from luoshi.supervise.model import Matter, Slip
from luoshi.supervise.rules import Condition, conditions, holds
from luoshi.supervise.words import data
from luoshi.supervise.workflow import workflow

DEFAULT_SLIPS = "sanming-2017"


@dataclass(frozen=True, slots=True)
class SlipProfile:
    """A named, dated scheme of slips: the colours from mild to grave, where urgent matters may start, when one is due.

    ``climbs``: a slip that was not answered in time is followed by the next colour; else the facts alone choose it.
    """

    name: str
    zh: str
    en: str
    issuer: str
    year: int
    source: str
    order: tuple[str, ...]
    urgent: tuple[str, ...]
    climbs: bool
    colours: dict[str, dict[str, str]]
    starts: tuple[tuple[str, tuple[Condition, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Lit:
    """Facts, and the light they give."""

    found: Facts
    colour: str

    def ask(self, name: str) -> object:
        return self.colour if name == "light" else self.found.ask(name)


@cache
def slip_profiles() -> dict[str, SlipProfile]:
    """Every scheme of slips that comes with luoshi, by name."""
    folder = resources.files("luoshi.supervise").joinpath("slips")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return {made.name: made for made in (_profile(data(f"slips/{name}")) for name in names)}


def _profile(raw: dict[str, Any]) -> SlipProfile:
    starts = tuple((row["colour"], conditions(row["all"])) for row in raw["starts"])
    return SlipProfile(**{**raw, "order": tuple(raw["order"]), "urgent": tuple(raw["urgent"]), "starts": starts})


def pending(matter: Matter) -> Slip | None:
    """The last slip, if it has not been answered."""
    return matter.slips[-1] if matter.slips and matter.slips[-1].answered is None else None


def next_slip(matter: Matter, today: date, scheme: SlipProfile, lights: Profile) -> str | None:
    """The colour of the slip that should be issued today, or None. Advice: a person issues it."""
    waiting = pending(matter)
    too_soon = waiting is not None and today <= waiting.answer_by
    if too_soon or matter.state not in workflow().moves["issue_slip"].origins:
        return None
    if waiting is not None and scheme.climbs:
        return _after(waiting.colour, scheme)
    lit = _Lit(facts(matter, today), light(matter, today, lights).colour)
    return next((colour for colour, wanted in scheme.starts if holds(wanted, lit)), None)


def may_issue(matter: Matter, colour: str, today: date, scheme: SlipProfile) -> bool:
    """Whether a slip of ``colour`` is in order: none is skipped, none issued while another may be answered."""
    if colour not in scheme.order:
        return False
    waiting = pending(matter)
    if waiting is not None and today <= waiting.answer_by:
        return False
    if not scheme.climbs:
        return True
    if waiting is not None:
        return colour == _after(waiting.colour, scheme)
    return colour == scheme.order[0] or (matter.important and colour in scheme.urgent)


def _after(colour: str, scheme: SlipProfile) -> str:
    """The next graver colour; the gravest is followed by itself. A colour of another scheme starts anew."""
    at = scheme.order.index(colour) + 1 if colour in scheme.order else 0
    return scheme.order[min(at, len(scheme.order) - 1)]
