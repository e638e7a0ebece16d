"""What a person has to do: every item once, under the soonest thing owed for it, with the move that settles it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from luoshi.store.acting import By
from luoshi.store.columns import body_of
from luoshi.store.finding import counts
from luoshi.store.units import names_of
from luoshi.supervise import Light, Matter, Obligation, Rules, agenda, light, obligations, workflow
from luoshi.supervise.agenda import BUCKETS, bucket_of
from luoshi.web import access
from luoshi.web.matter import words
from luoshi.web.matter.page import Offer, given_states, offers, shown, waits_for

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luoshi.store import models
    from luoshi.web.access import Access

MOST = 400  # bodies read for one page: a unit has some hundred items, an office meets the oldest first
SHOWN = 60  # lines of a bucket on the page; the table to take away has them all
_HORIZON = 30
_DECIDES = "change_requested"  # where the executive meeting may have to answer, whoever the state waits for
_FALLS_TO = ("lead", "help")


@dataclass(frozen=True)
class Line:
    """One item of the day: what is owed for it, the soonest first, and the move to make.

    Light and move are worked out where a line is shown: an office has hundreds of lines that are only counted.
    """

    pk: int
    bucket: str
    body: Matter
    by: By
    day: date
    rules: Rules
    owed: tuple[dict[str, Any], ...]
    prepare: tuple[str, ...]

    @property
    def part(self) -> str:
        return self.by.role

    @property
    def unit(self) -> str:
        return self.by.unit if self.by.role in _FALLS_TO else self.body.lead

    @cached_property
    def light(self) -> Light:
        return light(self.body, self.day, self.rules.profile)

    @cached_property
    def offer(self) -> Offer | None:
        return offers(self.body, self.by, self.day, self.rules).first

    @property
    def due(self) -> date:
        found: date = self.owed[0]["due"]
        return found

    @property
    def days(self) -> int:
        found: int = self.owed[0]["days"]
        return found


@dataclass(frozen=True, slots=True)
class Asked:
    """What a unit asks a leader to settle (需协调事项) for one item."""

    pk: int
    title: str
    unit: str
    text: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Section:
    """A bucket of the day with the lines that the page shows, and how many there are in all."""

    bucket: str
    title: str
    lines: tuple[Line, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Day:
    """The day of a person: lines by bucket, what waits without a limit by state, and whether there was more.

    Of a leader also the lights of the items under the own post, and what units ask of it.
    """

    lines: tuple[Line, ...]
    waiting: tuple[tuple[str, str, int], ...] = ()
    cut: int = 0
    lights: Mapping[str, int] = field(default_factory=dict)
    asked: tuple[Asked, ...] = ()
    sections: tuple[Section, ...] = field(init=False)

    def __post_init__(self) -> None:
        by = {bucket: tuple(one for one in self.lines if one.bucket == bucket) for bucket in BUCKETS}
        made = tuple(Section(one, words.said("bucket", one), by[one][:SHOWN], len(by[one])) for one in BUCKETS)
        object.__setattr__(self, "sections", made)


def day_of(who: Access, rules: Rules) -> Day:
    """What ``who`` has to do: as a unit's person, or in the office and above."""
    if who.sees == "own":
        return _units_day(who, rules)
    return _offices_day(who, rules) if who.sees == "all" else Day(())


# ── a unit ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _units_day(who: Access, rules: Rules) -> Day:
    found = access.matters(who).filter(state__in=given_states()).select_related("body").order_by("due", "pk")
    names = names_of(who.units)
    bodies = {str(row.pk): body_of(row) for row in found[:MOST]}
    lines: dict[str, Line] = {}
    for name in sorted(names & {name for one in bodies.values() for name in (one.lead, *one.help)}):
        theirs = (one.model_copy(update={"id": pk}) for pk, one in bodies.items() if name in (one.lead, *one.help))
        for row in agenda(theirs, who.day, rules, unit=name, horizon=_HORIZON).rows:
            pk = row.owed.matter
            by = By(who.person, row.part, name, who.posts[0] if who.posts else "")
            line = _line(pk, bodies[pk], row.bucket, row.owed, by, who.day, rules, row.prepare)
            lines[pk] = line if pk not in lines else _merged(lines[pk], line)
    return Day(tuple(_sorted(lines.values())), cut=max(found.count() - MOST, 0))


