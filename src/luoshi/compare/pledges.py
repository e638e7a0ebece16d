"""What one report promises: every target, named project, title and line to be held, the same thing once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from luoshi.compare.editions import Edition
from luoshi.compare.figures import Reading, readings
from luoshi.compare.model import PromiseKind, State
from luoshi.compare.names import SAME, alike, bare, name_of
from luoshi.compare.statements import asked
from luoshi.compare.words import pattern, table
from luoshi.plan import Commitment, Figure

_PROMISING = frozenset(("targets", "plan", "livelihood", "government", "guidance", ""))
_COUNTED = frozenset(("target", "hold"))
_NAMED = frozenset(("project", "recognition"))
_LISTED = 30
_SHORTEST = 4


@dataclass(frozen=True)
class Pledge:
    """One promise: its place and words, its number if it is one, when it is due, and other places that say the same."""

    edition: Edition
    kind: PromiseKind
    strength: str
    start: int
    end: int
    text: str
    due: date
    reading: Reading | None = None
    also: tuple[tuple[int, int, str], ...] = field(default=())
    called: str = ""

    @property
    def code(self) -> str | None:
        """The catalogue's code of what is counted."""
        return self.reading.code if self.reading else None

    @property
    def name(self) -> str:
        """What is promised, in few words."""
        if self.reading and self.reading.figure.indicator:
            one = self.reading.figure.indicator
            known: dict[str, str] = table("pairs")["names"]
            return (one.name or one.text) if self.reading.code == one.code else known.get(self.code or "", one.text)
        return self.called or name_of(self.text)


def pledges(edition: Edition) -> list[Pledge]:
    """Every promise of the edition in text order; one that stands in two places is one with ``also``."""
    known = {one.figure.id: one for one in readings(edition)}
    found = [*_of_commitments(edition, known), *_of_figures(edition, known), *_programmes(edition)]
    return list(_once(sorted(found, key=lambda one: (one.start, one.reading.figure.start if one.reading else 0))))


def _of_commitments(edition: Edition, known: dict[str, Reading]) -> Iterator[Pledge]:
    listed = _listed(edition)
    before: Commitment | None = None
    for one in sorted(edition.plan.commitments, key=lambda each: each.start):
        called = _called(one, before)
        before = before if called else one
        if edition.role(one.section) not in _PROMISING or (one.kind == "slogan" and one.id not in listed):
            continue
        figures = [known[name] for name in one.figures if name in known]
        counted = list(_promised(figures, one)) if one.kind not in _NAMED else []
        for reading in counted:
            yield _pledge(edition, one, reading)
        if not counted and (called or _tracked(one)) and not (figures and one.kind == "target"):
            yield _pledge(edition, one, None, called)


def _listed(edition: Edition) -> set[str]:
    """Wishes that stand in a row with targets (…，进出口保稳提质，…): a target that nobody gave a number."""
    found = set()
    ordered = sorted(edition.plan.commitments, key=lambda one: one.start)
    for before, one, after in zip(ordered, ordered[1:], ordered[2:], strict=False):
        if one.kind == "slogan" and edition.role(one.section) == "targets" and len(one.text) <= _LISTED:
            beside = (before.kind == "target" and one.start - before.end <= 1) and after.start - one.end <= 1
            found |= {one.id} if beside else set()
    return found


def _programmes(edition: Edition) -> Iterator[Pledge]:
    """What announces many promises at once (办好十件民生实事), where the reading took it for a heading."""
    taken = [(one.start, one.end) for one in edition.plan.commitments]
    for clause in edition.clauses:
        if clause.role not in _PROMISING - {""} or any(low < clause.end and clause.start < high for low, high in taken):
            continue
        if pattern("naming", "programmes").search(clause.text):
            yield Pledge(edition, "action", "own", clause.start, clause.end, clause.text, _due(edition, None, None))


def _promised(counted: list[Reading], commitment: Commitment) -> Iterator[Reading]:
    """The numbers promised, without where one starts from (由22%提高到) and what describes (10亿元以上项目)."""
    for nth, one in enumerate(counted):
        figure = one.figure
        before = commitment.text[: figure.start - commitment.start]
        starts = re.search(table("naming")["from"], before)
        if figure.tense != "plan" or starts or _describes(figure, counted[nth + 1 :], commitment):
            continue
        if bare(one.name) in table("indicator")["generic"] or not one.name:
            continue
        yield one


def _describes(figure: Figure, later: Iterable[Reading], commitment: Commitment) -> bool:
    for other in later:
        named = other.figure.indicator
        if named and named.start <= figure.start < named.end:
            return True
        between = commitment.text[figure.end - commitment.start : other.figure.start - commitment.start]
        if figure.comparator in ("ge", "gt", "le", "lt") and between and not set(between) & set("，、；,;和"):
            return True
    return False


