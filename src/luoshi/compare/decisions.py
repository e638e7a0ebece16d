"""A person's decisions about what became of promises, ``luoshi.decisions/1``: recorded, and above the machine's."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from luoshi.compare.editions import Edition
from luoshi.compare.model import Comparison, Decided, Outcome, Promise, Verdict
from luoshi.compare.words import said
from luoshi.plan import Finding, Plan
from luoshi.plan.model import Facts
from luoshi.problems import Problem, Unreadable, problem

DECISIONS: Literal["luoshi.decisions/1"] = "luoshi.decisions/1"

Words = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Meant(_Strict):
    """A promise by its report's year and its words (or some of them), whatever number a comparison gives it.

    Where one sentence promises several figures ``number`` is the figure's words; where the very words stand in two
    places ``at`` is where those meant begin.
    """

    report: Words
    quote: Words
    number: Words | None = None
    at: int | None = None


class Decision(Meant):
    """One decision: the promise, the verdict, and the words that tell the outcome.

    ``told_in`` and ``told`` are the later report's year and words.
    """

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
        fitting = _fitting(one, kept)
        outcome = _outcome(one, known)
        if len(fitting) != 1 or outcome is None:
            problems.append(problem("V011", nth=nth, quote=one.quote, count=len(fitting)))
            continue
        promise = kept[fitting[0]]
        found = promise.decided.read_as if promise.decided else promise.verdict
        record = Decided(who=one.who, when=one.when, why=one.why, read_as=found)
        changed = {"verdict": one.verdict, "decided": record}
        kept[fitting[0]] = promise.model_copy(update=changed | ({"outcome": outcome} if outcome.quotes else {}))
    return tuple(kept), tuple(problems)


def decide(comparison: Comparison, decisions: Sequence[Decision], texts: Mapping[str, str]) -> Comparison:
    """A comparison made without decisions, with ``decisions`` above it; ``texts`` are those of its reports by id.

    A decision that fits no one promise, or whose words of the outcome stand nowhere, is a problem (V011) of the result.
    """
    editions = [Edition(Plan(document=Facts(year=one.year)), texts.get(one.id, "")) for one in comparison.reports]
    promises, odd = decided(comparison.promises, decisions, editions)
    told = (Finding(code=one.code, message=one.message, why=one.why, advice=one.advice) for one in odd)
    return comparison.model_copy(update={"promises": promises, "problems": (*comparison.problems, *told)})


def meant(promises: Sequence[Promise]) -> tuple[Meant, ...]:
    """For each promise the least by which a decision singles it out of all of them."""
    same: dict[tuple[str, str], list[Promise]] = defaultdict(list)
    for one in promises:
        for text in dict.fromkeys(_texts(one)):
            same[one.report, text].append(one)
    return tuple(_least(one, same[one.report, one.quote.text]) for one in promises)


def _least(promise: Promise, same: Sequence[Promise]) -> Meant:
    number = promise.number.text if promise.number else None
    words = {"report": promise.report, "quote": promise.quote.text}
    tried = (words, words | {"number": number}, words | {"number": number, "at": promise.quote.start})
    made = [Meant.model_validate(each) for each in tried]
    return next((one for one in made if len(_narrowed(one, same)) == 1), made[-1])


def _fitting(one: Meant, promises: Sequence[Promise]) -> list[int]:
    """Where the promises stand that ``one`` can mean: those of exactly its words, else those that hold them."""
    mine = [at for at, promise in enumerate(promises) if promise.report == one.report]
    whole = [at for at in mine if one.quote in _texts(promises[at])]
    found = whole or [at for at in mine if any(one.quote in text for text in _texts(promises[at]))]
    left = {id(promise) for promise in _narrowed(one, [promises[at] for at in found])}
    return [at for at in found if id(promises[at]) in left]


def _narrowed(one: Meant, found: Sequence[Promise]) -> Sequence[Promise]:
    if one.number is not None:
        found = [promise for promise in found if promise.number and promise.number.text == one.number]
    if one.at is not None and len(found) > 1:
        found = [promise for promise in found if one.at in _places(promise)]
    return found


def _places(promise: Promise) -> tuple[int, ...]:
    return (promise.quote.start, *(each.start for each in promise.also))


def _texts(promise: Promise) -> tuple[str, ...]:
    return (promise.quote.text, *(each.text for each in promise.also))


def _outcome(one: Decision, known: Mapping[str, Edition]) -> Outcome | None:
    """The outcome that the decision points to, empty where it points nowhere; None where its words are not there."""
    if one.told is None:
        return Outcome()
    edition = known.get(one.told_in or "")
    at = edition.text.find(one.told) if edition else -1
    if edition is None or at < 0:
        return None
    quote = edition.quote(at, at + len(one.told))
    return Outcome(report=edition.id, quotes=(quote,), because=said("decided", who=one.who or "人"))
