"""The rules of profiles in plain words: when a light turns which colour, when a slip is due (``thresholds.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from luoshi.store.rules import LIGHTS
from luoshi.supervise.lights import Profile, profiles
from luoshi.supervise.slips import SlipProfile, slip_profiles
from luoshi.web.shell.language import in_english, say
from luoshi.web.shell.lights import lamp


@dataclass(frozen=True, slots=True)
class Row:
    """A rule: the light or slip it gives, and all that has to hold; nothing where it holds always."""

    colour: str
    word: str
    when: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A profile as it is shown: its names and source, and its rules from the first to the last."""

    name: str
    title: str
    source: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def explained(kind: str, name: str) -> Explained:
    """The profile ``name`` of ``kind`` in plain words. Raises KeyError for one that is none."""
    return _lights(profiles()[name]) if kind == LIGHTS else _slips(slip_profiles()[name])


def said(condition: tuple[str, str, object]) -> str:
    """A condition in words. Raises KeyError where ``thresholds.toml`` has none for its fact."""
    fact, sign, value = condition
    lang = "en" if in_english() else "zh"
    words = _data()["facts"][fact][lang]
    if isinstance(value, bool):
        return str(words[0 if value else 1])
    shown = lamp(str(value)).word if fact == "light" else _plain(value)
    return str(words).format(sign=_data()["signs"][sign][lang], value=shown)


def _lights(profile: Profile) -> Explained:
    rows = tuple(
        Row(rule.colour, profile.names.get(rule.colour) or lamp(rule.colour).word, _all(rule.all))
        for rule in profile.rules
    )
    notes: tuple[str, ...] = ()
    if (repeat := profile.repeat) is not None:
        old, new = lamp(repeat.colour).word, lamp(repeat.becomes).word
        notes = (say(f"连续{repeat.periods}期{old}，变成{new}。", f"{repeat.periods} periods {old} running: {new}."),)
    return Explained(profile.name, say(profile.zh, profile.en), _source(profile), rows, notes)


def _slips(scheme: SlipProfile) -> Explained:
    called = "en" if in_english() else "zh"
    rows = tuple(Row("", scheme.colours[colour][called], _all(wanted)) for colour, wanted in scheme.starts)
    order = " → ".join(scheme.colours[colour][called] for colour in scheme.order)
    climbs = say("到期不答复，升一级。", "Not answered in time, the next one follows.") if scheme.climbs else ""
    return Explained(scheme.name, say(scheme.zh, scheme.en), _source(scheme), rows, (order, *filter(None, [climbs])))


def _source(one: Profile | SlipProfile) -> str:
    return f"{one.issuer} {one.year} · {one.source}"


def _all(conditions: Iterable[tuple[str, str, object]]) -> tuple[str, ...]:
    return tuple(map(said, conditions))


def _plain(value: object) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("thresholds.toml").read_text(encoding="utf-8"))
