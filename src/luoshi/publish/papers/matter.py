"""One matter as papers speak of it: names instead of codes, days as days, both numbers side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from luoshi.publish.dossier import Case, Dossier
from luoshi.publish.labels import label
from luoshi.publish.papers.pictures import mark
from luoshi.publish.papers.wording import clean, line, words
from luoshi.publish.site.naming import item_path
from luoshi.supervise import Evidence, Facts, Matter, facts, grade, next_slip, obligations
from luoshi.supervise.evidence import best, kinds, needed
from luoshi.supervise.slips import pending
from luoshi.supervise.words import data, word
from luoshi.supervise.workdays import add_working

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
BAD = ("red", "stale", "yellow")

Values = dict[str, Any]


def matter_values(case: Case, number: int, whole: Dossier, open_: frozenset[str]) -> Values:
    """Everything a paper may say of ``case``, the ``number``-th of its paper; ``open_`` are the ids with a page."""
    one, found = case.matter, facts(case.matter, whole.today)
    address = page_of(one.id, whole) if one.id in open_ else ""
    return {
        "number": number,
        "id": clean(one.id),
        "code": clean(one.number),
        "title": line(one.title),
        "sentence": clean(case.sentence) or line(one.title),
        "kind": label("kind", one.kind),
        "strength": label("strength", one.strength),
        "theme": line(one.theme),
        "target": clean(one.target),
        "measures": clean(one.measures),
        "weight": one.weight,
        "state": whole.rules.workflow.states[one.state].zh,
        "address": address,
        "qr": mark(address),
        **_people(one),
        **_days(one, found, whole),
        **_progress(case, found),
        **_light(case),
        **_evidence(one),
        **_nodes(one, whole.today),
        "slip": _slip(one, whole),
        "slips": [_slip_values(each.colour, each, whole) for each in one.slips],
        "request": _request(one),
        "changes": [_drift(each) for each in one.drift],
        "owed": list(_owed(one, whole)),
    }


def page_of(name: str, whole: Dossier) -> str:
    """The address of the matter's page on the public site; nothing where no site is named."""
    site = whole.office.site.rstrip("/")
    return f"{site}/{item_path(name)}" if site else ""


def _people(one: Matter) -> Values:
    return {
        "lead": line(one.lead) or words()["no_unit"],
        "help": [line(unit) for unit in one.help],
        "leader": line(one.leader),
        "person": line(one.person),
        "signatures": [
            {"unit": line(each.unit), "day": each.day, "person": line(each.person)} for each in one.signatures
        ],
    }


def _days(one: Matter, found: Facts, whole: Dossier) -> Values:
    basis = words()["approved"] if one.due_basis == "approved" else label("date_basis", one.due_basis)
    assigned = _assigned(one, whole)
    states = whole.rules.workflow.states
    sign_by = add_working(whole.rules.calendar, assigned, states["assigned"].limit or 0)
    return {
        "begin": one.begin or one.started,
        "due": one.due,
        "due_basis": basis,
        "overdue": found.overdue,
        "missed": found.reports_missed,
        "silent": found.stale,
        "assigned": assigned,
        "sign_by": sign_by,
        "plan_by": add_working(whole.rules.calendar, sign_by, states["signed"].limit or 0),
        "answer_by": add_working(whole.rules.calendar, whole.today, answer_days()),
        "answer_days": answer_days(),
        "rhythm": data("rhythm.toml")["reports"][one.rhythm]["zh"],
        "done_on": one.done_on,
        "closed_on": one.closed_on,
    }


def _assigned(one: Matter, whole: Dossier) -> date:
    """The day it was handed on: as the ledger says, else as its state says, else the day of the paper."""
    days = [each.day for each in whole.entries if each.matter == one.id and each.after == "assigned"]
    return max(days, default=one.since if one.state == "assigned" else whole.today)


def answer_days() -> int:
    """Working days that a chaser gives for an answer, by the rules of reminders."""
    steps = data("rhythm.toml")["ladder"]
    return int(next(step["working_days_later"] for step in steps if "working_days_later" in step))


def _progress(case: Case, found: Facts) -> Values:
    one = case.matter
    return {
        "progress_class": word("class", case.progress),
        "reported": one.reported,
        "reported_on": one.reported_on,
        "verified": one.verified,
        "verified_on": one.verified_on,
        "scheduled": found.scheduled,
        "gap": max(found.gap, Decimal(0)),
        "grade": word("grade", grade(one)),
        "forecast": word("forecast", one.forecast) if one.forecast else "",
        "progress": clean(one.progress),
        "difficulties": clean(one.difficulties),
        "next_step": clean(one.next_step),
        "ask": clean(one.ask),
        "conclusion": clean(one.conclusion),
        "effect": word("effect", one.effect) if one.effect else "",
    }


