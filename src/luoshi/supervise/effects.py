"""What a move changes. Each effect is named in the table, takes the matter, the event and the ground, and gives the
matter anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from luoshi.plan.model import Node
from luoshi.supervise import evidence
from luoshi.supervise.ground import Ground
from luoshi.supervise.guards import asked_for
from luoshi.supervise.lights import light
from luoshi.supervise.model import (
    Drift,
    Event,
    Evidence,
    Matter,
    Override,
    PeriodLight,
    Request,
    Signature,
    Slip,
)
from luoshi.supervise.slips import pending
from luoshi.supervise.words import data, word

N = TypeVar("N", bound=Node)
Effect = Callable[[Matter, Event, Ground], Matter]
_PROMISED = ("due", "lead", "help", "target", "nodes")


def fix(matter: Matter, _event: Event, ground: Ground) -> Matter:
    """The deadline is now approved; the path begins today unless a start was set."""
    first = matter.first_due or matter.due
    return _with(matter, due_basis="approved", first_due=first, begin=matter.begin or ground.today)


def signature(matter: Matter, event: Event, ground: Ground) -> Matter:
    return _sign(matter, event.by.unit, event.by.person, ground)


def lead_signature(matter: Matter, event: Event, ground: Ground) -> Matter:
    return _sign(matter, matter.lead, event.by.person, ground)


def unsigned(matter: Matter, _event: Event, _ground: Ground) -> Matter:
    return _with(matter, signatures=())


def begin(matter: Matter, _event: Event, ground: Ground) -> Matter:
    return _with(matter, started=ground.today)


def report(matter: Matter, event: Event, ground: Ground) -> Matter:
    """What the unit says. Without evidence the report itself is the unit's statement (E1)."""
    said = event.evidence
    if not said and event.percent:
        said = (Evidence(id=f"{matter.id}-r{matter.revision + 1}", kind="statement", day=ground.today),)
    return _with(
        matter,
        reported=event.percent,
        reported_on=ground.today,
        progress=event.progress,
        difficulties=event.difficulties,
        next_step=event.next_step,
        cause=event.cause,
        ask=event.ask,
        forecast=event.forecast or matter.forecast,
        evidence=(*matter.evidence, *said),
    )


def add_evidence(matter: Matter, event: Event, _ground: Ground) -> Matter:
    return _with(matter, evidence=(*matter.evidence, *event.evidence))


def verify(matter: Matter, event: Event, ground: Ground) -> Matter:
    return _with(matter, verified=event.verified, verified_on=ground.today)


def slip(matter: Matter, event: Event, ground: Ground) -> Matter:
    assert event.answer_by is not None
    new = Slip(colour=event.colour, day=ground.today, answer_by=event.answer_by, demand=event.demand)
    return _with(matter, slips=(*matter.slips, new))


def answer(matter: Matter, _event: Event, ground: Ground) -> Matter:
    waiting = pending(matter)
    if waiting is None:
        return matter
    return _with(matter, slips=(*matter.slips[:-1], _with(waiting, answered=ground.today)))


def node_met(matter: Matter, event: Event, _ground: Ground) -> Matter:
    nodes = (_with(node, met=event.met_on) if node.name == event.node else node for node in matter.nodes)
    return _with(matter, nodes=tuple(nodes))


def breach(matter: Matter, event: Event, ground: Ground) -> Matter:
    return _with(matter, broken=ground.today, difficulties=event.reason)


def keep_light(matter: Matter, _event: Event, ground: Ground) -> Matter:
    lit = light(matter, ground.today, ground.rules.profile)
    return _with(matter, lights=(*matter.lights, PeriodLight(day=ground.today, colour=lit.colour, plain=lit.plain)))


def request(matter: Matter, event: Event, ground: Ground) -> Matter:
    """One kind of change at a time: what the event says beyond its kind is not asked for, so it is never granted."""
    need = word("request", event.request, "needs")
    asks = {need: getattr(event, need), "nodes": event.nodes, "reason": event.reason}
    new = Request(**{"kind": event.request, "day": ground.today, **asks})
    return _with(matter, requests=(*matter.requests, new), progress=event.progress)


def check_request(matter: Matter, _event: Event, ground: Ground) -> Matter:
    return _answered(matter, checked=ground.today)


def grant(matter: Matter, _event: Event, ground: Ground) -> Matter:
    """What was asked becomes the promise; what it was before stays in the drift."""
    asked = asked_for(matter)
    assert asked is not None
    asks = {"due": asked.due, "target": asked.target, "lead": asked.lead, "nodes": asked.nodes or None}
    for name, value in asks.items():
        if value is not None:
            matter = _promise(matter, name, value, ground.today, asked.reason)
    return _with(_answered(matter, granted=True), restart=asked.restart)


