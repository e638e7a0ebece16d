"""What a publishing would change: what goes out anew, what stays out, what is called back, what is kept in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from luoshi.publish.dossier import Dossier, opened
from luoshi.publish.labels import label
from luoshi.store.outside import KINDS, Outside, outside
from luoshi.web.shell.language import say

if TYPE_CHECKING:
    from luoshi.problems import Problem

TURNS = ("new", "gone", "same", "inside")
_MOST = 40  # names of a kind on the page; the file has them all


@dataclass(frozen=True, slots=True)
class Going:
    """The difference between what is out and what would be: names by turn (new, gone, same, inside) and by kind."""

    names: dict[str, dict[str, list[str]]]
    labels: dict[str, str]
    problems: tuple[Problem, ...]

    @property
    def table(self) -> list[tuple[str, list[int]]]:
        """A row a kind: how many go out new, are called back, stay out, are kept in."""
        return [(word(kind), [len(self.names[turn].get(kind, ())) for turn in TURNS]) for kind in KINDS]

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The turns that people read name by name, each with a part of its names."""
        found = []
        for turn in ("gone", "new", "inside"):
            named = [(word(kind), name) for kind, rows in self.names[turn].items() for name in rows]
            if named:
                told = [(kind, name, self.labels.get(name, "")) for kind, name in named[:_MOST]]
                found.append({"turn": turn, "word": turned(turn), "rows": told, "count": len(named),
                              "more": max(0, len(named) - _MOST)})  # fmt: skip
        return found

    def rows(self) -> Iterator[tuple[str, str, str, str]]:
        """Everything, for a file: what becomes of it, its kind, its name, its label."""
        for turn in TURNS:
            for kind, names in self.names[turn].items():
                yield from ((turned(turn), word(kind), name, self.labels.get(name, "")) for name in names)


def going(whole: Dossier, out: Outside | None) -> Going:
    """What publishing ``whole`` now would change in what is ``out``."""
    cut = opened(whole)
    will, was = outside(cut), out or Outside()
    inside, labels = _inside(whole, will, was)
    same = {kind: [name for key, name in getattr(will, kind).items() if key in getattr(was, kind)] for kind in KINDS}
    names = {"new": will.without(was), "gone": was.without(will), "same": same, "inside": inside}
    return Going(names, labels, tuple(cut.problems))


def _inside(whole: Dossier, will: Outside, was: Outside) -> tuple[dict[str, list[str]], dict[str, str]]:
    """What is kept in and is not out, by kind; of items that would not go out also how they are labelled."""
    every = outside(whole)
    kept = every.without(will.with_all(was))
    said = whole.office.openness
    lang: Any = say("zh", "en")
    labels = {one.title: label("openness", one.openness or said.matter, lang) for one in whole.matters
              if one.id not in will.items}  # fmt: skip
    return kept, labels


def word(kind: str) -> str:
    """What a kind of thing is called."""
    named = {"items": ("事项", "Items"), "evidence": ("佐证", "Evidence"), "readings": ("读数", "Readings")}
    return say(*named[kind])


def turned(turn: str) -> str:
    """What becomes of a thing."""
    named = {"new": ("新公开", "goes out"), "gone": ("撤下", "called back"), "same": ("照旧公开", "stays out"),
             "inside": ("留在里面", "kept in")}  # fmt: skip
    return say(*named[turn])