def _tracked(one: Commitment) -> bool:
    """Whether a promise without a number is followed: what is named, and what has a day of its own."""
    name = name_of(one.text)
    step = re.search(table("naming")["step"], name)
    if len(name) < _SHORTEST or step or pattern("naming", "unnamed").search(name):
        return False
    if one.kind in _COUNTED or one.kind in _NAMED or one.kind == "slogan":
        return True
    return one.deadline.basis == "stated" or bool(pattern("naming", "programmes").search(one.text))


def _called(one: Commitment, before: Commitment | None) -> str:
    """The name of what a clause that only says a step (…，年底前主体封顶) is about: that of the clause before it."""
    if before is None or one.start - before.end > 1 or not re.search(table("naming")["step"], name_of(one.text)):
        return ""
    return name_of(before.text)


def _pledge(edition: Edition, one: Commitment, reading: Reading | None, called: str = "") -> Pledge:
    kind: PromiseKind = "target" if one.kind == "slogan" else one.kind
    return Pledge(
        edition=edition,
        kind=kind,
        strength=one.strength,
        start=one.start,
        end=one.end,
        text=one.text,
        due=_due(edition, reading, one.deadline.date),
        reading=reading,
        called=called,
    )


def _of_figures(edition: Edition, known: dict[str, Reading]) -> Iterator[Pledge]:
    """Promised numbers of known indicators that stand in no commitment."""
    covered = {name for one in edition.plan.commitments for name in one.figures}
    for reading in known.values():
        one = reading.figure
        if one.id in covered or one.tense != "plan" or reading.code is None or reading.role not in _PROMISING:
            continue
        start = min(one.indicator.start, one.start) if one.indicator else one.start
        text = edition.text[start : one.end] or f"{reading.name}{one.text}"
        yield Pledge(edition, "target", "own", start, one.end, text, _due(edition, reading, None), reading)


def _due(edition: Edition, reading: Reading | None, deadline: date | None) -> date:
    """When the promise is due: the figure's own years, else the commitment's day, else the end of the plan."""
    if reading and reading.years and reading.years[1] > edition.reviewed and not reading.average:
        until = reading.figure.period.until if reading.figure.period else None
        if until and until.year <= edition.horizon + 30:
            return until
    if deadline and deadline.year > edition.reviewed:
        return deadline
    return date(max(edition.horizon, 1), 12, 31)


def _once(found: Iterable[Pledge]) -> Iterator[Pledge]:
    kept: list[Pledge] = []
    for one in found:
        twin = next((nth for nth, other in enumerate(kept) if _same(one, other)), None)
        if twin is None:
            kept.append(one)
        else:
            kept[twin] = replace(kept[twin], also=(*kept[twin].also, (one.start, one.end, one.text)))
    yield from kept


def _same(one: Pledge, other: Pledge) -> bool:
    """Whether two promises of one report are the same: the same number of the same thing, or the same name."""
    if one.due.year != other.due.year or (one.reading is None) != (other.reading is None):
        return False
    if one.reading and other.reading:
        mine, theirs = one.reading.figure, other.reading.figure
        same = (mine.value, mine.unit, mine.measure) == (theirs.value, theirs.unit, theirs.measure)
        return same and same_thing(one.code, one.name, other.code, other.name) >= SAME and mine.start != theirs.start
    return one.kind == other.kind and one.name == other.name and _step(one) == _step(other)


def _step(one: Pledge) -> State:
    return asked(one.text, one.kind)


def same_thing(code: str | None, name: str, other_code: str | None, other_name: str) -> float:
    """How surely two indicators are one, from 0 to 1: the catalogue's codes first, then the words."""
    if code and other_code:
        return 1.0 if code == other_code else 0.0
    if bare(name) and bare(name) == bare(other_name):
        return 1.0
    least = min(len(bare(name)), len(bare(other_name)))
    return alike(name, other_name) if least >= 2 else 0.0


def is_ceiling(reading: Reading) -> bool:
    """Whether less is better: what the words say, else what the indicator is."""
    figure = reading.figure
    falling = figure.direction == "down" and figure.measure in ("growth", "change", "multiple")
    if figure.comparator in ("le", "lt"):
        return not falling
    if falling or figure.measure == "rank":
        return True
    if reading.to and figure.measure == "level":
        return True
    if figure.comparator in ("ge", "gt") or (reading.work and figure.measure == "level"):
        return False
    words = table("indicator")
    if reading.code is None:
        return bool(pattern("indicator", "less").search(reading.name))
    return reading.code in words["down"] or reading.code in words["ceilings"]
