"""From the story to moves, and from moves to the states on a day. A move that the rules refuse stops the whole play."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib import resources
from itertools import islice
from typing import Any

from luoshi.days import Workdays
from luoshi.plan import Item, Plan
from luoshi.rehearsal.cast import cast
from luoshi.supervise import (
    Docket,
    Entry,
    Event,
    Evidence,
    Holder,
    Matter,
    Milestone,
    Post,
    Rules,
    decide,
    matters,
    rules,
)

_SETTING_UP = ("propose", "approve", "assign", "sign", "file_plan", "start_work")
_INSTEAD = {"dispute": "sign", "supersede": "approve"}


class Unplayable(Exception):
    """A move of the story that the rules refuse: the story is wrong, not the reader of it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One move: on which day, of which matter."""

    day: date
    matter: str
    event: Event


@cache
def _story() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("story.toml").read_text(encoding="utf-8"))


TODAY: date = _story()["today"]


def docket(plan: Plan, until: date = TODAY, by: Rules | None = None) -> Docket:
    """The states of the sample's items at the end of the day ``until``, with every move in ``entries``.

    ``plan`` is that of the sample report of 2023. Raises :class:`Unplayable` where a move is refused.
    """
    played = _Play({one.id: one for one in opening(plan).items}, by or rules())
    for step in _in_order(plan, until):
        played.go(step)
    return Docket(items=tuple(played.found.values()), posts=_posts(), entries=tuple(played.entries))


def steps(plan: Plan, until: date = TODAY) -> tuple[Step, ...]:
    """Every move of the story up to ``until``, by day; the evidence to refute is named as the docket names it."""
    played = _Play({one.id: one for one in opening(plan).items}, rules())
    return tuple(played.go(step) for step in _in_order(plan, until))


@dataclass
class _Play:
    """The matters as they stand between two moves, and the entries so far."""

    found: dict[str, Matter]
    rules: Rules
    entries: list[Entry] = field(default_factory=list)

    def go(self, step: Step) -> Step:
        """Make the move; the step with everything named that is known only now."""
        event = _settled(step.event, self.found[step.matter])
        moved = decide(self.found[step.matter], event, step.day, self.rules)
        if moved.entry is None:
            told = "; ".join(one.message for one in moved.problems)
            raise Unplayable(f"{step.day} {step.event.move} {self.found[step.matter].title}: {told}")
        self.found[step.matter] = moved.matter
        self.entries.append(moved.entry)
        return replace(step, event=event)


def opening(plan: Plan) -> Docket:
    """The states of the sample's items before the first move, and who holds which post."""
    return Docket(items=tuple(_at_first(plan)), posts=_posts())


def _at_first(plan: Plan) -> Iterator[Matter]:
    """Every item as it was read, with what the story says of it from the start."""
    told = {_item(row, plan).id: row for row in _story()["matters"]}
    fresh, _ = matters(plan, _story()["setup"]["start"])
    for one in fresh:
        row = told.get(one.id, {})
        said: dict[str, Any] = {name: row[name] for name in ("important", "money", "openness") if name in row}
        yield one.model_copy(update={"rhythm": row.get("rhythm", "quarterly")} | said)


def _item(row: Mapping[str, Any], plan: Plan) -> Item:
    named = (item for item in plan.items if item.title.startswith(row["find"]))
    found = next(islice(named, row.get("nth", 1) - 1, None), None)
    if found is None:
        raise Unplayable(f"no item begins with {row['find']}")
    return found


def _in_order(plan: Plan, until: date) -> list[Step]:
    """By day; within a day in the order of the story."""
    told = {_item(row, plan).id: row for row in _story()["matters"]}
    rest = [item for item in plan.items if item.id not in told and item.lead]
    made = [step for id_, row in told.items() for step in _of(row, _by_id(plan, id_), plan)]
    made += [step for at, item in enumerate(rest) for step in _of(_plain_row(item, at), item, plan)]
    made += _month_ends(made, until)
    return sorted((step for step in made if step.day <= until), key=lambda step: step.day)


