"""What the page of an item shows: every part as a record of its own, made from the item, the record and the report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse

from luoshi.supervise import (
    Event,
    Light,
    Matter,
    Move,
    Obligation,
    Rules,
    decide,
    grade,
    light,
    obligations,
    possible,
    progress_class,
    workflow,
)
from luoshi.supervise.path import scheduled
from luoshi.supervise.workflow import State
from luoshi.web.matter import asking, past, words
from luoshi.web.shell.charts import LineChart, Series, line_chart
from luoshi.web.shell.language import say

if TYPE_CHECKING:
    from luoshi.store.acting import By
    from luoshi.store.models import EvidenceFile

_SOON = 6


@dataclass(frozen=True, slots=True)
class Offer:
    """A move that the person may make now: ``direct`` at one click, else by its form; ``blocked`` says why not yet."""

    name: str
    word: str
    look: str
    direct: bool
    blocked: str


@dataclass(frozen=True, slots=True)
class Offers:
    """The moves that the person may make: what it waits for first, then what is usual, then the rest."""

    first: Offer | None
    usual: tuple[Offer, ...]
    rare: tuple[Offer, ...]

    @property
    def any(self) -> bool:
        return self.first is not None or bool(self.usual or self.rare)


def offers(matter: Matter, by: By, today: date, rules: Rules) -> Offers:
    """The moves that ``by`` may make on ``matter`` today."""
    moves = [move for move in possible(matter, by.actor(), rules) if _fits(move, matter)]
    made = {move.name: _offer(move, matter, by, today, rules) for move in moves}
    ready = [offer for offer in made.values() if not offer.blocked]
    first = next((offer for name in _order(matter, rules) for offer in ready if offer.name == name), None)
    rest = [offer for offer in made.values() if offer is not first]
    rare = tuple(offer for offer in rest if words.about(offer.name).get("rare") or offer.blocked)
    return Offers(first, tuple(offer for offer in rest if offer not in rare), rare)


def _fits(move: Move, matter: Matter) -> bool:
    """Whether the page offers the move at all: not what the clock makes, nor what has nothing to be made on."""
    row = words.about(move.name)
    return bool(row.get("shown", True)) and bool("where" not in row or getattr(matter, row["where"]))


def given_states() -> list[str]:
    """The open states in which a unit has been given the item: before, only the office knows of it."""
    flow = workflow()
    moves = [move for move in flow.moves.values() if {"lead", "help"} & set(move.by)]
    theirs = {state for move in moves for state in (*move.origins, move.to)}
    return [one.name for one in flow.states.values() if one.open and (one.name in theirs or one.phase != "setup")]


def waits_for(matter: Matter, rules: Rules) -> tuple[str, str]:
    """The role that must act on ``matter`` now, and the move it is to make; empty where nobody or none is named."""
    state = rules.workflow.states[matter.state]
    passes = state.passes
    if passes is not None and _passed(matter, passes.when):
        return passes.owner, passes.next
    return state.owner, state.next


def _passed(matter: Matter, when: str) -> bool:
    if when == "concluded":
        return bool(matter.conclusion)
    return any(one.checked and one.granted is None for one in matter.requests)


def _order(matter: Matter, rules: Rules) -> Iterable[str]:
    return (waits_for(matter, rules)[1], *words.forms()["first"]["order"])


def _offer(move: Move, matter: Matter, by: By, today: date, rules: Rules) -> Offer:
    direct = not asking.asked(move)
    blocked = ""
    if direct:
        outcome = decide(matter, Event(move=move.name, by=by.actor()), today, rules)
        blocked = "".join(one.message for one in outcome.problems)
    return Offer(move.name, words.move_word(move), words.about(move.name).get("look", ""), direct, blocked)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the item stands: its state, for whom it waits, its light, both numbers and where they should be."""

    state: State
    state_word: str
    waits: str
    light: Light
    inputs: tuple[tuple[str, str], ...]
    progress_class: str
    grade: str
    scheduled: Decimal
    due_in: int | None


def standing(matter: Matter, today: date, rules: Rules) -> Standing:
    """Where ``matter`` stands on ``today``."""
    lit = light(matter, today, rules.profile)
    owner, move = waits_for(matter, rules)
    waits = f"{words.role_word(owner)}{'：' + words.move_word(move) if move else ''}" if owner else ""
    return Standing(
        state=rules.workflow.states[matter.state],
        state_word=words.state_word(matter.state),
        waits=waits,
        light=lit,
        inputs=tuple((_fact(name), _yes_no(value)) for name, value in lit.inputs),
        progress_class=words.said("class", progress_class(matter, today)),
        grade=words.said("grade", grade(matter)),
        scheduled=scheduled(matter, today),
        due_in=(matter.due - today).days if matter.due else None,
    )


