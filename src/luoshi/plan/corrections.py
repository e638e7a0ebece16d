"""A person's corrections, kept beside what was read: ``luoshi.corrections/1``, and a plan with them applied.

Every correction points by the words it is about, never by an offset or an id, so it survives a new reading and small
shifts of the text. What was read stays visible in the plan: ``read_as`` holds the values as they were read,
``corrected`` who changed what and when, ``dropped`` what was taken out (see ``docs/corrections.md``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from luoshi.plan.correcting.draft import Draft, Order
from luoshi.plan.correcting.orders import ORDERS
from luoshi.plan.correcting.quotes import Quote
from luoshi.plan.correcting.standing import standing
from luoshi.plan.model import Plan
from luoshi.problems import Problem, Unreadable, has_errors, problem

CORRECTIONS: Literal["luoshi.corrections/1"] = "luoshi.corrections/1"

_RENEWED = ("change", "confirm")
Words = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Quoted(_Strict):
    """Words of the report; ``before`` and ``after`` tell which, where the words stand more than once."""

    quote: Words
    before: str = ""
    after: str = ""

    def place(self) -> Quote:
        """The words to look for."""
        return Quote(self.quote, self.before, self.after)


class Correction(Quoted):
    """One correction: ``do`` it to the finding ``what`` at the quoted words; ``to`` are the new values by member.

    An ``undo`` takes the ``nth`` correction of the file back; its quote is for people.
    """

    do: Literal["change", "drop", "add", "confirm", "split", "merge", "undo"]
    what: Literal["figure", "commitment", "item"]
    to: dict[str, Any] = {}
    also: tuple[Quoted, ...] = ()
    nth: int | None = None
    who: str | None = None
    when: str | None = None
    why: str | None = None


class Corrections(_Strict):
    """A file of corrections, applied in its order; ``document`` says for people what they belong to."""

    format: Literal["luoshi.corrections/1"] = CORRECTIONS
    document: dict[str, Any] = {}
    corrections: tuple[Correction, ...] = ()

    @classmethod
    def from_json(cls, text: str | bytes) -> Corrections:
        """Read a file of corrections. Raises :class:`luoshi.problems.Unreadable` with every problem."""
        try:
            raw = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise Unreadable([problem("C001", detail=str(error))]) from error
        if not isinstance(raw, dict) or raw.get("format") != CORRECTIONS:
            raise Unreadable([problem("C001", detail=f"format ≠ {CORRECTIONS}")])
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_input=False)
            found = [(".".join(map(str, one["loc"])), one["msg"]) for one in faults]
            raise Unreadable(problem("C002", path=path, detail=detail) for path, detail in found) from error


def correct(plan: Plan, corrections: Sequence[Correction], text: str) -> tuple[Plan, tuple[Problem, ...]]:
    """``plan``, read from ``text``, with ``corrections`` applied in order; all of them, or none if one is an error.

    A correction that a later ``undo`` takes back is passed over.
    Applying them to the result again changes nothing. Problems: C003 (a value that cannot be), C004 (the words are not
    there), C005 (they stand more than once), C006 (nothing was read there), C007 (two contradict), C008 (a note:
    nothing left to drop).
    """
    draft = Draft(plan, text)
    for nth, one in standing(corrections):
        entry = {name: word for name in ("do", "who", "when", "why") if (word := getattr(one, name)) is not None}
        act = ORDERS.get((one.do, one.what))
        if act is None:
            draft.refuse("C002", path=f"corrections.{nth - 1}.do", detail=f"{one.do} + {one.what}")
            continue
        also = tuple(quoted.place() for quoted in one.also)
        act(draft, Order(nth, one.what, one.place(), dict(one.to), also, entry))
    problems = tuple(draft.problems)
    return (plan if has_errors(problems) else draft.plan()), problems


def appended(corrections: Sequence[Correction], wanted: Correction) -> tuple[Correction, ...]:
    """``corrections`` with ``wanted`` behind them, for somebody who has changed their mind.

    Where an earlier change or confirmation of the same words still stands it is taken back first, and what it said of
    other members is said again, so that the two do not contradict each other.
    """
    earlier = [(nth, one) for nth, one in standing(corrections) if _same_matter(one, wanted)]
    if wanted.do not in _RENEWED or not earlier:
        return (*corrections, wanted)
    said = {name: value for _, one in earlier for name, value in one.to.items()}
    back = (wanted.model_copy(update={"do": "undo", "to": {}, "also": (), "nth": nth}) for nth, _ in earlier)
    return (*corrections, *back, wanted.model_copy(update={"to": said | wanted.to}))


def _same_matter(one: Correction, other: Correction) -> bool:
    return (one.do, one.what, one.place()) == (other.do, other.what, other.place())
