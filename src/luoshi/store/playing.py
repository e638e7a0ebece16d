"""Many moves in one go: each decided by the rules and sealed like any other, all of them in one transaction.

For a rehearsal, an old register brought in, a measured load. People move one matter at a time (``moving.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from luoshi import supervise
from luoshi.problems import Problem
from luoshi.store import grams
from luoshi.store.acting import By
from luoshi.store.columns import body_of, columns, parts
from luoshi.store.ledger import recording
from luoshi.store.lighting import turned
from luoshi.store.models import Matter, MatterBody, MatterUnit, Message
from luoshi.store.moment import playing
from luoshi.store.moving import messages, told
from luoshi.store.rules import rules_in_force
from luoshi.store.units import units_by_name
from luoshi.store.writing import writing

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Played:
    """A move to play: of which matter, by whom, on which day, at which moment for the record."""

    matter: int
    event: supervise.Event
    by: By
    at: datetime

    @property
    def day(self) -> date:
        return self.at.date()


class Refused(Exception):
    """A move that the rules refuse: nothing of the play was kept. Carries the move and the problems."""

    def __init__(self, move: Played, title: str, problems: tuple[Problem, ...]) -> None:
        self.move, self.problems = move, problems
        super().__init__(f"{move.day} {move.event.move} {title}: " + "; ".join(one.message for one in problems))


def play(matters: Iterable[int], moves: Iterable[Played], shown_on: date) -> int:
    """Play ``moves``, in their order, on ``matters`` (all that they are about), which are then shown as on a day.

    Returns how many were played. Raises
    :class:`Refused`, and then nothing has changed.
    """
    with writing():
        stage = Stage(tuple(matters))
        with recording() as add:
            for move in moves:
                before = stage.bodies[move.matter]
                outcome = stage.decide(move.matter, move.event, move.by, move.day, move.at)
                if outcome.problems:
                    raise Refused(move, before.title, outcome.problems)
                with playing(move.at):
                    said = told(move.matter, before, outcome)
                    entry = add(move.by, "matter.move", f"matter:{move.matter}", outcome.matter.title, **said)
                stage.messages += messages(move.matter, outcome, stage.units, entry)
        stage.settle(shown_on)
    return stage.count


@dataclass
class Stage:
    """Matters as they stand between two of many moves; locked until the transaction ends."""

    matters: tuple[int, ...]
    bodies: dict[int, supervise.Matter] = field(init=False)
    messages: list[Message] = field(default_factory=list)
    moved: dict[int, datetime] = field(default_factory=dict)
    count: int = 0

    def __post_init__(self) -> None:
        self.rows = {
            row.pk: row
            for row in Matter.objects.select_for_update(of=("self",))
            .select_related("body")
            .filter(pk__in=self.matters)
            .order_by("pk")
        }
        self.bodies = {pk: body_of(row) for pk, row in self.rows.items()}
        self.first: Mapping[int, supervise.Matter] = dict(self.bodies)
        self.rules, self.units = rules_in_force(), units_by_name()

    def decide(self, pk: int, event: supervise.Event, by: By, day: date, at: datetime) -> supervise.Outcome:
        """Make a move on the matter ``pk``, by the rules; a refused one leaves it as it was."""
        outcome = supervise.decide(self.bodies[pk], event.model_copy(update={"by": by.actor()}), day, self.rules)
        if not outcome.problems:
            self.bodies[pk] = outcome.matter
            self.moved[pk] = at
            self.count += 1
        return outcome

    def settle(self, shown_on: date) -> None:
        """Everything that moved is written: columns, bodies, parts, words, notices."""
        rows = [self._row(pk, shown_on) for pk in self.moved]
        if not rows:
            return
        names = [*columns(self.bodies[rows[0].pk], shown_on, self.rules, self.units), "updated"]
        Matter.objects.bulk_update(rows, [name.removesuffix("_id") for name in names], batch_size=50)
        MatterBody.objects.bulk_update([row.body for row in rows], ["text"], batch_size=50)
        turned({row.pk: (row.light, row.hollow) for row in rows}, shown_on)
        MatterUnit.objects.filter(matter_id__in=self.moved).delete()
        MatterUnit.objects.bulk_create(
            (part for pk in self.moved for part in parts(pk, self.bodies[pk], self.units)), _BATCH
        )
        grams.index([(pk, self.bodies[pk]) for pk in self.moved if self._reworded(pk)])
        Message.objects.bulk_create(self.messages, _BATCH)

    def _row(self, pk: int, shown_on: date) -> Matter:
        row, body = self.rows[pk], self.bodies[pk]
        for name, value in columns(body, shown_on, self.rules, self.units).items():
            setattr(row, name, value)
        row.updated = self.moved[pk]
        row.body.text = body.model_dump_json()
        return row

    def _reworded(self, pk: int) -> bool:
        return grams.words_of(self.first[pk]) != grams.words_of(self.bodies[pk])
