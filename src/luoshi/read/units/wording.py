"""The words in which a text says who is in charge: lists of ``lexicon/units.toml`` as patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from luoshi.read.words import table

Role = Literal["lead", "help", "plain", "leader", "time", "number", "task", "other"]
UNIT_ROLES = frozenset(("lead", "help", "plain"))

# 单位 at the end of a line or a cell; a pattern that begins with a letter is the fastest to search.
_HEAD = r"{}[\s|]{{0,4}}{}(?=\s*(?:[|｜\t\n(（]|$)|  )"


@dataclass(frozen=True, slots=True)
class Wording:
    """Patterns over folded text.

    ``field`` is a label and its colon (one named group a role); ``hints`` are strings without which a text holds none;
    ``verb`` says what the units before it do; ``apart`` are times and the like beside units; ``column`` tells of what
    kind the head of a column is, and one of ``heads`` is in every text with such a table.
    """

    field: re.Pattern[str]
    hints: tuple[str, ...]
    verb: re.Pattern[str]
    told: re.Pattern[str]
    heads: tuple[re.Pattern[str], ...]
    column: dict[Role, re.Pattern[str]]
    ending: re.Pattern[str]
    rest: re.Pattern[str]
    general: re.Pattern[str]
    shared: re.Pattern[str]
    time: re.Pattern[str]
    stop: re.Pattern[str]


@cache
def wording() -> Wording:
    """The words of ``units.toml``, compiled once."""
    raw: dict[str, Any] = table("units")["stated"]
    labels, verbs, columns = raw["label"], raw["verb"], raw["column"]
    field = "|".join(f"(?P<{role}>{pattern})" for role, pattern in labels.items())
    verb = "|".join(f"(?P<{role}>{pattern})" for role, pattern in verbs.items())
    return Wording(
        field=re.compile(rf"[【\[]?(?:{field})(?: ?[:】\]]:?) *"),
        hints=tuple(raw["hints"]),
        verb=re.compile(rf"(?:{raw['duly']})(?:{verb})(?:{raw['after']})(?=[,;、。]|$)"),
        told=re.compile(raw["told"]),
        heads=tuple(re.compile(_HEAD.format(*word)) for word in raw["heads"]),
        column={role: re.compile(pattern) for role, pattern in columns.items()},
        ending=re.compile(rf"(?:{raw['endings']})$"),
        rest=re.compile(raw["rest"]),
        general=re.compile(raw["general"]),
        shared=re.compile(raw["shared"]),
        time=re.compile(raw["time"]),
        stop=re.compile(raw["stop"]),
    )
