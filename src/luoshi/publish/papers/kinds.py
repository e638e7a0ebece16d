"""The kinds of papers and for which matters each is due; data in ``kinds.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Literal

from luoshi.publish.dossier import Case, Dossier
from luoshi.publish.papers.wording import words
from luoshi.supervise import next_slip, obligations
from luoshi.supervise.slips import pending


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper: its names, whether it is about one matter or all of them, and when it is due."""

    name: str
    zh: str
    en: str
    about: Literal["item", "whole"]
    due: Mapping[str, Any] = field(default_factory=dict)
    first: str = ""
    causes: bool = False


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its name, in the order in which a matter meets them."""
    text = resources.files(__package__).joinpath("kinds.toml").read_text(encoding="utf-8")
    return {name: Kind(name, **row) for name, row in tomllib.loads(text).items()}


def due(kind: Kind, whole: Dossier) -> tuple[Case, ...]:
    """The matters that a paper of ``kind`` is due for; for one about all matters those that it tells of."""
    cases = [case for case in whole.cases if case.matter.state not in words()["outside"]["states"]]
    if kind.about == "item":
        return tuple(case for case in cases if _is_due(case, kind, whole))
    if kind.first:
        roles = {section.id: section.role for section in whole.plan.sections}
        first = [case for case in cases if case.item and roles.get(case.item.section or "") == kind.first]
        return tuple(first or cases)
    return tuple(cases)


def _is_due(case: Case, kind: Kind, whole: Dossier) -> bool:
    wanted, one = kind.due, case.matter
    if one.state in wanted.get("states", ()):
        return True
    if wanted.get("late"):
        return whole.rules.workflow.states[one.state].phase == "run" and _is_late(case, whole)
    if wanted.get("slip"):
        scheme, lights = whole.rules.slips, whole.rules.profile
        return pending(one) is not None or next_slip(one, whole.today, scheme, lights) is not None
    return bool(wanted.get("request")) and any(each.granted is None for each in one.requests)


def _is_late(case: Case, whole: Dossier) -> bool:
    owed = obligations(case.matter, whole.today, whole.rules)
    return any(each.role == "lead" and each.due < whole.today for each in owed)
