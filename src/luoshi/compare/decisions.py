"""A person's decisions about what became of promises, ``luoshi.decisions/1``: recorded, and above the machine's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from luoshi.compare.editions import Edition
from luoshi.compare.model import Decided, Outcome, Promise, Verdict
from luoshi.compare.words import said
from luoshi.problems import Problem, Unreadable, problem

DECISIONS: Literal["luoshi.decisions/1"] = "luoshi.decisions/1"

Words = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Decision(_Strict):
    """One decision: the promise by its report's year and its words, the verdict, and the words that tell the outcome.

    ``quote`` are words of the promise (or all of it); ``told_in`` and ``told`` are the later report's year and words.
    """

    report: Words
    quote: Words
    verdict: Verdict
    told_in: str | None = None
    told: str | None = None
    who: str | None = None
    when: str | None = None
    why: str | None = None


class Decisions(_Strict):
    """A file of decisions."""

    format: Literal["luoshi.decisions/1"] = DECISIONS
    decisions: tuple[Decision, ...] = ()

    @classmethod
    def from_json(cls, text: str | bytes) -> Decisions:
        """Read a file of decisions. Raises :class:`luoshi.problems.Unreadable` with every problem."""
        try:
            raw = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise Unreadable([problem("V010", detail=str(error))]) from error
        if not isinstance(raw, dict) or raw.get("format") != DECISIONS:
            raise Unreadable([problem("V010", detail=f"format ≠ {DECISIONS}")])
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_input=False)
            raise Unreadable(
                problem("V010", detail=f"{'.'.join(map(str, one['loc']))}: {one['msg']}") for one in faults
            ) from error


def decided(
    promises: Sequence[Promise], decisions: Sequence[Decision], editions: Sequence[Edition]
) -> tuple[tuple[Promise, ...], tuple[Problem, ...]]:
    """The promises with ``decisions`` above what was found, and a problem for each that fits no one promise (V011)."""
    known = {edition.id: edition for edition in editions}
    kept = list(promises)
    problems = []
    for nth, one in enumerate(decisions, 1):
        fitting = [at for at, promise in enumerate(kept) if _meant(one, promise)]
        outcome = _outcome(one, known)
        if len(fitting) != 1 or outcome is None:
            problems.append(problem("V011", nth=nth, quote=one.quote, count=len(fitting)))
            continue
        promise = kept[fitting[0]]
        record = Decided(who=one.who, when=one.when, why=one.why, read_as=promise.verdict)
        changed = {"verdict": one.verdict, "decided": record}
        kept[fitting[0]] = promise.model_copy(update=changed | ({"outcome": outcome} if outcome.quotes else {}))
    return tuple(kept), tuple(problems)


def _meant(one: Decision, promise: Promise) -> bool:
    places = (promise.quote, *promise.also)
    return one.report == promise.report and any(one.quote in quote.text for quote in places)


def _outcome(one: Decision, known: dict[str, Edition]) -> Outcome | None:
    """The outcome that the decision points to, empty where it points nowhere; None where its words are not there."""
    if one.told is None:
        return Outcome()
    edition = known.get(one.told_in or "")
    at = edition.text.find(one.told) if edition else -1
    if edition is None or at < 0:
        return None
    quote = edition.quote(at, at + len(one.told))
    return Outcome(report=edition.id, quotes=(quote,), because=said("decided", who=one.who or "人"))
