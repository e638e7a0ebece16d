"""Reminders: one digest a person a day, and none on days that are not worked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from luoshi.problems import Problem, problem
from luoshi.supervise.ground import Rules
from luoshi.supervise.model import Matter
from luoshi.supervise.obligations import Obligation, obligations
from luoshi.supervise.posts import Duty, Post, find, holder
from luoshi.supervise.words import data
from luoshi.supervise.workdays import add_working, on_or_after, on_or_before


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a digest: what is owed, and which step of the ladder it has come to."""

    obligation: Obligation
    step: str


@dataclass(frozen=True, slots=True)
class Digest:
    """All that one person is told on one day."""

    person: str
    day: date
    lines: tuple[Line, ...]


def reminders(
    matters: Iterable[Matter], posts: Sequence[Post], today: date, rules: Rules
) -> tuple[tuple[Digest, ...], tuple[Problem, ...]]:
    """The digests to send on ``today``, by person; and the posts that nobody holds (their lines go to the office).

    A step that falls on a day off moves: before the deadline to the working day before, after it to the one after. So
    every step is sent on exactly one day, and a run on another day repeats nothing.
    """
    if not rules.calendar.is_workday(today):
        return (), ()
    told: dict[str, list[Line]] = defaultdict(list)
    vacant: dict[tuple[str, str], Problem] = {}
    for matter in matters:
        for line, duty in _due_now(matter, today, rules):
            unit = _unit(matter, duty)
            person, nobody = _person(posts, unit, duty, today)
            if nobody is not None:
                vacant[unit, duty] = nobody
            if line not in told[person]:
                told[person].append(line)
    digests = (Digest(person, today, tuple(lines)) for person, lines in sorted(told.items()))
    return tuple(digests), tuple(vacant.values())


def sent_on(owed: Obligation, step: dict[str, Any], rules: Rules) -> date:
    """The working day on which ``step`` of the ladder is sent for ``owed``."""
    day = owed.due + timedelta(days=step["days"])
    if step["days"] <= 0:
        return on_or_before(rules.calendar, day)
    return add_working(rules.calendar, on_or_after(rules.calendar, day), step.get("working_days_later", 0))


def _due_now(matter: Matter, today: date, rules: Rules) -> Iterator[tuple[Line, Duty]]:
    for owed in obligations(matter, today, rules):
        for step in data("rhythm.toml")["ladder"]:
            if sent_on(owed, step, rules) == today and not _excused(matter, owed, step):
                for whom in step["to"]:
                    yield Line(owed, step["name"]), _duty(whom, owed)


def _excused(matter: Matter, owed: Obligation, step: dict[str, Any]) -> bool:
    """Whoever gave a reason after the deadline is not named in a notice for silence."""
    silent = matter.reported_on is None or matter.reported_on <= owed.due
    return step["name"] == "criticism" and not silent


def _duty(whom: str, owed: Obligation) -> Duty:
    """Which post a step means: the one who owes, the unit's head, the sponsor, the office."""
    owner: dict[str, Duty] = {"lead": "liaison", "leader": "leader"}
    named: dict[str, Duty] = {"unit_head": "head", "leader": "leader", "office": "office"}
    return named[whom] if whom in named else owner.get(owed.role, "office")


def _unit(matter: Matter, duty: Duty) -> str:
    if duty == "leader":
        return matter.leader
    return "" if duty == "office" else matter.lead


def _person(posts: Sequence[Post], unit: str, duty: Duty, today: date) -> tuple[str, Problem | None]:
    """Who is to be told; where nobody holds the post, the office is."""
    office = next((post for post in posts if post.duty == "office"), None)
    desk = (holder(office, today) if office else None) or "督查室"
    if duty == "office":
        return desk, None
    post = next((one for one in posts if one.id == unit), None) if duty == "leader" else find(posts, unit, duty)
    person = holder(post, today) if post else None
    if person is not None:
        return person, None
    return desk, problem("D037", post=post.title if post else f"{unit or '（单位未定）'}·{_TITLES[duty]}", day=today)


_TITLES = {"liaison": "联络员", "head": "主要负责人", "leader": "责任领导"}
