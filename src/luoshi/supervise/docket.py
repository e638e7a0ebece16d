"""The states of a plan's items as a file: ``luoshi.items/1``, and the matters of a plan that has no states yet."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Literal

from pydantic import ValidationError

from luoshi.plan import Item, Plan
from luoshi.plan.model import Node
from luoshi.problems import Problem, Unreadable, format_of, problem
from luoshi.supervise.evidence import is_kind
from luoshi.supervise.model import Entry, Matter
from luoshi.supervise.posts import Post
from luoshi.supervise.words import data, known
from luoshi.supervise.workflow import workflow

DOCKET: Literal["luoshi.items/1"] = "luoshi.items/1"


class Docket(Node):
    """Every matter under supervision with its state, the posts that carry the duties, and the ledger of moves."""

    format: Literal["luoshi.items/1"] = DOCKET
    items: tuple[Matter, ...] = ()
    posts: tuple[Post, ...] = ()
    entries: tuple[Entry, ...] = ()

    def to_json(self, *, indent: int | None = None) -> str:
        """The docket as JSON text; the same docket is always the same text."""
        return self.model_dump_json(indent=indent, exclude_defaults=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> Docket:
        """Read a docket back. Raises :class:`luoshi.problems.Unreadable` with every problem, by path."""
        try:
            raw = json.loads(text)
        except ValueError as error:
            raise Unreadable([problem("D007", detail=error)]) from error
        found = format_of(raw)
        if found != DOCKET:
            raise Unreadable([problem("D008", found=found, wanted=DOCKET)])
        try:
            made = cls.model_validate_json(text)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_input=False)
            raise Unreadable(
                problem("D009", path=".".join(map(str, one["loc"])), detail=one["msg"]) for one in faults
            ) from error
        if wrong := list(_wrong(made)):
            raise Unreadable(wrong)
        return made


def _wrong(docket: Docket) -> Iterable[Problem]:
    """Words that are not of the lists, and ids that are there twice."""
    seen: set[str] = set()
    for at, matter in enumerate(docket.items):
        unknown = {
            "state": None if matter.state in workflow().states else matter.state,
            "cause": None if matter.cause is None or known("cause", matter.cause) else matter.cause,
            "rhythm": None if matter.rhythm in data("rhythm.toml")["reports"] else matter.rhythm,
            "evidence": next((one.kind for one in matter.evidence if not is_kind(one.kind)), None),
            "requests": next((one.kind for one in matter.requests if not known("request", one.kind)), None),
            "id": matter.id if matter.id in seen else None,
        }
        seen.add(matter.id)
        for member, value in unknown.items():
            if value is not None:
                yield problem("D009", path=f"items.{at}.{member}", detail=f"“{value}”")


def matters(plan: Plan, today: date, docket: Docket | None = None) -> tuple[tuple[Matter, ...], tuple[Problem, ...]]:
    """The matters of ``plan``: as the docket has them, else freshly extracted; and what the plan does not have.

    Matters of the docket that the plan does not have (from other plans, carried over) are kept, at the end.
    """
    have = {matter.id: matter for matter in docket.items} if docket else {}
    themes = {section.id: f"{section.number}{section.title}" for section in plan.sections}
    made, problems = [], []
    for item in plan.items:
        kept = have.pop(item.id) if item.id in have else None
        made.append(kept or matter_of(item, plan, today, themes.get(item.section or "", "")))
        if kept is not None and kept.title != item.title:
            problems.append(problem("D042", id=item.id, here=kept.title, there=item.title))
    problems += [
        problem("D036", id=matter.id, title=matter.title) for matter in have.values() if not matter.carried_from
    ]
    return (*made, *have.values()), tuple(problems)


def matter_of(item: Item, plan: Plan, today: date, theme: str = "") -> Matter:
    """A matter as it is when an item was just extracted: nothing confirmed, the deadline with its basis."""
    clauses = [one for one in plan.commitments if one.id in item.commitments]
    return Matter(
        id=item.id,
        title=item.title,
        kind=item.kind,
        strength=clauses[0].strength if clauses else "own",
        theme=theme,
        since=today,
        lead=item.lead.unit if item.lead else "",
        help=tuple(duty.unit for duty in item.help),
        begin=plan.document.term[0] if plan.document.term else None,
        due=item.deadline.date,
        due_basis=item.deadline.basis,
    )
