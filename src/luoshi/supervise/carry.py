"""Carrying what was not finished into the next plan: a new matter that does not forget the old one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from luoshi.problems import Problem, problem
from luoshi.supervise.model import Drift, Matter
from luoshi.supervise.words import data


def carry_over(
    matter: Matter, *, new_id: str, due: date, today: date, reason: str
) -> tuple[Matter | None, tuple[Problem, ...]]:
    """The matter anew under ``new_id``, approved to ``due``; None with a problem where it was not recorded as failed.

    Progress, evidence and open nodes go along; the first deadline stays the first, and the move of the date is drift.
    Slips, requests and lights stay with the old matter.
    """
    if matter.state != "failed" or due <= today:
        return None, (problem("D038", id=matter.id, due=due, today=today),)
    unfinished = Decimal(data("evidence.toml")["unfinished"])
    line = Drift(day=today, field="due", before=str(matter.due), after=str(due), reason=reason)
    new = Matter(
        **{name: getattr(matter, name) for name in _GOES_ALONG},
        id=new_id,
        state="approved",
        since=today,
        begin=today,
        due=due,
        due_basis="approved",
        verified=min(matter.verified, unfinished),
        reported=min(matter.reported, unfinished),
        nodes=tuple(node for node in matter.nodes if node.met is None and today <= node.day <= due),
        drift=(*matter.drift, line),
        carried_from=matter.id,
    )
    return new, ()


_GOES_ALONG = (
    "title", "kind", "strength", "theme", "weight", "important", "money", "lead", "help", "leader", "person",
    "first_due", "target", "measures", "rhythm", "reported_on", "verified_on", "evidence", "cause", "must_list",
    "listed", "funds_required", "funds_planned", "funds_received", "funds_paid", "remark",
)  # fmt: skip