def _by_id(plan: Plan, id_: str) -> Item:
    return next(item for item in plan.items if item.id == id_)


def _plain_row(item: Item, at: int) -> dict[str, Any]:
    """A row for an item that the story does not tell of: one of the ways of ``[rest]``, in turn."""
    said = _story()["rest"]
    assert item.lead is not None
    steps = []
    for day, percent, verified in said["ways"][at % len(said["ways"])]:
        behind = (item.deadline.date or day) < day or percent < round(100 * (day.month - 1 + day.day / 30) / 12) - 2
        told = {"difficulties": said["late"], "cause": said["cause"]} if behind else {"difficulties": said["fine"]}
        words = {"progress": said["progress"].format(percent=percent), "next_step": said["next_step"]}
        proof = {"proof": [("papers", "季度进展材料", "internal")], "seen": (3, verified, "site_check", "抽查")}
        steps.append({"day": day, "move": "report", "percent": percent, **words, **told, **proof})
    lead = item.lead.unit if item.lead.unit in {one.name for one in cast().units} else cast().units[0].name
    return {"lead": lead, "nodes": "straight", "measures": said["measures"], "steps": steps}


def _of(row: Mapping[str, Any], item: Item, plan: Plan) -> Iterator[Step]:
    calendar = Workdays.china()
    for day, event in (*_set_up(row, item, plan), *_told(row)):
        # The office works on working days; what the story sets on another day is done on the next one.
        yield Step(calendar.next(day), item.id, event)


# ── setting up ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _set_up(row: Mapping[str, Any], item: Item, plan: Plan) -> Iterator[tuple[date, Event]]:
    """From 拟办 to 推进, or to the step at which the story stops."""
    after, start = _story()["setup"], row.get("start", _story()["setup"]["start"])
    last = row.get("stop", "start_work")
    makers = {"propose": _propose, "approve": _approve, "assign": _assign, "sign": _sign, "file_plan": _plan}
    for name in _SETTING_UP:
        if _INSTEAD.get(last) == name and last != "supersede":
            yield start + timedelta(after[name]), _instead(last, row, plan)
            return
        day = start + timedelta(after[name])
        yield day, makers[name](row, item) if name in makers else _by("office", row, move="start")
        if name == "sign":
            signs = start + timedelta(after["sign_too"])
            yield from ((signs, _by("help", row, unit=unit, move="sign_too")) for unit in row.get("help", ()))
        if name == last:
            return
        if last == "supersede" and name == "approve":
            yield day, _instead(last, row, plan)
            return


def _propose(row: Mapping[str, Any], _item: Item) -> Event:
    return _by("office", row, move="propose")


def _approve(row: Mapping[str, Any], item: Item) -> Event:
    due = row.get("due", item.deadline.date)
    leader = cast().leader_of(row["lead"])
    number = f"松政督〔2023〕{int(item.id[1:])}号"
    said = {"due": due, "lead": row["lead"], "help": tuple(row.get("help", ())), "leader": leader, "number": number}
    return _by("director", row, move="approve", **said)


def _assign(row: Mapping[str, Any], _item: Item) -> Event:
    return _by("office", row, move="assign")


def _sign(row: Mapping[str, Any], _item: Item) -> Event:
    return _by("lead", row, move="sign")


def _plan(row: Mapping[str, Any], item: Item) -> Event:
    nodes = _milestones(row["nodes"], row.get("due", item.deadline.date))
    person = cast().actor("lead", row["lead"]).person
    return _by("lead", row, move="file_plan", measures=row["measures"], nodes=nodes, person=person)


def _instead(last: str, row: Mapping[str, Any], plan: Plan) -> Event:
    if last == "dispute":
        return _by("lead", row, move="dispute", reason=row["reason"])
    into = _item({"find": row["into"]}, plan).id
    return _by("government", row, move="supersede", into=into, reason=row["reason"])


