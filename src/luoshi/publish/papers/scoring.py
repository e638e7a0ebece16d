"""Scores of units by a named, dated pack of rules: every line with its inputs, every total with and without 自报."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import resources
from typing import Any

from luoshi.measure import Measured
from luoshi.measure.telling import short, unit_of
from luoshi.publish.dossier import Case
from luoshi.publish.papers.wording import words
from luoshi.supervise import counted

Values = dict[str, Any]
_ONE, _NOUGHT, _TENTH = Decimal(1), Decimal(0), Decimal("0.1")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Rule:
    """A formula (``use`` says which) with its number and what it says to people."""

    id: str
    zh: str
    use: str
    says: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A set of rules with its name, who gave it and when; ``full`` is the score of a unit that did everything."""

    name: str
    zh: str
    issuer: str
    date: date
    full: Decimal
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What one matter earns of its weight, 0 to 1: counting the unit's own word, and counting what is verified only."""

    rule: Rule
    inputs: str
    told: Decimal
    proved: Decimal


@cache
def pack(name: str = "luoshi-2026") -> Pack:
    """The pack called ``name``."""
    text = resources.files(__package__).joinpath("packs", f"{name}.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    return Pack(**{**raw, "full": Decimal(raw["full"]), "rules": tuple(Rule(**row) for row in raw["rules"])})


def score(case: Case, by: Pack) -> Line:
    """What ``case`` earns by ``by``: by its reading where it has exactly one measured target, else by its progress."""
    read = [one for one in case.measured if one.standing is not None and one.target.value > 0]
    one = read[0] if len(case.measured) == 1 and read else None
    use = _use(case, one)
    rule = next(rule for rule in by.rules if rule.use == use)
    return _read(one, rule) if one is not None else _progress(case, rule)


def _use(case: Case, one: Measured | None) -> str:
    """Which formula: of a floor, of a value that should rise or fall, or of anything without a reading."""
    if one is None:
        return "other"
    if case.item is not None and case.item.kind == "hold":
        return "floor"
    return "rising" if one.target.better == "up" else "falling"


def earned(actual: Decimal, target: Decimal, use: str, better: str = "up") -> Decimal:
    """S1 (``rising``): actual ÷ target; S2 (``falling``): 2 − actual ÷ limit; S4 (``floor``): kept or not.

    Never below 0, never above 1.
    """
    if use == "floor":
        return _ONE if (actual >= target if better == "up" else actual <= target) else _NOUGHT
    share = actual / target if use == "rising" else 2 - actual / target
    return max(_NOUGHT, min(_ONE, share))


def _read(one: Measured, rule: Rule) -> Line:
    now, unit = one.standing, unit_of(one.target)
    assert now is not None
    share = earned(now.value, one.target.value, rule.use, one.target.better)
    told = words()["scores"]["read"].format(
        period=now.at, value=short(now.value) + unit, target=short(one.target.value) + unit
    )
    return Line(rule, told, share, share if one.state.verified else _NOUGHT)


def _progress(case: Case, rule: Rule) -> Line:
    value, solid = counted(case.matter)
    proved = value if solid else min(case.matter.verified, value)
    told = words()["scores"]["progress"].format(reported=case.matter.reported, verified=case.matter.verified)
    return Line(rule, told, value / _HUNDRED, proved / _HUNDRED)


def score_values(pairs: Sequence[tuple[Case, Values]], by: Pack) -> Values:
    """The sheet of scores: the pack, and a table a unit, the units by their verified score."""
    groups: dict[str, list[tuple[Case, Values]]] = {}
    for case, said in pairs:
        if case.progress != "other":
            groups.setdefault(said["lead"], []).append((case, said))
    units = [_unit(name, own, by) for name, own in groups.items()]
    ranked = sorted(units, key=lambda unit: (-unit["proved"], -unit["told"]))
    return {
        "pack": {
            "title": by.zh,
            "issuer": by.issuer,
            "day": by.date,
            "full": by.full,
            "rules": [{"id": rule.id, "title": rule.zh, "says": rule.says} for rule in by.rules],
        },
        "scores": ranked,
    }


def _unit(name: str, own: list[tuple[Case, Values]], by: Pack) -> Values:
    lines = [(score(case, by), case.matter.weight, said) for case, said in own]
    whole = sum((weight for _, weight, _ in lines), _NOUGHT)
    rows = [_row(line, _part(weight, whole, by), said) for line, weight, said in lines]
    return {
        "title": name,
        "total": len(own),
        "lines": rows,
        "told": _total(((line.told, weight) for line, weight, _ in lines), whole, by),
        "proved": _total(((line.proved, weight) for line, weight, _ in lines), whole, by),
        "behind_count": sum(said["behind"] for _, _, said in lines),
    }


def _row(line: Line, part: Decimal, said: Values) -> Values:
    return {
        "title": said["title"],
        "rule": line.rule.id,
        "inputs": line.inputs,
        "full": _round(part),
        "told": _round(part * line.told),
        "proved": _round(part * line.proved),
        "light": said["light"],
    }


def _part(weight: Decimal, whole: Decimal, by: Pack) -> Decimal:
    return by.full * weight / whole if whole else _NOUGHT


def _total(rows: Iterable[tuple[Decimal, Decimal]], whole: Decimal, by: Pack) -> Decimal:
    """The unrounded sum, rounded once."""
    return _round(sum((by.full * share * weight for share, weight in rows), _NOUGHT) / whole if whole else _NOUGHT)


def _round(value: Decimal) -> Decimal:
    return value.quantize(_TENTH, ROUND_HALF_UP)
