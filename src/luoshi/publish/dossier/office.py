"""The office that publishes: names for papers and pages, the licence, and what counts as open where nothing is said."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from luoshi.plan import Plan
from luoshi.plan.model import Openness
from luoshi.problems import Unreadable, problem


class Unlabelled(BaseModel):
    """The openness of the report, and that of everything that nobody has labelled."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    report: Openness = "public"
    matter: Openness = "public"
    carried: Openness = "internal"
    evidence: Openness = "internal"
    reading: Openness = "internal"


class Office(BaseModel):
    """Names and rules of the office (``office.toml`` explains each); an empty name is one that nobody has given."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: str = ""
    government: str = ""
    issuer: str = ""
    word: str = ""
    bulletin: str = ""
    addressees: str = ""
    copies: str = ""
    contact: str = ""
    phone: str = ""
    site: str = ""
    licence: str = ""
    openness: Unlabelled = Unlabelled()


def office_of(plan: Plan, text: str | None = None) -> Office:
    """The office that the TOML ``text`` describes, over the defaults; ``{place}`` is the place of ``plan``.

    Raises :class:`luoshi.problems.Unreadable` with every problem: O002 (no TOML), O003 (a member that is wrong).
    """
    raw = _toml(resources.files(__package__).joinpath("office.toml").read_text(encoding="utf-8"))
    said = _toml(text) if text else {}
    rules = said.get("openness", {})
    raw |= said | {"openness": raw["openness"] | rules if isinstance(rules, dict) else rules}
    place = raw["place"] or plan.document.place or ""
    filled = {key: value.replace("{place}", place) if isinstance(value, str) else value for key, value in raw.items()}
    try:
        return Office.model_validate(filled | {"place": place})
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
        raise Unreadable(
            problem("O003", path=".".join(map(str, one["loc"])), detail=one["msg"]) for one in faults
        ) from error


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable([problem("O002", detail=error)]) from error
