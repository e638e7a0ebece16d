"""One door for every change: a matter, an event and a day in; the matter, the ledger's line, notices, problems out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.problems import Problem, problem
from luoshi.supervise.effects import EFFECTS, given
from luoshi.supervise.ground import Ground, Rules
from luoshi.supervise.guards import GUARDS
from luoshi.supervise.model import Actor, Entry, Event, Matter, Notice
from luoshi.supervise.words import word
from luoshi.supervise.workflow import Move

_PLAIN = ("move", "by", "expected")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an event. With problems the matter is the one that was given, without entry and notices."""

    matter: Matter
    entry: Entry | None
    notices: tuple[Notice, ...]
    problems: tuple[Problem, ...]


def decide(matter: Matter, event: Event, today: date, rules: Rules) -> Outcome:
    """Make the move ``event`` on ``matter``, or say why not. Pure: the same three give the same outcome.

    A move happens whole or not at all; one that happens raises ``revision`` by one and has one entry.
    """
    ground = Ground(today, rules)
    move = rules.workflow.moves.get(event.move)
    if move is None:
        return _refused(matter, [problem("D001", move=event.move)])
    if (
        refusals := _refusals(matter, event, move, ground)
        or _lacking(event, move)
        or _guarded(matter, event, move, ground)
    ):
        return _refused(matter, refusals)
    changed = _changed(matter, event, move, ground)
    if late := [found for name in move.after if (found := GUARDS[name](changed, event, ground))]:
        return _refused(matter, late)
    return Outcome(changed, _entry(matter, changed, event, ground), _notices(changed, move, ground), ())


def possible(matter: Matter, by: Actor, rules: Rules) -> tuple[Move, ...]:
    """The moves that ``by`` may try on ``matter`` as it stands; guards are asked only when one is made."""
    moves = rules.workflow.moves_from(matter.state, by.role)
    return moves if _is_theirs(matter, by) else ()


def _refused(matter: Matter, problems: list[Problem]) -> Outcome:
    return Outcome(matter, None, (), tuple(problems))


def _refusals(matter: Matter, event: Event, move: Move, ground: Ground) -> list[Problem]:
    """Who, where and when: wrong state, role, unit, revision or day."""
    flow = ground.rules.workflow
    found = []
    if matter.state not in move.origins:
        state = flow.states[matter.state].zh if matter.state in flow.states else matter.state
        allowed = "、".join(flow.states[name].zh for name in move.origins)
        found.append(problem("D002", move=move.zh, state=state, allowed=allowed))
    if event.by.role not in move.by:
        roles = "、".join(flow.roles[name]["zh"] for name in move.by)
        role = flow.roles.get(event.by.role, {}).get("zh", event.by.role)
        found.append(problem("D003", move=move.zh, role=role, roles=roles))
    elif not _is_theirs(matter, event.by):
        found.append(problem("D004", unit=event.by.unit or event.by.post or "（未写）", id=matter.id))
    if event.expected is not None and event.expected != matter.revision:
        found.append(problem("D005", expected=event.expected, revision=matter.revision))
    if ground.today < matter.since:
        found.append(problem("D006", today=ground.today, since=matter.since))
    return found


def _is_theirs(matter: Matter, by: Actor) -> bool:
    """A lead unit acts for its own matters, a helping unit for those it helps with, a leader for those of the post."""
    match by.role:
        case "lead":
            return by.unit == matter.lead != ""
        case "help":
            return by.unit in matter.help
        case "leader":
            return not matter.leader or by.post == matter.leader
        case _:
            return True


def _lacking(event: Event, move: Move) -> list[Problem]:
    """The required fields that the event leaves empty; the number 0 is a value."""
    return [
        problem("D010", move=move.zh, field=word("field", name))
        for name in move.needs
        if getattr(event, name) is None or getattr(event, name) in ("", ())
    ]


def _guarded(matter: Matter, event: Event, move: Move, ground: Ground) -> list[Problem]:
    return [found for name in move.guards if (found := GUARDS[name](matter, event, ground))]


def _changed(matter: Matter, event: Event, move: Move, ground: Ground) -> Matter:
    changed = given(matter, event, move.sets, ground.today)
    for name in move.effects:
        changed = EFFECTS[name](changed, event, ground)
    update: dict[str, Any] = {"revision": matter.revision + 1}
    if move.to is not None:
        update |= {"state": move.to, "since": ground.today}
    return changed.model_copy(update=update)


def _entry(matter: Matter, changed: Matter, event: Event, ground: Ground) -> Entry:
    said = event.model_dump(mode="json", exclude_defaults=True)
    return Entry(
        matter=matter.id,
        revision=changed.revision,
        day=ground.today,
        move=event.move,
        before=matter.state,
        after=changed.state,
        by=event.by,
        given={name: str(value) for name, value in said.items() if name not in _PLAIN},
    )


def _notices(matter: Matter, move: Move, ground: Ground) -> tuple[Notice, ...]:
    whom = {"lead": (matter.lead,), "help": matter.help, "leader": (matter.leader,) if matter.leader else ()}
    return tuple(
        Notice(to=to, role=tell.to, document=tell.document, matter=matter.id, title=matter.title, day=ground.today)
        for tell in move.tells
        for to in whom.get(tell.to, ("",))
    )
