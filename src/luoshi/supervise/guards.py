"""What must hold before a move, and after it. Each guard is named in the table; it gives a problem or None."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from luoshi.problems import Problem, problem
from luoshi.supervise import evidence
from luoshi.supervise.ground import Ground
from luoshi.supervise.lights import light
from luoshi.supervise.model import Event, Matter, Milestone, Request
from luoshi.supervise.slips import may_issue
from luoshi.supervise.words import known, values, word

Guard = Callable[[Matter, Event, Ground], Problem | None]
_FREE = ("blue", "green", "grey")


def due_ahead(_matter: Matter, event: Event, ground: Ground) -> Problem | None:
    return _ahead("due", event.due, ground)


def answer_ahead(_matter: Matter, event: Event, ground: Ground) -> Problem | None:
    return _ahead("answer_by", event.answer_by, ground)


def until_ahead(_matter: Matter, event: Event, ground: Ground) -> Problem | None:
    return _ahead("until", event.until, ground)


def done_in_past(_matter: Matter, event: Event, ground: Ground) -> Problem | None:
    return _past("done_on", event.done_on, ground)


def met_in_past(_matter: Matter, event: Event, ground: Ground) -> Problem | None:
    return _past("met_on", event.met_on, ground)


def not_signed_yet(matter: Matter, event: Event, _ground: Ground) -> Problem | None:
    signed = any(one.unit == event.by.unit for one in matter.signatures)
    return problem("D013", unit=event.by.unit) if signed else None


def nodes_in_order(matter: Matter, event: Event, _ground: Ground) -> Problem | None:
    return _in_order(event.nodes, matter.due)


def evidence_known(matter: Matter, event: Event, ground: Ground) -> Problem | None:
    used = {one.id for one in matter.evidence}
    for one in event.evidence:
        if not evidence.is_kind(one.kind):
            return problem("D015", kind=one.kind, known="、".join(evidence.kinds()))
        if one.day > ground.today:
            return problem("D016", id=one.id, day=one.day, today=ground.today)
        if one.id in used or one.false:
            return problem("D017", id=one.id)
        used.add(one.id)
    return None


def meetings_are_no_progress(matter: Matter, event: Event, _ground: Ground) -> Problem | None:
    """以会议落实会议: what rests on meetings alone may not raise the percentage."""
    rises = event.percent is not None and event.percent > matter.reported
    if rises and evidence.only_meetings(event.evidence):
        return problem("D018", before=matter.reported, percent=event.percent)
    return None


def verified_within_cap(matter: Matter, event: Event, _ground: Ground) -> Problem | None:
    full = matter.model_copy(update={"evidence": (*matter.evidence, *event.evidence)})
    cap = evidence.verified_cap(full)
    if event.verified is not None and event.verified > cap:
        return problem("D019", verified=event.verified, cap=cap, rank=max(evidence.best(full.evidence), 0))
    return None


def papers_at_least(_matter: Matter, event: Event, _ground: Ground) -> Problem | None:
    return None if evidence.best(event.evidence, completing=True) >= 2 else problem("D020")


def slip_in_order(matter: Matter, event: Event, ground: Ground) -> Problem | None:
    scheme = ground.rules.slips
    if may_issue(matter, event.colour, ground.today, scheme):
        return None
    return problem("D021", colour=event.colour, scheme=scheme.zh, order=" → ".join(scheme.order))


def node_known(matter: Matter, event: Event, _ground: Ground) -> Problem | None:
    open_nodes = [node.name for node in matter.nodes if node.met is None]
    return None if event.node in open_nodes else problem("D022", node=event.node, known="、".join(open_nodes) or "无")


def met_nodes_kept(matter: Matter, event: Event, _ground: Ground) -> Problem | None:
    kept = {node.name for node in event.nodes}
    gone = [node.name for node in matter.nodes if node.met is not None and node.name not in kept]
    return problem("T140", nodes="、".join(gone)) if gone else None


def asked_for_help(matter: Matter, _event: Event, _ground: Ground) -> Problem | None:
    return None if matter.ask else problem("T141")


def is_hold(matter: Matter, _event: Event, _ground: Ground) -> Problem | None:
    return None if matter.kind == "hold" else problem("D023")


def before_deadline(matter: Matter, _event: Event, ground: Ground) -> Problem | None:
    late = matter.due is not None and ground.today > matter.due
    return problem("D024", due=matter.due, today=ground.today) if late else None


def request_complete(matter: Matter, event: Event, ground: Ground) -> Problem | None:
    """The request is of a known kind, and names what that kind needs: a later day, a target, a unit, a restart date."""
    if not known("request", event.request):
        return problem("D025", request=event.request, known="、".join(values("request")))
    need = word("request", event.request, "needs")
    if not getattr(event, need):
        return problem("D010", move=word("request", event.request), field=word("field", need))
    later = {"extend": event.due, "suspend": event.restart}.get(event.request)
    floor = matter.due if event.request == "extend" and matter.due else ground.today
    if later is not None and later <= floor:
        return problem("D012", field=word("field", need), day=later, today=floor)
    return _in_order(event.nodes, event.due or matter.due)


def asks_extend_or_retarget(matter: Matter, _event: Event, _ground: Ground) -> Problem | None:
    return _asks(matter, "extend", "retarget")


def asks_reassign(matter: Matter, _event: Event, _ground: Ground) -> Problem | None:
    return _asks(matter, "reassign")


def asks_suspend(matter: Matter, _event: Event, _ground: Ground) -> Problem | None:
    return _asks(matter, "suspend")


def asks_withdraw(matter: Matter, _event: Event, _ground: Ground) -> Problem | None:
    return _asks(matter, "withdraw")


def request_checked(matter: Matter, _event: Event, _ground: Ground) -> Problem | None:
    asked = asked_for(matter)
    return problem("D027") if asked is None or asked.checked is None else None


def restart_reached(matter: Matter, _event: Event, ground: Ground) -> Problem | None:
    early = matter.restart is not None and ground.today < matter.restart
    return problem("D028", restart=matter.restart, today=ground.today) if early else None


def concluded(matter: Matter, _event: Event, _ground: Ground) -> Problem | None:
    return None if matter.conclusion else problem("D029")


def proved_complete(matter: Matter, _event: Event, _ground: Ground) -> Problem | None:
    if evidence.completion_proved(matter):
        return None
    have = max(evidence.best(matter.evidence, completing=True), 0)
    return problem("D030", have=have, need=evidence.needed(matter))


def evidence_there(matter: Matter, event: Event, _ground: Ground) -> Problem | None:
    there = any(one.id == event.evidence_id and not one.false for one in matter.evidence)
    return None if there else problem("D031", id=event.evidence_id)


def into_another(matter: Matter, event: Event, _ground: Ground) -> Problem | None:
    return problem("D032", id=matter.id) if event.into == matter.id else None


def deadline_passed(matter: Matter, _event: Event, ground: Ground) -> Problem | None:
    passed = matter.due is not None and ground.today > matter.due
    return None if passed else problem("D033", due=matter.due or "未定", today=ground.today)


def cause_known(_matter: Matter, event: Event, _ground: Ground) -> Problem | None:
    return None if known("cause", event.cause) else _no_cause(event.cause)


def cause_given(matter: Matter, event: Event, ground: Ground) -> Problem | None:
    """After a report: whatever is not green, blue or grey names its cause by a code of the list."""
    if event.cause is not None and not known("cause", event.cause):
        return _no_cause(event.cause)
    lit = light(matter, ground.today, ground.rules.profile)
    if event.cause is None and lit.colour not in _FREE:
        causes = "、".join(word("cause", cause) for cause in values("cause"))
        return problem("D026", light=lit.name, why=lit.why, causes=causes)
    return None


def something_noted(_matter: Matter, event: Event, ground: Ground) -> Problem | None:
    """A note in the register says something: without a word it would only raise the revision."""
    move = ground.rules.workflow.moves[event.move]
    said = any(getattr(event, name) not in (None, "", ()) for name in move.sets)
    return None if said else problem("D043", fields="、".join(word("field", name) for name in move.sets))


def asked_for(matter: Matter) -> Request | None:
    """The request that waits for an answer."""
    return matter.requests[-1] if matter.requests and matter.requests[-1].granted is None else None


def _asks(matter: Matter, *kinds: str) -> Problem | None:
    asked = asked_for(matter)
    if asked is not None and asked.kind in kinds:
        return None
    return problem("D034", asked=word("request", asked.kind) if asked else "无")


def _no_cause(cause: str | None) -> Problem:
    return problem("D014", cause=cause, known="、".join(values("cause")))


def _ahead(field: str, day: date | None, ground: Ground) -> Problem | None:
    """The day must not have passed (today counts); a missing one is the business of ``needs``."""
    if day is not None and day >= ground.today:
        return None
    return problem("D012", field=word("field", field), day=day, today=ground.today)


def _past(field: str, day: date | None, ground: Ground) -> Problem | None:
    if day is not None and day <= ground.today:
        return None
    return problem("D011", field=word("field", field), day=day, today=ground.today)


def _in_order(nodes: Iterable[Milestone], due: date | None) -> Problem | None:
    """Days rise, percentages do not fall, names differ, and nothing lies beyond the deadline."""
    last: Milestone | None = None
    names: set[str] = set()
    for node in nodes:
        backwards = last is not None and (node.day <= last.day or node.percent < last.percent)
        if backwards or node.name in names or (due is not None and node.day > due):
            return problem("D035", node=node.name, day=node.day, due=due or "未定")
        names.add(node.name)
        last = node
    return None


_ALL: tuple[Guard, ...] = (
    due_ahead, answer_ahead, until_ahead, done_in_past, met_in_past, not_signed_yet, nodes_in_order, evidence_known,
    meetings_are_no_progress, verified_within_cap, papers_at_least, slip_in_order, node_known, is_hold,
    met_nodes_kept, asked_for_help,
    before_deadline, request_complete, asks_extend_or_retarget, asks_reassign, asks_suspend, asks_withdraw,
    request_checked, restart_reached, concluded, proved_complete, evidence_there, into_another, deadline_passed,
    cause_known, cause_given, something_noted,
)  # fmt: skip
GUARDS: dict[str, Guard] = {guard.__name__: guard for guard in _ALL}
