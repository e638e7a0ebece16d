"""What is checked and what is let pass: selected rules, and suppressions that give their reason.

The file (``luoshi.toml``) has one table::

    [check]
    select = ["N", "T05"]          # beginnings of codes; without it the rules that are on by default
    extend = ["U01"]               # besides these
    ignore = ["C01"]
    fail = "warning"               # the mildest severity that makes the exit code 1

    [[check.suppress]]
    rule = "N08"                   # a code
    words = "地区生产总值460亿元"   # words the finding is about, or  mark = "3f0c…"  as the finding shows it
    reason = "口径不同，见统计局说明"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from luoshi.check.catalogue import rules
from luoshi.check.finding import Diagnostic
from luoshi.problems import Problem, Severity, problem

_FAIL: tuple[str, ...] = ("error", "warning", "note", "never")
_MEMBERS = {"select", "extend", "ignore", "fail", "suppress"}


@dataclass(frozen=True, slots=True)
class Suppression:
    """A finding somebody lets pass: by its ``mark``, or by ``words`` it is about; always with a reason."""

    rule: str
    reason: str
    words: str = ""
    mark: str = ""

    def covers(self, found: Diagnostic) -> bool:
        """Whether it is about ``found``; blanks do not count, so that words may be wrapped anew."""
        if found.code != self.rule:
            return False
        if self.mark:
            return found.mark == self.mark
        about = [_bare(place.text) for place in (found.place, *found.related)]
        return any(_bare(self.words) in text for text in about)

    def __str__(self) -> str:
        return f"{self.rule} {self.words or self.mark}"


@dataclass(frozen=True, slots=True)
class Settings:
    """``select`` None means the rules that are on by default; ``fail`` is the mildest severity that fails, or never."""

    select: tuple[str, ...] | None = None
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail: str = "warning"
    suppressions: tuple[Suppression, ...] = ()

    def chosen(self) -> frozenset[str]:
        """The codes of the rules to run. What is ignored is ignored, whatever selects it."""
        wanted = {
            code for code, rule in rules().items() if (rule.on if self.select is None else _begins(code, self.select))
        }
        wanted |= {code for code in rules() if _begins(code, self.extend)}
        return frozenset(code for code in wanted if not _begins(code, self.ignore))

    def fails(self, severities: Iterable[Severity]) -> bool:
        """Whether findings of these severities make the check fail."""
        order = ("error", "warning", "note")
        return self.fail in order and any(order.index(one) <= order.index(self.fail) for one in severities)


def parsed(text: str, name: str = "luoshi.toml") -> tuple[Settings, tuple[Problem, ...]]:
    """The settings of a configuration file, and everything that is wrong with it (then nothing should be checked)."""
    try:
        table = tomllib.loads(text).get("check", {})
    except tomllib.TOMLDecodeError as error:
        return Settings(), (problem("K002", name=name, detail=str(error)),)
    if not isinstance(table, Mapping):
        return Settings(), (problem("K003", name=name, member="check", detail="应当是一张表 [check]"),)
    found = list(_faults(table, name))
    if found:
        return Settings(), tuple(found)
    lists = {key: tuple(table[key]) for key in ("select", "extend", "ignore") if key in table}
    passed = tuple(Suppression(**one) for one in table.get("suppress", ()))
    return Settings(**lists, fail=table.get("fail", "warning"), suppressions=passed), ()


def unknown(prefixes: Iterable[str]) -> tuple[Problem, ...]:
    """A problem for each beginning that no rule has, with the nearest one that some rule has."""
    return tuple(
        problem("K001", wanted=one, near=nearest(one))
        for one in prefixes
        if not any(c.startswith(one) for c in rules())
    )


def nearest(code: str) -> str:
    """The rule whose code is most like ``code``, with its title; the families where none is."""
    near = get_close_matches(code.upper(), rules(), n=1, cutoff=0.5)
    return f"{near[0]} {rules()[near[0]].title}" if near else "N T C S U"


def _faults(table: Mapping[str, Any], name: str) -> Iterator[Problem]:
    for member in table:
        if member not in _MEMBERS:
            near = get_close_matches(member, _MEMBERS, n=1)
            yield problem(
                "K003", name=name, member=member, detail="没有这一项" + "".join(f"，是不是 {one}" for one in near)
            )
    for member in ("select", "extend", "ignore"):
        value = table.get(member, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            yield problem("K003", name=name, member=member, detail='应当是编号的清单，如 ["N", "T05"]')
        else:
            yield from unknown(value)
    if table.get("fail", "warning") not in _FAIL:
        yield problem("K003", name=name, member="fail", detail=f"应当是 {'、'.join(_FAIL)} 之一")
    listed = table.get("suppress", [])
    if not isinstance(listed, list):
        yield problem("K003", name=name, member="suppress", detail="应当写成 [[check.suppress]]")
        return
    for one in listed:
        yield from _suppression_faults(one, name)


def _suppression_faults(one: Any, name: str) -> Iterator[Problem]:
    wanted = {"rule", "words", "mark", "reason"}
    if not isinstance(one, Mapping) or not all(isinstance(value, str) for value in one.values()) or set(one) - wanted:
        yield problem("K003", name=name, member="suppress", detail="只有 rule、words、mark、reason，都是字符串")
        return
    if one.get("rule") not in rules():
        yield problem("K001", wanted=one.get("rule", ""), near=nearest(one.get("rule", "")))
    if bool(one.get("words", "").strip()) == bool(one.get("mark")):
        yield problem("K003", name=name, member="suppress", detail="words 和 mark 写一个，只写一个")
    if not one.get("reason", "").strip():
        yield problem("K004", rule=one.get("rule", ""), words=one.get("words", "") or one.get("mark", ""))


def _begins(code: str, prefixes: Iterable[str]) -> bool:
    return any(code.startswith(one) for one in prefixes if one)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)
