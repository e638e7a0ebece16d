"""The rules as data: ``rules.toml`` says what each is called and what it tells, ``bounds.toml`` what it measures by."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from luoshi.problems import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of ``rules.toml``. ``message`` and ``message_en`` hold gaps that a finding fills; ``on`` is the default."""

    code: str
    on: bool
    severity: Severity
    title: str
    title_en: str
    message: str
    message_en: str
    why: str
    why_en: str
    advice: str
    advice_en: str

    @property
    def family(self) -> str:
        """The letter that the code begins with: N, T, C, S or U."""
        return self.code[0]


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its code, in the order of ``rules.toml``."""
    return {code: Rule(code=code, **row) for code, row in _table("rules.toml").items()}


@cache
def bounds() -> dict[str, Any]:
    """The numbers and words that rules measure by, a table a rule or a group of rules."""
    return _table("bounds.toml")


@cache
def pattern(table: str, name: str) -> re.Pattern[str]:
    """A regular expression of ``bounds.toml``, to be used on folded text."""
    return re.compile(bounds()[table][name], re.VERBOSE)


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("luoshi.check").joinpath(name).read_text(encoding="utf-8"))
