"""The table of states and moves, as data (``workflow.toml``), and the questions one asks of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from luoshi.supervise.words import data

Phase = Literal["setup", "run", "check", "closed", "end"]


@dataclass(frozen=True, slots=True)
class Passes:
    """Once ``when`` holds (``checked``: the request; ``concluded``: the check), the state waits for another role."""

    when: Literal["checked", "concluded"]
    owner: str
    next: str


@dataclass(frozen=True, slots=True)
class State:
    """A state of the process; ``limit`` in working days from entering it.

    ``owner`` is the role that must act and ``next`` the move it is to make, until what ``passes`` names has come about.
    """

    name: str
    number: str
    zh: str
    en: str
    phase: Phase
    basis: str
    owner: str = ""
    next: str = ""
    limit: int | None = None
    passes: Passes | None = None

    @property
    def open(self) -> bool:
        """Whether somebody still has to work on the matter."""
        return self.phase in ("setup", "run", "check")


@dataclass(frozen=True, slots=True)
class Tell:
    """Who is sent which document after a move."""

    to: str
    document: str


@dataclass(frozen=True, slots=True)
class Move:
    """A row of the table. ``to`` is None where the state stays."""

    name: str
    zh: str
    en: str
    origins: tuple[str, ...]
    to: str | None
    by: tuple[str, ...]
    needs: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    tells: tuple[Tell, ...] = ()


@dataclass(frozen=True, slots=True)
class Workflow:
    """The whole table."""

    states: dict[str, State]
    moves: dict[str, Move]
    roles: dict[str, dict[str, str]]
    documents: dict[str, dict[str, str]]

    def moves_from(self, state: str, role: str | None = None) -> tuple[Move, ...]:
        """The moves that can be made in ``state``, by ``role`` where one is named."""
        return tuple(
            move for move in self.moves.values() if state in move.origins and (role is None or role in move.by)
        )


@cache
def workflow() -> Workflow:
    """The workflow that comes with luoshi."""
    raw = data("workflow.toml")
    states = {name: _state(name, row) for name, row in raw["states"].items()}
    moves = {row["name"]: _move(row) for row in raw["moves"]}
    return Workflow(states, moves, raw["roles"], raw["documents"])


def _state(name: str, row: dict[str, Any]) -> State:
    passes = Passes(**row["passes"]) if "passes" in row else None
    return State(**{**row, "name": name, "passes": passes})


def _move(row: dict[str, Any]) -> Move:
    lists = {key: tuple(row.get(key, ())) for key in ("by", "needs", "sets", "guards", "effects", "after")}
    tells = tuple(Tell(**tell) for tell in row.get("tells", ()))
    return Move(row["name"], row["zh"], row["en"], tuple(row["from"]), row.get("to"), tells=tells, **lists)
