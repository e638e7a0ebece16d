"""What moves when something changes: two schedules of the same plan, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from luoshi.schedule.result import Schedule


@dataclass(frozen=True, slots=True)
class Move:
    """A date of a step or item that is another one now. ``days``: natural days later, negative earlier.

    ``what``: ``planned`` start or finish, ``latest`` start, or the item's earliest ``finish``.
    """

    key: str
    name: str
    what: str
    before: date | None
    after: date | None

    @property
    def days(self) -> int | None:
        """How many natural days later; None where one of the two has no date."""
        return (self.after - self.before).days if self.before and self.after else None


def moves(before: Schedule, after: Schedule) -> tuple[Move, ...]:
    """Everything that differs between two schedules of the same plan; steps that only one of them has are left out."""
    return tuple(_moves(before, after))


def _moves(before: Schedule, after: Schedule) -> Iterator[Move]:
    steps = {step.key: step for step in after.steps}
    for old in before.steps:
        new = steps.get(old.key)
        if new is None:
            continue
        latest = (old.latest.start if old.latest else None, new.latest.start if new.latest else None)
        pairs = {
            "planned start": (old.planned.start, new.planned.start),
            "planned finish": (old.planned.finish, new.planned.finish),
            "latest start": latest,
        }
        yield from (Move(old.key, old.name, what, a, b) for what, (a, b) in pairs.items() if a != b)
    items = {item.id: item for item in after.items}
    for was in before.items:
        now = items.get(was.id)
        if now is not None and now.finish != was.finish:
            yield Move(was.id, was.title, "finish", was.finish, now.finish)
