"""The page of one item: what was said, who and by when, both numbers, and everything that happened since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.publish.dossier import Case
from luoshi.publish.site.cards import Card, lamp_of
from luoshi.publish.site.frame import File, Frame, said
from luoshi.publish.site.groups import Group
from luoshi.publish.site.words import words
from luoshi.supervise import Entry, Evidence, workflow
from luoshi.supervise.words import data, known, word

_COLOURS = ("light", "colour")
_SHARES = ("percent", "verified")


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of an item's history. ``sort`` is ``move``, ``drift``, ``node``, ``proof`` or ``lamp``."""

    day: date
    sort: str
    what: str
    who: str = ""
    more: tuple[str, ...] = ()


def item_pages(site: Frame, cards: Sequence[Card], groups: Mapping[str, Sequence[Group]]) -> Iterator[File]:
    """A page an item, in the order of the dossier, each leading to the one before and after."""
    ways = _ways(groups)
    for at, card in enumerate(cards):
        around = (cards[at - 1] if at else None, cards[at + 1] if at + 1 < len(cards) else None)
        case = card.case
        yield site.page(
            card.path, "item.html", card=card, case=case, ways=ways.get(card.id, ()), around=around,
            history=history(case), proofs=_proofs(case), lines=case.sentence.split("\n") if case.sentence else (),
        )  # fmt: skip


def history(case: Case) -> tuple[Happening, ...]:
    """Everything that happened to a matter, the newest first."""
    matter = case.matter
    found = [moved(one) for one in case.entries if told(one)]
    found += [_drifted(one.day, one.field, one.before, one.after) for one in matter.drift]
    found += [Happening(one.met, "node", f"完成节点：{one.name}") for one in matter.nodes if one.met]
    found += [Happening(one.day, "lamp", f"期末亮灯：{lamp_of(one.colour).shape} {lamp_of(one.colour).text}")
              for one in matter.lights]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.day, reverse=True))


def told(one: Entry) -> bool:
    """Whether a line of the ledger says something that no other line of the history says."""
    return one.move not in words()["quiet"]


def moved(one: Entry) -> Happening:
    """A line of the ledger in words."""
    table = workflow()
    move, states = table.moves.get(one.move), table.states
    what = move.zh if move else one.move
    if one.before != one.after and one.after in states and one.before in states:
        what += f"：{states[one.before].zh} → {states[one.after].zh}"
    role = table.roles.get(one.by.role, {}).get("zh", "")
    return Happening(one.day, "move", what, one.by.unit or role, tuple(_given(one.given)))


def _given(found: Mapping[str, str]) -> Iterator[str]:
    for name, value in found.items():
        if value and known("field", name):
            yield f"{word('field', name).removesuffix('%')} {_value(name, value)}"


def _value(name: str, value: str) -> str:
    group = "light" if name in _COLOURS else name
    if group in data("words.toml") and known(group, value):
        return word(group, value, "word" if group == "light" else "zh")
    if name in _SHARES:
        return f"{value}%"
    return said(date.fromisoformat(value)) if _is_day(value) else value


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return "-" in value


def _drifted(day: date, field: str, before: str, after: str) -> Happening:
    name = word("field", field) if known("field", field) else field
    return Happening(day, "drift", f"{name}改动", "", (f"原为：{before or '（空）'}", f"改为：{after or '（空）'}"))


def _proofs(case: Case) -> tuple[dict[str, Any], ...]:
    """The evidence with its kind and rank in words, the strongest first."""
    kinds, rungs = data("evidence.toml")["kinds"], data("evidence.toml")["ladder"]

    def rank(one: Evidence) -> int:
        return int(kinds[one.kind]["rank"]) if one.kind in kinds else 0

    return tuple(
        {"proof": one, "rank": rank(one), "kind": kinds[one.kind]["zh"] if one.kind in kinds else one.kind,
         "rung": rungs[rank(one)]["zh"], "grade": word("grade", str(rungs[rank(one)]["grade"]))}
        for one in sorted(case.matter.evidence, key=lambda one: (-rank(one), one.day, one.id))
    )  # fmt: skip


def _ways(groups: Mapping[str, Sequence[Group]]) -> dict[str, tuple[Group, ...]]:
    """The groups that each item is in."""
    made: dict[str, tuple[Group, ...]] = {}
    for sort in ("theme", "unit", "place"):
        for group in groups.get(sort, ()):
            for card in group.cards:
                made[card.id] = (*made.get(card.id, ()), group)
    return made
