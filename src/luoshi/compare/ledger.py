"""Promise against outcome over the years: every promise of every report, asked of the reports that came after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from luoshi.compare.candidates import Meaning
from luoshi.compare.decisions import Decision, decided
from luoshi.compare.editions import Edition, arranged
from luoshi.compare.found import Found
from luoshi.compare.judging import Bands, bands
from luoshi.compare.model import Comparison, Outcome, Promise
from luoshi.compare.names import SAME, contained
from luoshi.compare.outcomes import Witness
from luoshi.compare.pledges import Pledge, pledges, same_thing
from luoshi.compare.statements import asked
from luoshi.compare.threads import Threads
from luoshi.compare.words import said
from luoshi.plan import Finding
from luoshi.problems import Problem, has_errors

_NAMED_AGAIN = 0.9


@dataclass(frozen=True)
class _Year:
    """One report with what it promises and, as a witness, what it says of earlier promises."""

    edition: Edition
    pledges: tuple[Pledge, ...]
    witness: Witness


def compare(
    editions: Sequence[Edition],
    *,
    decisions: Sequence[Decision] = (),
    rules: Bands | None = None,
    meaning: Meaning | None = None,
) -> Comparison:
    """What became of every promise of ``editions``, two or more reports of one place.

    A promise is asked of the first report that looks back on the year it is due. Where the reports cannot be compared
    (V001–V005, V007) there are no promises and the problems say why. ``meaning(one, other)`` from 0 to
    1 is a further judge of whether two names mean one thing, asked only where codes and words do not tell.
    """
    ordered, problems = arranged(editions)
    if has_errors(problems):
        return Comparison(problems=tuple(map(_finding, problems)))
    years = [_Year(one, tuple(pledges(one)), Witness(one, rules or bands(), meaning)) for one in ordered]
    found = tuple(_promises(years))
    found, odd = decided(found, decisions, ordered)
    return Comparison(
        place=next((one.plan.document.place for one in ordered if one.plan.document.place), None),
        reports=tuple(one.report() for one in ordered),
        promises=found,
        problems=tuple(map(_finding, (*problems, *odd))),
    )


def _finding(one: Problem) -> Finding:
    return Finding(code=one.code, message=one.message, why=one.why, advice=one.advice)


def _promises(years: Sequence[_Year]) -> Iterator[Promise]:
    threads = Threads()
    for at, year in enumerate(years):
        later = years[at + 1 :]
        for nth, pledge in enumerate(year.pledges, 1):
            again = _again(pledge, later)
            found = _outcome(pledge, later, again)
            yield Promise(
                id=f"{year.edition.id}-{nth:03}",
                report=year.edition.id,
                thread=threads.of(pledge),
                name=pledge.name,
                kind=pledge.kind,
                strength=pledge.strength,
                quote=pledge.edition.quote(pledge.start, pledge.end, pledge.text),
                also=tuple(pledge.edition.quote(*place) for place in pledge.also),
                number=pledge.reading.number() if pledge.reading else None,
                due=pledge.due,
                verdict=found.verdict,
                outcome=found.outcome,
                carried=len(again),
                carried_to=tuple(one.edition.quote(one.start, one.end, one.text) for one in again),
                candidates=found.candidates,
            )


def _outcome(pledge: Pledge, later: Sequence[_Year], again: Sequence[Pledge]) -> Found:
    """What the first report says that looks back on the year of the promise; a named thing may be done before it."""
    covering = next((one for one in later if one.edition.reviewed >= pledge.due.year), None)
    if pledge.reading is None:
        for one in later:
            found = one.witness.asked_about(pledge)
            if found.verdict == "met" or one is covering:
                return _carried(pledge, found, again, covering=covering is not None)
    if covering is None:
        return _pending(pledge, later)
    if covering.edition.reviewed > pledge.due.year:
        found = covering.witness.asked_about(pledge)
        gap = Outcome(report=None, because=said("gap", year=pledge.due.year))
        return Found("pending", gap, found.candidates) if found.verdict == "not_reported" else found
    return covering.witness.asked_about(pledge)


def _pending(pledge: Pledge, later: Sequence[_Year]) -> Found:
    """Not due yet; what the newest report says on the way stands among the candidates."""
    on_the_way = later[-1].witness.asked_about(pledge).candidates if later else ()
    return Found("pending", Outcome(because=said("not_due", year=pledge.due.year)), on_the_way)


def _carried(pledge: Pledge, found: Found, again: Sequence[Pledge], *, covering: bool) -> Found:
    """A named thing of which no result is told but which is promised again: carried over."""
    if found.verdict != "not_reported" or not again:
        return found
    first = again[0]
    asks = pledge.kind in ("project", "recognition") and asked(pledge.text, pledge.kind) != "under_way"
    outcome = Outcome(
        report=first.edition.id,
        state="carried_over",
        quotes=(first.edition.quote(first.start, first.end, first.text),),
        because=said("carried" if asks else "carried_on", year=first.edition.year),
    )
    if not covering:
        return Found("pending", outcome, found.candidates)
    return Found("missed" if asks else "not_reported", outcome, found.candidates)


def _again(pledge: Pledge, later: Sequence[_Year]) -> list[Pledge]:
    """The same promise in later reports, one a report, as long as it is made anew."""
    found = []
    for year in later:
        best = next((one for one in year.pledges if _same_promise(pledge, one)), None)
        if best is None:
            break
        found.append(best)
    return found


def _same_promise(one: Pledge, other: Pledge) -> bool:
    """A named thing promised again by name, or a number promised again with the same due year."""
    if (one.reading is None) != (other.reading is None):
        return False
    if one.reading is None or other.reading is None:
        short, long = sorted((one.name, other.name), key=len)
        return len(short) >= 4 and contained(short, long) >= _NAMED_AGAIN and len(short) >= len(long) * 0.6
    mine, theirs = one.reading.figure, other.reading.figure
    same = (mine.value, mine.unit, mine.measure) == (theirs.value, theirs.unit, theirs.measure)
    return same and one.due == other.due and same_thing(one.code, one.name, other.code, other.name) >= SAME