def owed(matter: Matter, today: date, rules: Rules) -> list[dict[str, Any]]:
    """What is owed next, the soonest first."""
    return [shown(one, today) for one in obligations(matter, today, rules)[:_SOON]]


def shown(one: Obligation, today: date) -> dict[str, Any]:
    """An obligation as pages say it."""
    return {
        "due": one.due,
        "days": (one.due - today).days,
        "what": words.said("owed", one.what),
        "detail": words.detail_word(one.what, one.detail),
        "who": one.who or words.role_word(one.role),
    }


def numbers_chart(matter: Matter, record: past.Record, today: date) -> LineChart | None:
    """Both numbers over time against the path; None where nothing was reported yet or there is no path."""
    reported, verified = past.numbers(record)
    days = sorted(
        {day for day in (matter.begin, matter.started, matter.due, today, *(n.day for n in matter.nodes)) if day}
    )
    path = [(day, scheduled(matter, day)) for day in days]
    if not reported or len(path) < 2:
        return None
    start = [(matter.started, Decimal(0))] if matter.started and matter.started < reported[0][0] else []
    drawn = [Series(say("应到", "scheduled"), "path", path)]
    drawn.append(Series(say("自报", "reported"), "reported", [*start, *reported]))
    if verified:
        drawn.append(Series(say("核实", "verified"), "reading", [*start, *verified]))
    return line_chart(say("进度", "Progress"), "%", drawn, today)


def proofs(matter: Matter, files: Iterable[EvidenceFile], *, inside: bool = True) -> list[dict[str, Any]]:
    """Every piece of evidence, newest first, with its files; to those outside only what is labelled 公开."""
    kept: dict[str, list[EvidenceFile]] = {}
    for file in files:
        kept.setdefault(file.evidence, []).append(file)
    rows: list[dict[str, Any]] = [
        {
            "id": one.id,
            "rank": words.evidence_rank(one.kind),
            "kind": words.evidence_word(one.kind),
            "about": one.place or one.note,
            "day": one.day,
            "false": one.false,
            "label": words.label_tag(one.openness),
            "files": kept.pop(one.id, []),
        }
        for one in reversed(matter.evidence)
        if inside or one.openness == "public"
    ]
    return rows


def drifts(matter: Matter) -> list[dict[str, Any]]:
    """Every promise that was changed after it was approved."""
    return [{"day": one.day, "name": words.field_word(one.field), "before": one.before, "after": one.after,
             "reason": one.reason} for one in reversed(matter.drift)]  # fmt: skip


def requests(matter: Matter) -> list[dict[str, Any]]:
    """Every request for a change with what it asks and what became of it."""
    answers = {True: (say("同意", "granted"), "good"), False: (say("不同意", "refused"), "bad"),
               None: (say("待答复", "waiting"), "warning")}  # fmt: skip
    made = []
    for one in reversed(matter.requests):
        asks = str(one.due or one.target or one.lead or one.restart or "")
        text, tone = answers[one.granted]
        made.append({"day": one.day, "kind": words.said("request", one.kind), "asks": asks, "reason": one.reason,
                     "checked": one.checked, "answer": {"text": text, "tone": tone}})  # fmt: skip
    return made


def slips(matter: Matter, rules: Rules) -> list[dict[str, Any]]:
    """Every slip with its demand and its answer."""
    colours = rules.slips.colours
    return [{"colour": colours.get(one.colour, {}).get("zh", one.colour), "day": one.day, "answer_by": one.answer_by,
             "demand": one.demand, "answered": one.answered} for one in reversed(matter.slips)]  # fmt: skip


def address(name: str, **given: Any) -> str:
    """The address of a page of another family; empty where the site is without it."""
    try:
        return reverse(name, kwargs=given or None)
    except NoReverseMatch:
        return ""


def _fact(name: str) -> str:
    row = words.forms()["facts"].get(name)
    return say(row["zh"], row["en"]) if row else name


def _yes_no(value: str) -> str:
    return {"True": say("是", "yes"), "False": say("否", "no"), "None": "—"}.get(value, value)
