"""A move together with the files that prove it: both happen, or neither does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from luoshi import supervise
from luoshi.problems import Problem
from luoshi.store.acting import By
from luoshi.store.columns import body_of
from luoshi.store.evidence import Received, discard, keep_received, receive
from luoshi.store.models import Matter
from luoshi.store.moving import Moved, move_matter
from luoshi.store.writing import writing


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that is handed in as the evidence ``evidence`` of the matter."""

    name: str
    chunks: Iterable[bytes]
    evidence: str
    label: str = "internal"


def hand_in(  # noqa: PLR0917 -- a move and its files
    pk: int, event: supervise.Event, today: date, by: By, files: Sequence[Handed], key: str = ""
) -> Moved:
    """Make the move ``event`` and keep ``files``, or say why not. What is received waits outside the transaction."""
    came: list[Received] = []
    try:
        problems = _receive_all(files, came)
        if problems:
            return Moved(body_of(Matter.objects.select_related("body").get(pk=pk)), None, problems)
        with writing():
            moved = move_matter(pk, event, today, by, key=key)
            if moved.entry is not None and not moved.problems:
                matter = Matter.objects.get(pk=pk)
                for file, one in zip(files, came, strict=True):
                    keep_received(matter, one, file.name, file.evidence, by, label=file.label)
        return moved
    except BaseException:
        discard(came)
        raise
    finally:
        for one in came:
            one.place.unlink(missing_ok=True)


def _receive_all(files: Sequence[Handed], came: list[Received]) -> tuple[Problem, ...]:
    """Everything that is wrong with the files; those that came stand in ``came``."""
    found: list[Problem] = []
    for file in files:
        one, problems = receive(file.name, file.chunks)
        found += problems
        if one is not None:
            came.append(one)
    return tuple(found)
