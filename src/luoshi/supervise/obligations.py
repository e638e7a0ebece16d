"""What somebody owes: every limit, report, node, slip, restart and deadline of a matter, its day and whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from luoshi.supervise import reports
from luoshi.supervise.ground import Rules
from luoshi.supervise.model import Matter
from luoshi.supervise.slips import pending
from luoshi.supervise.words import data
from luoshi.supervise.workdays import add_working

What = Literal["limit", "report", "node", "slip", "restart", "deadline", "lookback"]
_HALFWAY: dict[str, Callable[[Matter], bool]] = {
    "checked": lambda matter: any(one.checked and one.granted is None for one in matter.requests),
    "concluded": lambda matter: matter.conclusion != "",
}
_REPORTING = ("running", "returned", "reminded", "escalated")


@dataclass(frozen=True, slots=True)
class Obligation:
    """Something owed for ``matter`` by ``due``; ``role`` owes it, and ``who`` is the unit or the leader's post.

    ``detail`` is the state of a limit, the name of a node, the colour of a slip; ``needs`` are the fields to prepare.
    """

    matter: str
    title: str
    what: What
    due: date
    role: str
    who: str
    detail: str = ""
    needs: tuple[str, ...] = ()


def obligations(matter: Matter, today: date, rules: Rules) -> tuple[Obligation, ...]:
    """Everything owed for ``matter`` as things stand on ``today``, the soonest first."""
    state = rules.workflow.states[matter.state]
    found = [*_limit(matter, rules), *_restart(matter), *_lookback(matter)]
    if state.phase == "run" and matter.state != "suspended":
        found += [*_report(matter, today, rules), *_nodes(matter), *_slip(matter, rules)]
    if state.open and matter.due is not None and matter.state not in ("suspended", "done_claimed", "verifying"):
        found.append(_owed(matter, "deadline", matter.due, "lead", needs=rules.workflow.moves["claim_done"].needs))
    return tuple(sorted(found, key=lambda one: (one.due, one.what)))


def all_obligations(matters: Iterable[Matter], today: date, rules: Rules) -> tuple[Obligation, ...]:
    """The obligations of every matter, the soonest first."""
    found = [one for matter in matters for one in obligations(matter, today, rules)]
    return tuple(sorted(found, key=lambda one: (one.due, one.matter, one.what)))


def whose(matter: Matter, role: str) -> str:
    """The unit or post behind ``role`` for ``matter``; empty where the role itself says it (the office)."""
    return {"lead": matter.lead, "leader": matter.leader}.get(role, "")


def _owed(
    matter: Matter, what: What, due: date, role: str, *, detail: str = "", needs: tuple[str, ...] = ()
) -> Obligation:
    return Obligation(matter.id, matter.title, what, due, role, whose(matter, role), detail, needs)


def _limit(matter: Matter, rules: Rules) -> Iterator[Obligation]:
    """The time limit of the state it is in."""
    state = rules.workflow.states[matter.state]
    if state.limit is not None:
        passed = state.passes is not None and _HALFWAY[state.passes.when](matter)
        waits = state.passes if passed and state.passes else state
        due = add_working(rules.calendar, matter.since, state.limit)
        yield _owed(matter, "limit", due, waits.owner, detail=state.name, needs=rules.workflow.moves[waits.next].needs)


def _report(matter: Matter, today: date, rules: Rules) -> Iterator[Obligation]:
    """The oldest report that is missing, else the next one."""
    if matter.state in _REPORTING:
        needs = rules.workflow.moves["report"].needs
        yield _owed(matter, "report", reports.owed(matter, today), "lead", detail=matter.rhythm, needs=needs)


def _nodes(matter: Matter) -> Iterator[Obligation]:
    for node in matter.nodes:
        if node.met is None:
            yield _owed(matter, "node", node.day, "lead", detail=node.name, needs=("evidence",))


def _slip(matter: Matter, rules: Rules) -> Iterator[Obligation]:
    waiting = pending(matter)
    if waiting is not None:
        colour = rules.slips.colours.get(waiting.colour, {}).get("zh", waiting.colour)
        yield _owed(
            matter, "slip", waiting.answer_by, "lead", detail=colour, needs=rules.workflow.moves["answer_slip"].needs
        )


def _restart(matter: Matter) -> Iterator[Obligation]:
    if matter.state == "suspended" and matter.restart is not None:
        yield _owed(matter, "restart", matter.restart, "office")


def _lookback(matter: Matter) -> Iterator[Obligation]:
    """A closed matter is to be looked back at before the window closes."""
    if matter.state == "closed" and matter.closed_on is not None:
        months = data("rhythm.toml")["lookback"]["until_months"]
        yield _owed(matter, "lookback", reports.add_months(matter.closed_on, months), "office")
