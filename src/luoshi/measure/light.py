"""Lights: a profile of rules, read from the top; the first rule that fits decides, the last fits everything."""

from __future__ import annotations

import operator
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, Literal

from luoshi.problems import Problem, Unreadable, problem

Colour = Literal["green", "yellow", "red", "blue", "grey", "stale"]
COLOURS: tuple[Colour, ...] = ("green", "yellow", "red", "blue", "grey", "stale")
DEFAULT = "luoshi-2026"

_CONDITION = re.compile(r"(\w+) (<=|>=|<|>|==|is|not) ([-\w.]+)")
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq,
}  # fmt: skip
_SAID = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class State:
    """What lights are judged by. None is not known; a rule that asks for something unknown does not fit.

    Shares are %, ``gap`` is in points, days and months are whole numbers; ``due_in`` is negative after the deadline.
    """

    scheduled: Decimal | None = None
    done: Decimal | None = None
    gap: Decimal | None = None
    ratio: Decimal | None = None
    shortfall: Decimal | None = None  # gap as % of what was scheduled
    elapsed: Decimal | None = None  # % of the time that is over
    behind: Decimal | None = None  # elapsed − done: behind the calendar, whatever the path
    due_in: int | None = None
    verified: bool = False
    met: bool = False
    excluded: bool = False
    reported: bool = False
    report_late: int | None = None
    node_late: int | None = None
    nodes_missed: int = 0
    behind_before: int = 0  # periods running, just before this one, with a yellow or red light
    false_evidence: bool = False
    broken: bool = False
    growth: bool = False
    idle: int | None = None  # months since it should have begun and has not
    unrecorded: int | None = None  # months since it began without entering the statistics
    underpaid: bool | None = None
    rank: int | None = None
    rank_change: int | None = None  # places lost; negative where places were gained
    able: bool | None = None  # a person's judgement that it can still be done


@dataclass(frozen=True, slots=True)
class Condition:
    """``member sign value``, as in ``gap > 30`` or ``verified is yes`` or ``rank is unknown``."""

    member: str
    sign: str
    value: Decimal | bool | None

    def fits(self, state: State) -> bool:
        """Whether ``state`` meets the condition."""
        found = getattr(state, self.member)
        if self.sign in ("is", "not"):
            return (found is self.value) == (self.sign == "is")
        return found is not None and _COMPARE[self.sign](found, self.value)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a profile: every condition of ``when`` must fit. ``why`` is a sentence with gaps for members."""

    id: str
    colour: Colour
    why: str
    english: str
    when: tuple[Condition, ...] = ()
    undefined: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """A named set of rules, where it comes from, and how late a report may be."""

    name: str
    title: str
    source: str
    report_days: int
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Override:
    """A colour that a person has set: with a reason, a name and the last day it holds."""

    colour: Colour
    reason: str
    by: str
    until: date


@dataclass(frozen=True, slots=True)
class Light:
    """A colour, the rule that gave it, the members it looked at with their values, and a sentence saying why.

    ``hollow`` marks a good light that rests on the unit's own word only. ``undefined`` marks a case that the official
    text leaves open and the profile had to decide.
    """

    colour: Colour
    rule: str
    why: str
    english: str
    inputs: Mapping[str, Decimal | int | bool | None]
    profile: str
    on: date
    hollow: bool = False
    undefined: bool = False


def judge(profile: Profile, state: State, today: date, override: Override | None = None) -> Light:
    """The light of ``state`` on ``today``. Every state gets one: the last rule of a profile has no conditions."""
    rule = next(rule for rule in profile.rules if all(condition.fits(state) for condition in rule.when))
    looked = dict.fromkeys(condition.member for condition in rule.when)
    said = re.findall(r"\{(\w+)", rule.why)
    inputs = {name: getattr(state, name) for name in (*looked, *said)}
    why = rule.why.format(**{name: _shown(value) for name, value in inputs.items()})
    english = rule.english.format(**{name: _shown(value) for name, value in inputs.items()})
    light = Light(
        rule.colour, rule.id, why, english, inputs, profile.name, today,
        hollow=rule.colour == "green" and not state.verified, undefined=rule.undefined,
    )  # fmt: skip
    if override is None or override.until < today:
        return light
    words = f"{override.by}人工改定：{override.reason}（到 {override.until} 为止；按规则本为{rule.id}）"
    return Light(
        override.colour, "manual", words, f"set by {override.by} until {override.until}; the rule says {rule.id}",
        inputs, profile.name, today,
    )  # fmt: skip


def _shown(value: object) -> str:
    if isinstance(value, Decimal):
        text = f"{value:.1f}"
        return text.removesuffix(".0") if text != "-0.0" else "0"
    return "未知" if value is None else str(abs(value)) if isinstance(value, int) else str(value)


def profiles() -> tuple[str, ...]:
    """The names of the profiles that come with luoshi, the default first."""
    folder = resources.files("luoshi.measure").joinpath("profiles")
    names = sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))
    return (DEFAULT, *(name for name in names if name != DEFAULT))


@cache
def profile(name: str = DEFAULT) -> Profile:
    """A profile that comes with luoshi. Raises KeyError for any other name."""
    if name not in profiles():
        raise KeyError(name)
    return profile_of(resources.files("luoshi.measure").joinpath("profiles", f"{name}.toml").read_text("utf-8"), name)


def profile_of(text: str, name: str) -> Profile:
    """The profile written in ``text`` (TOML). Raises :class:`luoshi.problems.Unreadable` saying what is wrong."""
    try:
        raw = tomllib.loads(text)
        rules = tuple(_rule(row) for row in raw["rule"])
        made = Profile(raw.get("name", name), raw["title"], raw["source"], int(raw.get("report_days", 20)), rules)
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise Unreadable([_wrong(name, f"{type(error).__name__}: {error}")]) from error
    if not rules or rules[-1].when:
        raise Unreadable([_wrong(name, "最后一条规则不能有条件，否则有的情形没有灯")])
    if len({rule.id for rule in rules}) != len(rules):
        raise Unreadable([_wrong(name, "有两条规则同号")])
    return made


def _wrong(name: str, detail: str) -> Problem:
    return problem("M022", name=name, detail=detail)


def _rule(row: Mapping[str, Any]) -> Rule:
    if row["colour"] not in COLOURS:
        raise ValueError(f"没有这种灯色：{row['colour']}")
    when = tuple(map(_condition, row.get("when", ())))
    members = {one.name for one in fields(State)}
    asked = {*re.findall(r"\{(\w+)", row["why"] + row["en"]), *(one.member for one in when)}
    if not asked <= members:
        raise ValueError(f"没有这样的量：{'、'.join(sorted(asked - members))}")
    return Rule(row["id"], row["colour"], row["why"], row["en"], when, bool(row.get("undefined", False)))


def _condition(text: str) -> Condition:
    found = _CONDITION.fullmatch(text)
    if found is None:
        raise ValueError(f"看不懂这个条件：{text}")
    member, sign, value = found.groups()
    if sign in ("is", "not"):
        if value not in (*_SAID, "unknown"):
            raise ValueError(f"看不懂这个条件：{text}")
        return Condition(member, sign, _SAID.get(value))
    return Condition(member, sign, Decimal(value))
