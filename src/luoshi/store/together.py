"""Moves on many matters in one transaction: each by itself, or all of them or none.

Each is decided by the rules, compared with the revision that was seen, and sealed, as ``moving.py`` does it for one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from luoshi import supervise
from luoshi.store.acting import By
from luoshi.store.ledger import recording
from luoshi.store.models import Done, LedgerEntry
from luoshi.store.moment import now
from luoshi.store.moving import Moved, messages, refusal_kept, told, told_of
from luoshi.store.playing import Stage
from luoshi.store.writing import writing

_AT_ONCE = 500  # keys asked for in one query


@dataclass(frozen=True, slots=True)
class Wish:
    """A move that is wanted: on which matter, by whom. ``key`` names the act: done once, it is not done again."""

    matter: int
    event: supervise.Event
    by: By
    key: str = ""


class _Undone(Exception):
    """One of them was refused, so none is to stand."""


def move_each(wishes: Sequence[Wish], today: date) -> list[Moved]:
    """Make each of ``wishes`` that the rules allow; what became of each, in their order. A refusal hinders no other.

    Raises :class:`Unavailable` where the database cannot be written; then none was made.
    """
    with writing():
        return _made(wishes, today)


def move_all(wishes: Sequence[Wish], today: date) -> list[Moved]:
    """Make all of ``wishes``, or none where one is refused: then nothing was recorded either, and problems say why.

    Raises :class:`Unavailable`.
    """
    found: list[Moved] = []
    try:
        with writing():
            found = _made(wishes, today)
            if any(one.problems for one in found):
                raise _Undone
    except _Undone:
        return [replace(one, entry=None) for one in found]
    return found


def _made(wishes: Sequence[Wish], today: date) -> list[Moved]:
    stage, done = Stage(tuple({one.matter for one in wishes})), _done(one.key for one in wishes if one.key)
    with recording() as add:
        found = [_one(wish, stage, today, add, again=wish.key in done) for wish in wishes]
    kept = [
        wish.key for wish, moved in zip(wishes, found, strict=True) if wish.key and moved.entry and not moved.problems
    ]
    Done.objects.bulk_create((Done(key=key) for key in kept), _AT_ONCE)
    stage.settle(today)
    return found


def _one(wish: Wish, stage: Stage, today: date, add: Callable[..., LedgerEntry], *, again: bool) -> Moved:
    before = stage.bodies[wish.matter]
    if again:
        return Moved(before, None, again=True)
    outcome = stage.decide(wish.matter, wish.event, wish.by, today, now())
    subject = f"matter:{wish.matter}"
    if outcome.problems:
        codes = refusal_kept(outcome)
        said = {"move": wish.event.move, "problems": codes}
        kept = add(wish.by, "matter.refused", subject, before.title, **said) if codes else None
        return Moved(before, kept, told_of(wish.matter, outcome.problems))
    entry = add(wish.by, "matter.move", subject, outcome.matter.title, **told(wish.matter, before, outcome))
    stage.messages += messages(wish.matter, outcome, stage.units, entry)
    return Moved(outcome.matter, entry)


def _done(keys: Iterable[str]) -> set[str]:
    return {key for few in _few(list(keys)) for key in Done.objects.filter(key__in=few).values_list("key", flat=True)}


def _few(keys: list[str]) -> Iterator[list[str]]:
    return (keys[at : at + _AT_ONCE] for at in range(0, len(keys), _AT_ONCE))
