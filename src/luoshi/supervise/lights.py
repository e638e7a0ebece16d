"""Lights of matters by a named profile: the first rule that holds decides, and the light says which and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from string import Formatter
from typing import Any

from luoshi.supervise.facts import Facts, facts
from luoshi.supervise.model import Colour, Matter
from luoshi.supervise.rules import Condition, conditions, holds
from luoshi.supervise.words import data, word

DEFAULT = "luoshi-2026"
_GOOD = ("blue", "green")


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of a profile: the colour, what it says to people, and its conditions."""

    id: str
    colour: Colour
    says: str
    all: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """So many periods of one colour running become another."""

    id: str
    colour: Colour
    periods: int
    becomes: Colour
    says: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A named, dated set of rules with its issuer and source; ``scope`` says what it judges: an item or a unit."""

    name: str
    zh: str
    en: str
    issuer: str
    year: int
    source: str
    scope: str
    names: dict[str, str]
    rules: tuple[Rule, ...]
    repeat: Repeat | None


@dataclass(frozen=True, slots=True)
class Light:
    """A light and all that is behind it: the rule, its inputs, the sentence that says why, the day.

    ``hollow`` where it rests on the unit's word alone; ``plain`` the colour before repetition raised it; ``computed``
    the light that the rules gave where a person has set another.
    """

    colour: Colour
    rule: str
    profile: str
    why: str
    day: date
    hollow: bool
    plain: Colour
    inputs: tuple[tuple[str, str], ...]
    computed: Colour | None = None

    @property
    def shape(self) -> str:
        """The shape that stands for the colour; a ring where the light is hollow."""
        return "○" if self.hollow else word("light", self.colour, "shape")

    @property
    def name(self) -> str:
        """The light in Chinese, with 未核实 where it is hollow."""
        return word("light", self.colour) + ("（未核实）" if self.hollow else "")


@cache
def profiles() -> dict[str, Profile]:
    """Every profile that comes with luoshi, by name."""
    folder = resources.files("luoshi.supervise").joinpath("profiles")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return {profile.name: profile for profile in (profile_of(data(f"profiles/{name}")) for name in names)}


def profile_of(raw: dict[str, Any]) -> Profile:
    """A profile from the rows of its file. Raises ValueError where its last rule has a condition."""
    rules = tuple(Rule(row["id"], row["colour"], row["says"], conditions(row["all"])) for row in raw["rules"])
    if rules[-1].all:
        raise ValueError(f"{raw['name']}: the last rule must hold always, else some case gets no light")
    repeat = Repeat(**raw["repeat"]) if "repeat" in raw else None
    return Profile(**{**raw, "rules": rules, "repeat": repeat})


def judge(found: Facts, profile: Profile, today: date, *, before: int = 0) -> Light:
    """The light of ``found`` by ``profile``; ``before`` periods running had the colour that repetition looks at."""
    rule = next(rule for rule in profile.rules if holds(rule.all, found))
    lit = Light(
        colour=rule.colour,
        rule=rule.id,
        profile=profile.name,
        why=_filled(rule.says, found),
        day=today,
        hollow=not found.solid and rule.colour in _GOOD,
        plain=rule.colour,
        inputs=_inputs(rule, found),
    )
    return _modest(_repeated(lit, profile.repeat, before))


def light(matter: Matter, today: date, profile: Profile) -> Light:
    """The light of ``matter`` on ``today``; one set by hand stands until its day, with the computed one beside it."""
    lit = judge(facts(matter, today), profile, today, before=_running(matter, profile.repeat))
    by_hand = matter.override
    if by_hand is None or today > by_hand.until:
        return lit
    why = f"{by_hand.by}人工定灯至{by_hand.until}：{by_hand.reason}（规则给出：{lit.name}，{lit.why}）"
    return replace(lit, colour=by_hand.light, rule="by-hand", why=why, computed=lit.colour)


def _repeated(lit: Light, repeat: Repeat | None, before: int) -> Light:
    if repeat is None or lit.colour != repeat.colour or before < repeat.periods - 1:
        return lit
    why = f"{repeat.says.format(periods=before + 1)}；{lit.why}"
    return replace(lit, colour=repeat.becomes, rule=repeat.id, why=why)


def _modest(lit: Light) -> Light:
    """The unit's own word earns at most green."""
    return replace(lit, colour="green", plain="green") if lit.hollow and lit.colour == "blue" else lit


def _running(matter: Matter, repeat: Repeat | None) -> int:
    """How many periods, up to the last one closed, had the colour of ``repeat`` without a break."""
    count = 0
    for past in reversed(matter.lights):
        if repeat is None or past.plain != repeat.colour:
            break
        count += 1
    return count


def _filled(says: str, found: Facts) -> str:
    names = {name for _, name, _, _ in Formatter().parse(says) if name}
    return says.format(**{name: found.shown(name) for name in names})


def _inputs(rule: Rule, found: Facts) -> tuple[tuple[str, str], ...]:
    names = dict.fromkeys(["scheduled", "counted", *(name for name, _, _ in rule.all)])
    return tuple((name, found.shown(name)) for name in names)
