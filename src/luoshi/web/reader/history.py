"""Corrections as people read them: what was done to which words, by whom, and whether it still stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from luoshi.plan import Correction
from luoshi.plan.correcting.standing import standing
from luoshi.publish.labels import label
from luoshi.web.shell.language import say

_DO = {
    "change": ("改", "change"),
    "drop": ("删去", "drop"),
    "add": ("补上", "add"),
    "confirm": ("确认单位", "confirm units"),
    "split": ("拆开", "split"),
    "merge": ("合并", "merge"),
    "undo": ("撤回", "take back"),
}
_WHAT = {"figure": ("数字", "figure"), "commitment": ("承诺", "promise"), "item": ("事项", "item")}
_MEMBERS = {
    "title": ("名称", "title"),
    "kind": ("种类", "kind"),
    "deadline": ("期限", "due"),
    "lead": ("牵头", "lead"),
    "help": ("配合", "helping"),
    "value": ("数值", "value"),
    "unit": ("单位", "unit"),
    "comparator": ("比较", "comparator"),
    "procedure": ("程序", "procedure"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A correction: its number, what it does, to which words, the new values, and whether it still stands."""

    nth: int
    what: str
    quote: str
    values: str
    who: str
    when: str
    why: str
    stands: bool


def lines_of(corrections: Sequence[Correction]) -> list[Row]:
    """Every correction, newest first."""
    stand = {nth for nth, _ in standing(corrections)}
    gone = {one.nth for one in corrections if one.do == "undo"}
    rows = [
        _row(nth, one, nth in stand or (one.do == "undo" and nth not in gone)) for nth, one in _numbered(corrections)
    ]
    return rows[::-1]


def _numbered(corrections: Sequence[Correction]) -> list[tuple[int, Correction]]:
    return list(enumerate(corrections, 1))


def _row(nth: int, one: Correction, stands: bool) -> Row:
    what = f"{say(*_DO[one.do])} {say(*_WHAT[one.what])}"
    if one.do == "undo":
        what = say(f"撤回第 {one.nth} 条", f"take back no. {one.nth}")
    told = "；".join(
        f"{say(*_MEMBERS[name])} {_shown(name, value)}" for name, value in one.to.items() if name in _MEMBERS
    )
    also = "；".join(quoted.quote for quoted in one.also)
    values = "；".join(filter(None, (told, also)))
    return Row(nth, what, one.quote, values, one.who or "", one.when or "", one.why or "", stands)


def _shown(name: str, value: Any) -> str:
    lang: Any = say("zh", "en")
    if isinstance(value, dict):
        return str(value.get("date") or "—")
    if isinstance(value, list | tuple):
        return "、".join(map(str, value)) or "—"
    return label(name, str(value), lang) if name in ("kind", "comparator") else str(value if value is not None else "—")
