"""What of a dossier is open: items, evidence and readings that nobody has closed, and of those the fields named."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any, TypeVar, cast

from luoshi.compare import Comparison
from luoshi.measure import Readings, Series, measure_plan
from luoshi.plan import Plan
from luoshi.plan.model import Node
from luoshi.problems import Problem, problem
from luoshi.publish.dossier.dossier import Dossier
from luoshi.publish.labels import label
from luoshi.source import Document
from luoshi.supervise import Entry, Evidence, Light, Matter
from luoshi.supervise.words import word

N = TypeVar("N", bound=Node)


def opened(whole: Dossier) -> Dossier:
    """``whole`` cut to what the public may see, with a problem O004–O006 for each kind of thing that stayed inside.

    Where the report itself is not public nothing is left but an empty plan, and the problem O001 is an error. Lights
    keep their colour: they were given with all that the office knows.
    """
    if whole.office.openness.report != "public":
        return _nothing(whole)
    own = {item.id for item in whole.plan.items}
    kept = tuple(one for one in whole.matters if _is_open(one, whole, own=one.id in own))
    names = {one.id for one in kept}
    open_, shut = _evidence(kept, whole)
    readings, closed = _readings(whole)
    items = tuple(item for item in whole.plan.items if item.id in names)
    plan = whole.plan.model_copy(update={"items": items})
    return replace(
        whole,
        plan=plan,
        matters=open_,
        lights={name: _told(lit, by) for name, lit, by in _lit(whole, names)},
        classes={name: of for name, of in whole.classes.items() if name in names},
        entries=tuple(_entry(one) for one in whole.entries if one.matter in names),
        readings=readings,
        measured=measure_plan(plan, readings, whole.today, said=_about(whole, names)) if readings else None,
        comparison=_unsigned(whole.comparison) if whole.comparison else None,
        problems=tuple(_told_of(len(whole.matters) - len(kept), shut, closed)),
    )


def _nothing(whole: Dossier) -> Dossier:
    told = label("openness", whole.office.openness.report)
    plan = Plan(document=whole.plan.document.model_copy(update={"title": "", "source": ""}))
    return replace(
        whole,
        plan=plan,
        document=Document(""),
        matters=(),
        lights={},
        classes={},
        entries=(),
        readings=None,
        paths={},
        measured=None,
        comparison=None,
        texts={},
        problems=(problem("O001", openness=told),),
    )


def _is_open(one: Matter, whole: Dossier, *, own: bool) -> bool:
    said = whole.office.openness
    return (one.openness or (said.matter if own else said.carried)) == "public"


def _evidence(kept: Iterable[Matter], whole: Dossier) -> tuple[tuple[Matter, ...], int]:
    """The matters with open fields and open evidence only; how many pieces of evidence stayed inside."""
    made, shut = [], 0
    for one in kept:
        proofs = tuple(e for e in one.evidence if (e.openness or whole.office.openness.evidence) == "public")
        shut += len(one.evidence) - len(proofs)
        made.append(_matter(one, proofs))
    return tuple(made), shut


def _matter(one: Matter, proofs: tuple[Evidence, ...]) -> Matter:
    bare = _only(one, "matter")
    inner = {
        "evidence": tuple(_only(proof, "evidence") for proof in proofs),
        "drift": tuple(_only(line, "drift") for line in bare.drift),
        "override": _only(bare.override, "override") if bare.override else None,
    }
    return bare.model_copy(update=inner)


def _entry(one: Entry) -> Entry:
    given = {key: value for key, value in one.given.items() if key in _names()["given"]}
    return _only(one, "entry").model_copy(update={"given": given, "by": _only(one.by, "actor")})


def _only(node: N, which: str) -> N:
    """``node`` with every field emptied that is not named, and without members that this version does not know."""
    kept = {name: getattr(node, name) for name in _names()[which]}
    needed = (name for name, about in type(node).model_fields.items() if about.is_required())
    return cast(N, node.model_construct(**{name: kept.get(name, "") for name in (*needed, *kept)}))


def _lit(whole: Dossier, names: set[str]) -> Iterable[tuple[str, Light, Matter]]:
    by_id = {one.id: one for one in whole.matters}
    return ((name, lit, by_id[name]) for name, lit in whole.lights.items() if name in names)


def _told(lit: Light, one: Matter) -> Light:
    if lit.rule != "by-hand" or one.override is None:
        return lit
    computed = word("light", lit.computed) if lit.computed else ""
    return replace(lit, why=_names()["by_hand"].format(until=one.override.until, computed=computed))


def _readings(whole: Dossier) -> tuple[Readings | None, int]:
    """The open readings, and how many stayed inside. Problems name rows of a table that others do not have."""
    if whole.readings is None:
        return None, 0
    closed, kept = 0, {}
    for key, series in whole.readings.series.items():
        own = tuple(one for one in series.readings if (one.openness or whole.office.openness.reading) == "public")
        closed += len(series.readings) - len(own)
        if own:
            kept[key] = Series(series.name, series.unit, own, series.growth)
    return Readings(kept), closed


def _unsigned(found: Comparison) -> Comparison:
    """That a person decided stays, with what the machine had found; who it was and the reason they wrote goes."""
    bare = (
        one.model_copy(update={"decided": one.decided.model_copy(update={"who": None, "when": None, "why": None})})
        if one.decided
        else one
        for one in found.promises
    )
    return found.model_copy(update={"promises": tuple(bare)})


def _about(whole: Dossier, names: set[str]) -> Mapping[str, Any]:
    """Paths of items that stay inside stay there too."""
    hidden = {item.id for item in whole.plan.items} - names
    return {name: path for name, path in whole.paths.items() if name not in hidden}


def _told_of(items: int, evidence: int, readings: int) -> Iterable[Problem]:
    if items:
        yield problem("O004", count=items)
    if evidence:
        yield problem("O005", count=evidence)
    if readings:
        yield problem("O006", count=readings)


@cache
def _names() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("openness.toml").read_text(encoding="utf-8"))