# ── the office and above ─────────────────────────────────────────────────────────────────────────────────────────────


def _offices_day(who: Access, rules: Rules) -> Day:
    by = who.acting()
    found = access.matters(who).filter(state__in=_waiting_for(by.role, rules))
    if by.role == "leader":
        found = found.filter(leader__in=("", *who.posts))
    timed = found.filter(state__in=_states(limited=True)).select_related("body").order_by("updated", "pk")
    lines = [line for row in timed[:MOST] if (line := _offices_line(row, by, who, rules))]
    day = Day(tuple(_sorted(lines)), _untimed(found), cut=max(timed.count() - MOST, 0))
    return _with_own(day, who) if by.role == "leader" and who.posts else day


def _with_own(day: Day, who: Access) -> Day:
    """What lies under a leader's own post: its lights, and what units ask for, the longest waiting first."""
    own = access.matters(who).filter(leader__in=who.posts, state__in=given_states())
    bodies = [(row, body_of(row)) for row in own.select_related("body").order_by("reported_on", "pk")[:MOST]]
    asked = (Asked(row.pk, one.title, one.lead, one.ask, one.reported_on) for row, one in bodies if one.ask)
    return replace(day, lights=counts(own, "light"), asked=tuple(asked))


def _offices_line(row: models.Matter, by: By, who: Access, rules: Rules) -> Line | None:
    body = body_of(row)
    if by.role == "leader" and body.leader:
        by = replace(by, post=body.leader)
    if waits_for(body, rules)[0] != by.role and not _answers(body, by, who.day, rules):
        return None
    owed = [one for one in obligations(body, who.day, rules) if one.role == by.role]
    owed = owed or [one for one in obligations(body, who.day, rules) if one.what == "limit"]
    if not owed:
        return None
    return _line(str(row.pk), body, bucket_of(owed[0].due, who.day, rules), owed[0], by, who.day, rules)


def _answers(body: Matter, by: By, day: date, rules: Rules) -> bool:
    """Whether the request that waits is for this role to answer, though the state names another."""
    offered = offers(body, by, day, rules)
    ready = (one for one in (offered.first, *offered.usual) if one)
    return body.state == _DECIDES and any(one.direct and not one.blocked for one in ready)


def _untimed(found: QuerySet[models.Matter]) -> tuple[tuple[str, str, int], ...]:
    """How many wait in states that have no limit: the state, its word, the number."""
    by_state = counts(found.filter(state__in=_states(limited=False)), "state")
    return tuple((state, words.state_word(state), by_state[state]) for state in workflow().states if state in by_state)


def _waiting_for(role: str, rules: Rules) -> list[str]:
    """The states in which something may wait for ``role``."""
    states = rules.workflow.states.values()
    owned = [one.name for one in states if role in (one.owner, one.passes.owner if one.passes else "")]
    decides = any(role in move.by for move in rules.workflow.moves_from(_DECIDES))
    return [name for name in owned if workflow().states[name].open] + ([_DECIDES] if decides else [])


# ── lines ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _line(  # noqa: PLR0917 -- an item, what is owed for it, by whom and when
    pk: str, body: Matter, bucket: str, owed: Obligation, by: By, day: date, rules: Rules, prepare: tuple[str, ...] = ()
) -> Line:
    return Line(int(pk), bucket, body, by, day, rules, (shown(owed, day),), prepare)


def _merged(one: Line, more: Line) -> Line:
    """The same item twice: under the sooner, with both things that are owed."""
    first, second = sorted((one, more), key=lambda line: (BUCKETS.index(line.bucket), line.due))
    prepare = tuple(dict.fromkeys((*first.prepare, *second.prepare)))
    return replace(first, owed=(*first.owed, *second.owed), prepare=prepare)


def _sorted(lines: Iterable[Line]) -> Iterator[Line]:
    """By bucket; within one, what is the unit's own before what it helps with, the soonest first."""
    return iter(sorted(lines, key=lambda line: (BUCKETS.index(line.bucket), line.part == "help", line.due, line.pk)))


def _states(*, limited: bool) -> list[str]:
    """The open states that have a limit, or have none."""
    found = (one for one in workflow().states.values() if one.open)
    return [one.name for one in found if (one.limit is not None) == limited]