def _milestones(rows: Any, due: date | None) -> tuple[Milestone, ...]:
    if rows == "straight" and due is not None:
        rows = [("全部完成", due, 100)]
    return tuple(Milestone(name=name, day=day, percent=Decimal(percent)) for name, day, percent in rows)


# ── the story itself ─────────────────────────────────────────────────────────────────────────────────────────────────


def _told(row: Mapping[str, Any]) -> Iterator[tuple[date, Event]]:
    """Every step of the row; a report is followed by the office's review of it."""
    for at, step in enumerate(row["steps"], 1):
        said = {name: value for name, value in step.items() if name not in ("day", "proof", "seen", "move")}
        if "percent" in said:
            said["percent"] = Decimal(str(said["percent"]))
        if "nodes" in said:
            said["nodes"] = _milestones(said["nodes"], None)
        proof = tuple(_evidence(f"{at}-{nth}", one, step["day"]) for nth, one in enumerate(step.get("proof", ()), 1))
        role = rules().workflow.moves[step["move"]].by
        yield step["day"], _by(_who(role), row, move=step["move"], evidence=proof, **said)
        if "seen" in step:
            days, verified, kind, note = step["seen"]
            day = step["day"] + timedelta(days)
            check = _evidence(f"{at}-s", (kind, note, "public"), day)
            yield day, _by("office", row, move="accept", verified=Decimal(str(verified)), evidence=(check,))


def _evidence(name: str, said: Iterable[str], day: date) -> Evidence:
    kind, note, openness = said
    place = note if kind == "site_check" else ""
    return Evidence(id=name, kind=kind, day=day, note="" if place else note, place=place, openness=openness)


def _who(roles: Iterable[str]) -> str:
    """Of the roles that may make a move, the first that a person of the cast holds."""
    return next(role for role in roles if role != "system")


def _by(role: str, row: Mapping[str, Any], *, move: str, unit: str = "", **said: Any) -> Event:
    lead = row.get("lead", "")
    actor = cast().actor(role, unit or lead, cast().leader_of(lead))
    return Event(move=move, by=actor, **said)


def _settled(event: Event, matter: Matter) -> Event:
    """``last`` stands for the unit's last piece of evidence, whose id is known only when the play is on."""
    if event.evidence_id != "last":
        return event
    own = [one.id for one in matter.evidence if not one.id.endswith("-s")]
    return event.model_copy(update={"evidence_id": own[-1]})


def _month_ends(made: Iterable[Step], until: date) -> Iterator[Step]:
    """What the clock does: at the end of every month it keeps the light of each matter that is under way then."""
    first = min(step.day for step in made)
    day = date(first.year, first.month, 1)
    while (day := _next_month(day)) <= until + timedelta(1):
        last = day - timedelta(1)
        for name in _under_way(made, last):
            yield Step(last, name, Event(move="close_period", by=cast().actor("system")))


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _under_way(made: Iterable[Step], day: date) -> Iterator[str]:
    flow = rules().workflow
    states: dict[str, str] = {}
    for step in sorted((one for one in made if one.day <= day), key=lambda one: one.day):
        states[step.matter] = flow.moves[step.event.move].to or states[step.matter]
    may = flow.moves["close_period"].origins
    return (name for name, state in states.items() if state in may)


def _posts() -> tuple[Post, ...]:
    since = _story()["setup"]["start"]
    leaders = [(one.post, "区政府", one.post, "leader", one.person) for one in cast().leaders]
    heads = [(f"{one.short}负责人", one.name, "单位负责人", "head", one.head) for one in cast().units]
    liaisons = [(f"{one.short}联络员", one.name, "联络员", "liaison", one.liaison) for one in cast().units]
    return tuple(
        Post(id=id_, unit=unit, title=title, duty=duty, holders=(Holder(person=person, since=since),))
        for id_, unit, title, duty, person in (*leaders, *heads, *liaisons)
    )
