"""Two versions of one plan, draft and final: what was added, dropped, softened, hardened, reworded, moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from luoshi.compare.editions import Edition, same_place
from luoshi.compare.figures import Reading, readings
from luoshi.compare.judging import Bands, bands
from luoshi.compare.model import Node, Quote, Report
from luoshi.compare.names import core, folded, name_of, told_apart
from luoshi.compare.pledges import is_ceiling, same_thing
from luoshi.compare.words import table
from luoshi.plan import Commitment, Finding
from luoshi.problems import Problem, has_errors, problem

DIFFERENCE: Literal["luoshi.difference/1"] = "luoshi.difference/1"

ChangeKind = Literal["softened", "hardened", "dropped", "added", "reworded", "moved"]
Aspect = Literal["number", "comparator", "hedge", "strength", "deadline", "kind", "section", "words"]

_ALIKE = 62.0
_CORE = 50.0
_SURE = 99.9
_NAMED_ALIKE = 88.0


class Shift(Node):
    """One thing that changed in a promise: ``old`` and ``new`` in the words of the two versions."""

    aspect: Aspect
    softer: bool | None = None
    old: str = ""
    new: str = ""


class Change(Node):
    """One promise that is not the same in both versions; ``old`` or ``new`` is null where it stands in one only."""

    kind: ChangeKind
    promise: str
    old: Quote | None = None
    new: Quote | None = None
    old_section: str = ""
    new_section: str = ""
    shifts: tuple[Shift, ...] = ()


class Difference(Node):
    """What changed between two versions of a plan; the wire is ``luoshi.difference/1``. ``same`` counts the rest."""

    format: Literal["luoshi.difference/1"] = DIFFERENCE
    old: Report | None = None
    new: Report | None = None
    changes: tuple[Change, ...] = ()
    same: int = 0
    problems: tuple[Finding, ...] = ()

    def to_json(self, *, indent: int | None = None) -> str:
        """The difference as JSON text, Chinese unescaped; the same versions always give the same text."""
        return self.model_dump_json(indent=indent)


@dataclass(frozen=True)
class _Version:
    edition: Edition
    commitments: tuple[Commitment, ...]
    readings: dict[str, Reading]

    @classmethod
    def of(cls, edition: Edition) -> _Version:
        kept = tuple(one for one in edition.plan.commitments if one.kind != "slogan")
        return cls(edition, kept, {one.figure.id: one for one in readings(edition)})

    def numbers(self, one: Commitment) -> list[Reading]:
        return [self.readings[name] for name in one.figures if name in self.readings]

    def quote(self, one: Commitment) -> Quote:
        return self.edition.quote(one.start, one.end, one.text)

    def heading(self, one: Commitment) -> str:
        section = self.edition.sections.get(one.section or "")
        return f"{section.number}{section.title}" if section else ""


def diff(old: Edition, new: Edition, *, rules: Bands | None = None) -> Difference:
    """What became of every promise of ``old`` in ``new``, two versions of one plan.

    Softened is what asks for less: a lower number (or a higher ceiling), a weaker comparator or strength, a hedge that
    was added, a later deadline or none, a promise that became a slogan. Plans of two places are not compared (V004).
    """
    problems = tuple(_odd(old, new))
    found = [Finding(code=one.code, message=one.message, why=one.why, advice=one.advice) for one in problems]
    if has_errors(problems):
        return Difference(problems=tuple(found))
    before, after = _Version.of(old), _Version.of(new)
    pairs = _pairs(before, after)
    changes = [change for one, other in pairs if (change := _change(before, after, one, other, rules or bands()))]
    met_old, met_new = {one.id for one, _ in pairs}, {other.id for _, other in pairs}
    changes += [_gone(before, after, one) for one in before.commitments if one.id not in met_old]
    changes += [_come(after, one) for one in after.commitments if one.id not in met_new]
    return Difference(
        old=old.report(),
        new=new.report(),
        changes=tuple(sorted(changes, key=_order)),
        same=len(pairs) - sum(one.old is not None and one.new is not None for one in changes),
        problems=tuple(found),
    )


def _odd(old: Edition, new: Edition) -> Iterator[Problem]:
    mine, theirs = old.plan.document, new.plan.document
    if mine.sha256 and mine.sha256 == theirs.sha256 and old.plan == new.plan:
        yield problem("V003", title=mine.title or mine.source, year=old.id)
    elif not same_place(mine.place, theirs.place):
        yield problem("V004", one=mine.place, other=theirs.place)
    elif old.year and new.year and old.year != new.year:
        yield problem("V013", one=old.id, other=new.id)


def _pairs(before: _Version, after: _Version) -> list[tuple[Commitment, Commitment]]:
    """Which promise of the one is which of the other: the same words first, then the most alike, each once."""
    rated = [
        (score, one, other)
        for one in before.commitments
        for other in after.commitments
        if (score := _score(before, after, one, other)) >= _ALIKE
    ]
    taken: set[tuple[str, str]] = set()
    pairs = []
    for _, one, other in sorted(rated, key=lambda row: (-row[0], abs(row[1].start - row[2].start))):
        if ("old", one.id) not in taken and ("new", other.id) not in taken:
            taken |= {("old", one.id), ("new", other.id)}
            pairs.append((one, other))
    return sorted(pairs, key=lambda pair: pair[0].start)


def _score(before: _Version, after: _Version, one: Commitment, other: Commitment) -> float:
    mine, theirs = folded(one.text), folded(other.text)
    if mine == theirs:
        return 100.0 if one.section == other.section else _SURE
    if told_apart(mine, theirs):
        return 0.0
    straight = fuzz.ratio(mine, theirs)
    words = straight if fuzz.ratio(core(one.text), core(other.text)) >= _CORE else 0.0
    if name_of(one.text) == name_of(other.text):
        words = max(words, _NAMED_ALIKE)
    ours, yours = before.numbers(one), after.numbers(other)
    if ours and yours and straight >= _ALIKE / 2:
        words = max(words, 90 * same_thing(ours[0].code, ours[0].name, yours[0].code, yours[0].name))
    return words


def _change(before: _Version, after: _Version, one: Commitment, other: Commitment, rules: Bands) -> Change | None:
    shifts = tuple(_shifts(before, after, one, other, rules))
    softer = {shift.softer for shift in shifts}
    if True in softer:
        kind: ChangeKind = "softened"
    elif False in softer:
        kind = "hardened"
    elif any(shift.aspect == "section" for shift in shifts):
        kind = "moved"
    elif shifts:
        kind = "reworded"
    else:
        return None
    return Change(
        kind=kind,
        promise=other.text,
        old=before.quote(one),
        new=after.quote(other),
        old_section=before.heading(one),
        new_section=after.heading(other),
        shifts=shifts,
    )


def _gone(before: _Version, after: _Version, one: Commitment) -> Change:
    """A promise that the new version makes no more; where its words stand on as a slogan it is softened to that."""
    words = folded(one.text)
    left = [other for other in after.edition.plan.commitments if other.kind == "slogan"]
    now = next((other for other in left if fuzz.ratio(words, folded(other.text)) >= 80), None)
    if now is None:
        return Change(kind="dropped", promise=one.text, old=before.quote(one), old_section=before.heading(one))
    shift = Shift(aspect="kind", softer=True, old=one.text, new=now.text)
    return Change(
        kind="softened",
        promise=now.text,
        old=before.quote(one),
        new=after.quote(now),
        old_section=before.heading(one),
        new_section=after.heading(now),
        shifts=(shift,),
    )


def _come(after: _Version, one: Commitment) -> Change:
    return Change(kind="added", promise=one.text, new=after.quote(one), new_section=after.heading(one))


def _order(one: Change) -> tuple[int, int]:
    kinds: Sequence[str] = ("softened", "dropped", "added", "hardened", "reworded", "moved")
    quote = one.old or one.new
    return kinds.index(one.kind), quote.start if quote else 0


# ── what changed in a promise ────────────────────────────────────────────────────────────────────────────────────────


def _shifts(before: _Version, after: _Version, one: Commitment, other: Commitment, rules: Bands) -> Iterator[Shift]:
    numbers = list(_numbers(before, after, one, other))
    yield from numbers
    yield from _hedges(one, other, rules)
    rank = ("own", "seek", "assist")
    if one.strength != other.strength and not _as_soft(one, other, rules):
        softer = rank.index(other.strength) > rank.index(one.strength)
        yield Shift(aspect="strength", softer=softer, old=one.strength, new=other.strength)
    yield from _deadlines(one, other)
    if before.heading(one) != after.heading(other):
        yield Shift(aspect="section", old=before.heading(one), new=after.heading(other))
    if folded(one.text) != folded(other.text) and not numbers:
        yield Shift(aspect="words", old=one.text, new=other.text)


def _numbers(before: _Version, after: _Version, one: Commitment, other: Commitment) -> Iterator[Shift]:
    left = after.numbers(other)
    for mine in before.numbers(one):
        theirs = max(left, key=lambda each: same_thing(mine.code, mine.name, each.code, each.name), default=None)
        if theirs is None:
            yield Shift(aspect="number", softer=True, old=mine.figure.text)
            continue
        left.remove(theirs)
        yield from _number(mine, theirs)
    yield from (Shift(aspect="number", softer=False, new=more.figure.text) for more in left)


def _number(mine: Reading, theirs: Reading) -> Iterator[Shift]:
    old, new = mine.figure, theirs.figure
    if (old.value, old.unit, old.value2) != (new.value, new.unit, new.value2):
        yield Shift(aspect="number", softer=_lowered(mine, theirs), old=old.text, new=new.text)
    if old.comparator != new.comparator:
        firm: list[str] = table("firmness")["comparators"]
        softer = firm.index(new.comparator) > firm.index(old.comparator)
        yield Shift(aspect="comparator", softer=softer, old=old.comparator, new=new.comparator)


def _lowered(mine: Reading, theirs: Reading) -> bool | None:
    """Whether the new number asks for less; None where the two cannot be compared."""
    if mine.value is None or theirs.value is None or mine.figure.measure != theirs.figure.measure:
        return None
    ours, yours = mine.in_base(), theirs.in_base()
    if ours is None or yours is None or ours == yours:
        return None
    return yours > ours if is_ceiling(mine) else yours < ours


def _hedges(one: Commitment, other: Commitment, rules: Bands) -> Iterator[Shift]:
    mine = next((word for word in rules.soft if word in one.text), "")
    theirs = next((word for word in rules.soft if word in other.text), "")
    if bool(mine) != bool(theirs) and one.strength == other.strength:
        yield Shift(aspect="hedge", softer=bool(theirs), old=mine, new=theirs)


def _as_soft(one: Commitment, other: Commitment, rules: Bands) -> bool:
    """Whether both say the same soft word (争取 … 争取): then a strength read differently is no change."""
    return any(word in one.text and word in other.text for word in rules.soft) and "assist" not in (
        one.strength,
        other.strength,
    )


def _deadlines(one: Commitment, other: Commitment) -> Iterator[Shift]:
    """A day that was stated and is later now, or stated no more (then it is the end of the plan, which is later)."""
    mine, theirs = one.deadline, other.deadline
    if mine.date == theirs.date or (mine.date is None and theirs.date is None):
        return
    if "stated" not in (mine.basis, theirs.basis):
        return
    softer = theirs.date is None or (mine.date is not None and theirs.date > mine.date)
    yield Shift(
        aspect="deadline",
        softer=softer,
        old=str(mine.date or ""),
        new=str(theirs.date or ""),
    )