def _light(case: Case) -> Values:
    lit = case.light
    bad = lit.colour in BAD
    named = word("cause", case.matter.cause) if case.matter.cause else ""
    cause = named or (words()["no_cause"] if bad else "")
    return {
        "light": f"{lit.shape}{lit.name}",
        "light_word": word("light", lit.colour, "word"),
        "colour": word("light", lit.colour),
        "why": clean(lit.why),
        "behind": bad,
        "hollow": lit.hollow,
        "cause": cause,
        "cause_told": cause_told(cause),
    }


def cause_told(cause: str) -> str:
    """原因：资金 where one is named, else 原因未报 as it is."""
    return str(words()["cause_told"].format(cause=cause)) if cause not in ("", words()["no_cause"]) else cause


def _evidence(one: Matter) -> Values:
    good = sorted(one.evidence, key=lambda each: (each.day, each.id))
    names = [kinds()[each.kind]["zh"] for each in good if not each.false]
    return {
        "evidence": [_proof(each) for each in good],
        "evidence_names": list(dict.fromkeys(names)),
        "best": max(best(one.evidence), 0),
        "needed": needed(one),
        "needed_name": data("evidence.toml")["ladder"][needed(one)]["zh"],
    }


def _proof(each: Evidence) -> Values:
    return {
        "id": clean(each.id),
        "kind": str(kinds()[each.kind]["zh"]),
        "rank": kinds()[each.kind]["rank"],
        "day": each.day,
        "place": line(each.place),
        "note": clean(each.note),
        "false": each.false,
    }


def _nodes(one: Matter, today: date) -> Values:
    nodes = [
        {
            "name": line(node.name),
            "day": node.day,
            "percent": node.percent,
            "met": node.met,
            "late": (today - node.day).days if node.met is None and node.day < today else 0,
        }
        for node in one.nodes
    ]
    return {"nodes": nodes}


def _slip(one: Matter, whole: Dossier) -> Values | None:
    """The slip that waits for its answer, else the one that is due to be issued now (``issued`` is then no day)."""
    waiting = pending(one)
    if waiting is not None:
        return _slip_values(waiting.colour, waiting, whole)
    colour = next_slip(one, whole.today, whole.rules.slips, whole.rules.profile)
    return _slip_values(colour, None, whole) if colour else None


def _slip_values(colour: str, slip: Any, whole: Dossier) -> Values:
    scheme = whole.rules.slips
    known = scheme.colours.get(colour, {"zh": colour, "shape": "", "means": ""})
    return {
        "name": known["zh"],
        "shape": known["shape"],
        "means": known["means"],
        "scheme": scheme.zh,
        "issued": slip.day if slip else None,
        "demand": clean(slip.demand) if slip else "",
        "answer_by": slip.answer_by if slip else add_working(whole.rules.calendar, whole.today, answer_days()),
        "answered": slip.answered if slip else None,
    }


def _request(one: Matter) -> Values | None:
    """The last request for a change, granted or not."""
    if not one.requests:
        return None
    last = one.requests[-1]
    return {
        "kind": word("request", last.kind),
        "day": last.day,
        "reason": clean(last.reason),
        "due": last.due,
        "target": clean(last.target or ""),
        "lead": line(last.lead or ""),
        "restart": last.restart,
        "checked": last.checked,
        "decided": words()["granted"][str(last.granted).lower()],
        "early": one.due is None or last.day <= one.due,
    }


def _drift(each: Any) -> Values:
    field = data("words.toml")["field"].get(each.field, {}).get("zh", each.field)
    return {
        "day": each.day,
        "field": field,
        "before": _with_days(line(each.before)),
        "after": _with_days(line(each.after)),
        "reason": clean(each.reason),
    }


def _with_days(text: str) -> str:
    """``text`` with its ISO dates written as people write them."""
    return _ISO.sub(lambda found: words()["day"].format(year=found[1], month=int(found[2]), day=int(found[3])), text)


def _owed(one: Matter, whole: Dossier) -> Iterable[Values]:
    """What the lead unit owes and is late with, longest first."""
    for each in obligations(one, whole.today, whole.rules):
        if each.due < whole.today and each.role == "lead":
            late = (whole.today - each.due) // timedelta(days=1)
            state = whole.rules.workflow.states.get(each.detail)
            detail = state.zh if state else line(each.detail)
            yield {"what": word("owed", each.what), "detail": detail, "due": each.due, "late": late}