def refuse(matter: Matter, _event: Event, _ground: Ground) -> Matter:
    return _answered(matter, granted=False)


def restart(matter: Matter, _event: Event, ground: Ground) -> Matter:
    return _with(matter, restart=None, started=ground.today)


def claim(matter: Matter, event: Event, ground: Ground) -> Matter:
    said = (*matter.evidence, *event.evidence)
    return _with(
        matter,
        done_on=event.done_on,
        reported=Decimal(100),
        reported_on=ground.today,
        progress=event.summary,
        evidence=said,
    )


def conclude(matter: Matter, event: Event, _ground: Ground) -> Matter:
    return _with(matter, conclusion=event.conclusion)


def unclaim(matter: Matter, _event: Event, _ground: Ground) -> Matter:
    return _with(matter, done_on=None, conclusion="")


def close(matter: Matter, _event: Event, ground: Ground) -> Matter:
    return _with(matter, verified=Decimal(100), verified_on=ground.today, closed_on=ground.today)


def falsify(matter: Matter, event: Event, _ground: Ground) -> Matter:
    """The piece no longer counts, and what was verified falls to what the rest of the evidence allows."""
    marked = (_with(one, false=True) if one.id == event.evidence_id else one for one in matter.evidence)
    matter = _with(matter, evidence=tuple(marked))
    return _with(matter, verified=min(matter.verified, evidence.verified_cap(matter)))


def override(matter: Matter, event: Event, _ground: Ground) -> Matter:
    assert event.light is not None
    assert event.until is not None
    by = event.by.person or event.by.post or event.by.role
    return _with(matter, override=Override(light=event.light, until=event.until, reason=event.reason, by=by))


def reopen(matter: Matter, event: Event, ground: Ground) -> Matter:
    """It runs again to another deadline, and is not done: the first deadline stays on record."""
    assert event.due is not None
    matter = _promise(matter, "due", event.due, ground.today, event.reason)
    undone = min(matter.verified, Decimal(data("evidence.toml")["unfinished"]))
    matter = _with(matter, verified=undone, reported=undone, closed_on=None, done_on=None, conclusion="")
    return _with(matter, started=ground.today)


def settle_ask(matter: Matter, _event: Event, _ground: Ground) -> Matter:
    return _with(matter, ask="")


def replace_nodes(matter: Matter, event: Event, ground: Ground) -> Matter:
    """The path is laid anew; what was met stays met. Promised nodes leave their drift."""
    met = {node.name: node.met for node in matter.nodes if node.met is not None}
    nodes = tuple(_with(node, met=met.get(node.name)) for node in event.nodes)
    return _promise(matter, "nodes", nodes, ground.today, event.reason)


def given(matter: Matter, event: Event, names: tuple[str, ...], today: date) -> Matter:
    """``matter`` with what the event gives for ``names``; a promise that changes after approval leaves its drift."""
    for name in names:
        value = getattr(event, name)
        if value in (None, "", ()):
            continue
        if matter.first_due is not None and name in _PROMISED:
            matter = _promise(matter, name, value, today, event.reason)
        else:
            matter = _with(matter, **{name: value})
    return matter


def _promise(matter: Matter, name: str, value: Any, today: date, reason: str) -> Matter:
    before = getattr(matter, name)
    if before == value or not before:
        return _with(matter, **{name: value})
    line = Drift(day=today, field=name, before=_said(before), after=_said(value), reason=reason)
    return _with(matter, **{name: value, "drift": (*matter.drift, line)})


def _said(value: Any) -> str:
    if isinstance(value, tuple):
        return "、".join(one if isinstance(one, str) else f"{one.name} {one.day} {one.percent}%" for one in value)
    return str(value)


def _sign(matter: Matter, unit: str, person: str, ground: Ground) -> Matter:
    return _with(matter, signatures=(*matter.signatures, Signature(unit=unit, day=ground.today, person=person)))


def _answered(matter: Matter, **update: Any) -> Matter:
    return _with(matter, requests=(*matter.requests[:-1], _with(matter.requests[-1], **update)))


def _with(node: N, **update: Any) -> N:
    return node.model_copy(update=update)


_ALL: tuple[Effect, ...] = (
    fix, signature, lead_signature, unsigned, begin, report, add_evidence, verify, slip, answer, node_met, breach,
    keep_light, request, check_request, grant, refuse, restart, claim, conclude, unclaim, close, falsify, override,
    reopen, settle_ask, replace_nodes,
)  # fmt: skip
EFFECTS: dict[str, Effect] = {effect.__name__: effect for effect in _ALL}
