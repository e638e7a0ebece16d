"""What a matter's state puts into its row: the light, where it should be, what was reported, verified and noted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from luoshi.publish.labels import label
from luoshi.publish.register.cells import Cell, Row, Value
from luoshi.publish.register.columns import words
from luoshi.supervise import Evidence, Matter, facts, grade
from luoshi.supervise.evidence import kinds
from luoshi.supervise.words import word

if TYPE_CHECKING:
    from luoshi.publish.dossier import Case, Dossier

_SAID = ("stated", "approved", "none")


def standing(case: Case, whole: Dossier) -> Row:
    """The cells that come from the matter of ``case``, by the key of their column."""
    one = case.matter
    reported = one.reported if one.reported_on else None
    verified = one.verified if one.verified_on else None
    values: dict[str, Value] = {
        "matter_number": one.number,
        "state": whole.rules.workflow.states[one.state].zh,
        "planned": facts(one, whole.today).scheduled,
        "why": case.light.why,
        "sponsor": one.leader,
        "person": one.person,
        "base": _base(case),
        **{f"quarter{at}": stage for at, stage in enumerate(stages(one, whole.today), 1)},
        "reported": reported,
        "forecast": word("forecast", one.forecast) if one.forecast else "",
        "progress": one.progress,
        "evidence": "\n".join(map(proof, one.evidence)),
        "cause": word("cause", one.cause) if one.cause else "",
        "trouble": one.difficulties,
        "next": one.next_step,
        "ask": one.ask,
        "funds_planned": one.funds_planned,
        "funds_received": one.funds_received,
        "funds_paid": one.funds_paid or None,
        "verified": verified,
        "rank": word("grade", grade(one)) if one.evidence or verified is not None else "",
        "class": word("class", case.progress),
        "verdict": one.conclusion,
        "closed": one.closed_on,
        "remark": one.remark,
    }
    return {key: Cell(value) for key, value in values.items()} | _light(case) | _due(one) | _units(one)


def stages(one: Matter, today: date) -> tuple[str, str, str, str]:
    """What is to stand at the end of each quarter: as it was noted, else the nodes of the year of ``today``."""
    if any(one.stages):
        first, second, third, fourth, *_ = (*one.stages, "", "", "", "")
        return first, second, third, fourth
    lines: tuple[list[str], ...] = ([], [], [], [])
    for node in one.nodes:
        if node.day.year == today.year:
            form: str = words()["states"]["met" if node.met else "node"]
            said = form.format(name=node.name, day=f"{node.day:%m-%d}", percent=f"{node.percent.normalize():f}")
            lines[(node.day.month - 1) // 3].append(said)
    first, second, third, fourth = ("\n".join(found) for found in lines)
    return first, second, third, fourth


def proof(one: Evidence) -> str:
    """A piece of evidence on one line: kind, day, what and where."""
    note = " ".join(f"{one.place} {one.note}".split())
    kind = str(kinds().get(one.kind, {"zh": one.kind})["zh"])
    said = words()["states"]["proof"].format(kind=kind, day=one.day, note=note).rstrip()
    return words()["states"]["refuted"].format(proof=said) if one.false else str(said)


def _base(case: Case) -> Value:
    """The value before the period, in the unit of the target, where the row has one measured target and it is known."""
    if len(case.measured) != 1:
        return None
    (one,) = case.measured
    before = (found for found in one.yearly if found.period.year == one.target.period.year - 1)
    yearly = (found.value for found in before if found.amount.unit == one.target.unit)
    return one.target.base if one.target.base is not None else next(yearly, None)


def _light(case: Case) -> Row:
    lit = case.light
    said = words()["states"]["light"].format(shape=lit.shape, name=lit.name, word=word("light", lit.colour, "word"))
    return {"light": Cell(said, fill=lit.colour)}


def _due(one: Matter) -> Row:
    """The deadline in force. Where it comes from is told anew once it was approved."""
    row = {"due": Cell(one.due, one.due_basis not in _SAID)}
    if one.due_basis != "approved":
        return row
    basis: str = words()["states"]["approved"]
    if one.first_due not in (None, one.due):
        basis = words()["states"]["moved"].format(basis=basis, first=one.first_due)
    return row | {"due_basis": Cell(basis)}


def _units(one: Matter) -> Row:
    """Units as the matter has them: proposed by a rule until somebody approved them."""
    if one.first_due is None:
        return {}
    basis = label("unit_basis", "confirmed") if one.lead else ""
    return {"lead": Cell(one.lead), "help": Cell("\n".join(one.help)), "unit_basis": Cell(basis)}
