"""What may be done on many items at once, and by whom: moves of ``register.toml`` that the workflow grants the role."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.supervise import workflow
from luoshi.web.access import Access
from luoshi.web.matter import words
from luoshi.web.register.data import data, named

LABEL = "label"


@dataclass(frozen=True, slots=True)
class Act:
    """A move (or labelling) on many items: its name, what it is called, the fields that are filled in once for all."""

    name: str
    word: str
    fields: tuple[str, ...]


def offered(who: Access) -> list[Act]:
    """What ``who`` may do on many items at once; empty for most people."""
    moves, role = workflow().moves, who.acting().role
    made = []
    for name, row in data()["bulk"].items():
        allowed = who.may(row["right"]) if "right" in row else role in moves[name].by
        if allowed:
            made.append(Act(name, named(row) if "zh" in row else words.move_word(name), tuple(row["fields"])))
    return made


def act(who: Access, name: str) -> Act | None:
    """The one of the offered acts that is called ``name``."""
    return next((one for one in offered(who) if one.name == name), None)
