"""What kind a promise is, how strong it is, and the words that set its date; all words are in ``kinds.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from luoshi.plan.model import Kind, Strength
from luoshi.read.words import any_of, table

# A clause longer than this is read at both ends only: patterns that look back from its end would take the square.
_LONGEST = 240


@dataclass(frozen=True, slots=True)
class KindRule:
    """One rule: ``match`` found and ``unless`` not, with a figure or in a role where it asks for one.

    ``last`` are the characters that what it matches may end with, where it asks for the end of the clause.
    """

    id: str
    kind: Kind
    match: re.Pattern[str]
    unless: re.Pattern[str] | None
    figure: bool
    roles: frozenset[str]
    title: re.Pattern[str] | None
    last: frozenset[str]


@dataclass(frozen=True, slots=True)
class StrengthRules:
    """Words of promises that others decide (``seek``) or others carry out (``assist``)."""

    seek: re.Pattern[str]
    seek_unless: re.Pattern[str]
    assist_always: re.Pattern[str]
    assist: re.Pattern[str]
    actors: re.Pattern[str]


@cache
def _raw() -> dict[str, Any]:
    return table("kinds")


@cache
def kind_rules() -> tuple[KindRule, ...]:
    """The rules of kind, in the order in which they are tried."""
    rows: list[dict[str, Any]] = _raw()["kind"]
    return tuple(
        KindRule(
            id=str(row["id"]),
            kind=row["kind"],
            match=_compiled(row["match"]),
            unless=_compiled(row["unless"]) if "unless" in row else None,
            figure=bool(row.get("figure")),
            roles=frozenset(row.get("role", ())),
            title=_compiled(row["title"]) if "title" in row else None,
            last=frozenset(word[-1] for name in row.get("ends", ()) for word in _raw()["lists"].get(name, (name,))),
        )
        for row in rows
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    """``pattern`` with every {name} replaced by the words of that list."""
    for name, words in _raw()["lists"].items():
        pattern = pattern.replace(f"{{{name}}}", any_of(words))
    return re.compile(pattern)


@cache
def strength_rules() -> StrengthRules:
    """The words of strength, compiled."""
    raw: dict[str, str] = _raw()["strength"]
    return StrengthRules(**{name: re.compile(match) for name, match in raw.items()})


@cache
def _deadline() -> tuple[re.Pattern[str], re.Pattern[str]]:
    raw: dict[str, str] = _raw()["deadline"]
    return re.compile(raw["hint"]), re.compile(raw["match"])


def stated_deadline(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of the words in ``text[start:end]`` that set a date (年底前, 到2026年, 三年内), if there are any."""
    hint, words = _deadline()
    match = words.search(text, start, end) if hint.search(text, start, end) else None
    return match.span() if match else None


def kind_of(rest: str, figures: bool, role: str, title: str = "") -> tuple[Kind, str]:
    """Kind and rule of a promise; ``rest`` is the clause without the adverbs it begins with (but with 确保)."""
    rest = _ends(rest)
    for rule in _asked(figures, role):
        if rule.last and rest[-1:] not in rule.last:
            continue
        if rule.title and not rule.title.search(title):
            continue
        if rule.match.search(rest) and not (rule.unless and rule.unless.search(rest)):
            return rule.kind, rule.id
    return "action", "action"


@cache
def _asked(figures: bool, role: str) -> tuple[KindRule, ...]:
    """The rules that a clause of this role, with or without figures, is asked."""
    return tuple(rule for rule in kind_rules() if figures >= rule.figure and (not rule.roles or role in rule.roles))


def _ends(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST // 2] + words[-_LONGEST // 2 :]


def strength_of(words: str) -> Strength:
    """Whether the government itself, somebody above (``seek``) or another (``assist``) brings the promise about."""
    rules, words = strength_rules(), words[:_LONGEST]
    if rules.assist_always.search(words):
        return "assist"
    lead = rules.assist.match(words)
    if lead and rules.actors.search(words, lead.end()):
        return "assist"
    if rules.seek.search(words) and not rules.seek_unless.search(words):
        return "seek"
    return "own"


def because(rest: str, rule_id: str) -> str:
    """The words of ``rest`` that the rule ``rule_id`` of ``kinds.toml`` found."""
    rule = next((rule for rule in kind_rules() if rule.id == rule_id), None)
    match = (rule.match.search(_ends(rest)) or rule.match.search(_ends(f"确保{rest}"))) if rule else None
    return match[0] if match else ""
