"""A district that does not exist, its cast, and the ways its matters go; steps and routes are data in ``cases``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from luoshi.days import Workdays
from luoshi.problems import Problem
from luoshi.supervise import Actor, Event, Matter, Outcome, Rules, decide, rules

TODAY = date(2026, 3, 2)  # a Monday
CASES = Path(__file__).parent / "cases"
RULES: Rules = rules(calendar=Workdays())
CAST = {
    "office": Actor(role="office", unit="区政府督查室", person="周明"),
    "director": Actor(role="director", unit="区政府督查室", person="吴敏"),
    "leader": Actor(role="leader", post="副区长（城建）", person="郑强"),
    "government": Actor(role="government", unit="区政府"),
    "lead": Actor(role="lead", unit="区住建局", person="王华"),
    "help": Actor(role="help", unit="区财政局", person="冯丽"),
    "inspector": Actor(role="inspector", unit="第一督查组"),
    "system": Actor(role="system"),
    "auditor": Actor(role="auditor", unit="区审计局"),
    "outsider": Actor(role="outsider", unit="某公司"),
    "other_lead": Actor(role="lead", unit="区水利局"),
    "other_help": Actor(role="help", unit="区水利局"),
    "other_leader": Actor(role="leader", post="副区长（农业）"),
}


def cases(name: str) -> dict[str, Any]:
    """A file of cases."""
    return tomllib.loads((CASES / name).read_text(encoding="utf-8"))


_MOVES = cases("moves.toml")
DEFAULTS: dict[str, dict[str, Any]] = _MOVES["defaults"]
ROUTES: dict[str, list[str | dict[str, Any]]] = _MOVES["routes"]


def matter(**update: Any) -> Matter:
    """A matter as it was just extracted, unless ``update`` says otherwise."""
    return Matter.model_validate({"id": "i1", "title": "建成云水大桥", "since": TODAY, **update})


def actor_of(move: str) -> str:
    """Who of the cast makes ``move``: the first role that may."""
    return RULES.workflow.moves[move].by[0]


def event(move: str, *, by: str | None = None, give: Mapping[str, Any] | None = None) -> Event:
    """The event that makes ``move`` with what it usually brings; ``give`` changes some of it."""
    usual = {**DEFAULTS.get(move, {}), **(give or {})}
    return Event.model_validate({"move": move, "by": CAST[by or actor_of(move)], **usual})


def step(one: Matter, what: str | Mapping[str, Any], day: date = TODAY) -> Outcome:
    """Make one step: the name of a move, or a table with ``move`` and what differs from the usual."""
    row: dict[str, Any] = {"move": what} if isinstance(what, str) else dict(what)
    made = event(row["move"], by=row.get("by"), give=row.get("give"))
    return decide(one, made, row.get("day", day), RULES)


def walk(one: Matter, steps: Iterable[str | Mapping[str, Any]]) -> Matter:
    """``one`` after ``steps``, every one of which must succeed."""
    for what in steps:
        outcome = step(one, what)
        assert outcome.problems == (), (what, outcome.problems)
        one = outcome.matter
    return one


def at(route: str, **update: Any) -> Matter:
    """A matter at the end of a named route."""
    return walk(matter(**update), ROUTES[route])


def codes(problems: Iterable[Problem]) -> list[str]:
    """The codes of problems, in their order."""
    return [one.code for one in problems]
