"""The plan of inspections with a cap: few visits, several matters each, and what is left over named with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from luoshi.supervise.ground import Rules
from luoshi.supervise.lights import light
from luoshi.supervise.model import Matter
from luoshi.supervise.workdays import on_or_after

_URGENCY = {"red": 3, "yellow": 1, "stale": 1}


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to one unit, for every matter that needs one there."""

    unit: str
    day: date
    matters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """A unit that is not visited, with its matters, and why: the cap, or a visit within the gap already."""

    unit: str
    matters: tuple[str, ...]
    why: Literal["cap", "recent"]


@dataclass(frozen=True, slots=True)
class Inspections:
    """The visits in order of their days, and what was left."""

    visits: tuple[Visit, ...]
    left: tuple[Left, ...]


def inspections(
    matters: Iterable[Matter],
    today: date,
    rules: Rules,
    *,
    cap: int,
    made: Iterable[Visit] = (),
    gap: int = 90,
) -> Inspections:
    """Plan visits from ``today``: at most ``cap`` in all, those ``made`` counted; none to one visited within ``gap``.

    Only matters that are running or being checked and not green call for a visit: no visit without a registered matter.
    The most urgent units come first (a red counts three, a yellow or a silent one counts one), one a working day.
    """
    urgent = _urgent(matters, today, rules)
    past = tuple(made)
    recent = {visit.unit for visit in past if visit.day > today - timedelta(days=gap)}
    room, day = max(cap - len(past), 0), today
    visits: list[Visit] = []
    left: list[Left] = []
    for unit, names in urgent:
        if unit in recent:
            left.append(Left(unit, names, "recent"))
        elif len(visits) >= room:
            left.append(Left(unit, names, "cap"))
        else:
            day = on_or_after(rules.calendar, day)
            visits.append(Visit(unit, day, names))
            day += timedelta(days=1)
    return Inspections(tuple(visits), tuple(left))


def _urgent(matters: Iterable[Matter], today: date, rules: Rules) -> list[tuple[str, tuple[str, ...]]]:
    """The units with something to look at, the most urgent first, each with its matters."""
    score: dict[str, int] = defaultdict(int)
    names: dict[str, list[str]] = defaultdict(list)
    for matter in matters:
        weight = _URGENCY.get(light(matter, today, rules.profile).colour, 0)
        if weight and matter.lead and rules.workflow.states[matter.state].phase in ("run", "check"):
            score[matter.lead] += weight
            names[matter.lead].append(matter.id)
    return [(unit, tuple(names[unit])) for unit in sorted(score, key=lambda unit: (-score[unit], unit))]
