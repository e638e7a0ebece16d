"""From findings in the reading view to the plan: spans of the document, ids in text order, base units, links."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import groupby

from luoshi.amounts import Amount, plain
from luoshi.plan.model import (
    Commitment,
    Deadline,
    Figure,
    Finding,
    Indicator,
    Member,
    Period,
    Qualifier,
    Rung,
    Section,
    Speech,
    Tense,
    Unread,
)
from luoshi.problems import Problem
from luoshi.read.catalogue import elided, known
from luoshi.read.commitments import Promise
from luoshi.read.coverage import unread
from luoshi.read.deadlines import LOOK, deadline, inferred
from luoshi.read.facts import About
from luoshi.read.figures import Found
from luoshi.read.ladder import Rung as Announced
from luoshi.read.parts import Part, part_at
from luoshi.read.periods import Time, governing, interval, periods
from luoshi.read.qualifiers import Qualified, qualifiers
from luoshi.read.tense import Where, hedge, tense
from luoshi.read.voices import OUTSIDE, Said
from luoshi.source import Span, View
from luoshi.source.outline import Outline

Term = tuple[date, date] | None
_NOT_DUE = Deadline()
_UNQUALIFIED: Sequence[Qualified] = ()


class Assembly:
    """One report on its way into a plan: its view, skeleton, parts and facts, and how findings become the plan's."""

    def __init__(  # noqa: PLR0917 — one report with all that was read of it so far
        self, view: View, text: str, outline: Outline, parts: Sequence[Part], about: About, said: Sequence[Said] = ()
    ) -> None:
        self._view, self._text, self._about = view, text, about
        self._said, self._said_at = said, [one.start for one in said]
        self._outline, self._parts = outline, parts
        self._ahead: dict[str, tuple[int | None, Term, str]] = {}
        self._dated: Sequence[int] = ()
        self._by_id = {part.id: part for part in parts}
        self._starts = [sentence.start for sentence in outline.sentences]

    def sections(self) -> tuple[Section, ...]:
        """The parts, with the document's offsets."""
        made = []
        for part in self._parts:
            start, end = self._view.span(part.start, part.end)
            made.append(
                Section(
                    id=part.id,
                    parent=part.parent,
                    number=part.number,
                    title=part.title,
                    role=part.role,
                    start=start,
                    end=end,
                )
            )
        return tuple(made)

    def figures(self, found: Sequence[Found], times: Sequence[Time]) -> tuple[Figure, ...]:
        """Every figure with its period, tense and base unit; ``times`` also serve the deadlines of what follows."""
        self._dated = [time.start for time in times]
        return tuple(self._figure(f"f{at}", one, times) for at, one in enumerate(found, 1))

    def _figure(self, name: str, found: Found, times: Sequence[Time]) -> Figure:
        number, folded = found.number, self._view.text
        start, end = self._view.span(number.start, number.end)
        part = self._part(number.start)
        first, last, opens = self._sentence(number.start)
        where = Where(opens, first, number.start, number.end)
        when = tense(part.role if part else None, folded, where, self._about.year)
        if self._said and when == "plan" and self._outside(number.start):
            when = "other"
        base_value, base_unit = _in_base(number.value, number.unit)
        return Figure(
            id=name,
            start=start,
            end=end,
            text=self._text[start:end],
            value=number.value,
            value2=number.value2,
            unit=number.unit,
            base_value=base_value,
            base_unit=base_unit,
            comparator=found.comparator,
            measure=found.measure,
            direction=found.direction,
            tense=when,
            hedge=hedge(folded, found.floor, number.start),
            section=part.id if part else None,
            indicator=self._indicator(found),
            period=self._period(governing(times, (first, last), number.start), when),
            rule=f"number.{number.form}",
        )

    def _outside(self, position: int) -> bool:
        """Whether somebody other than the report speaks at ``position``."""
        at = bisect_left(self._said_at, position + 1) - 1
        return at >= 0 and position < self._said[at].end and self._said[at].voice in OUTSIDE

    def voices(self) -> tuple[Speech, ...]:
        """Whose words the text gives, sentences of one voice in one stretch."""
        made = []
        for voice, group in groupby(self._said, key=lambda one: one.voice):
            told = list(group)
            start, end = self._view.span(told[0].start, told[-1].end)
            cue = next((one.cue for one in told if one.cue), None)
            words = self._member(*self._view.span(*cue)) if cue else None
            made.append(Speech(voice=voice, start=start, end=end, cue=words))
        return tuple(made)

    def _indicator(self, found: Found) -> Indicator | None:
        if found.indicator is None:
            return None
        start, end = self._view.span(*found.indicator)
        entry = known(self._view.text[slice(*found.indicator)]) or elided(self._view.text, *found.indicator)
        return Indicator(
            text=self._text[start:end],
            start=start,
            end=end,
            name=entry.name if entry else None,
            code=entry.code if entry else None,
        )

    def _period(self, time: Time | None, when: Tense) -> Period | None:
        if time is None:
            return None
        start, end = self._view.span(time.start, time.end)
        meant = interval(time, self._about.year, self._about.term, forward=when == "plan")
        begin, until, precision = meant or (None, None, None)
        return Period(text=self._text[start:end], start=start, end=end, begin=begin, until=until, precision=precision)

    def commitments(self, promises: Sequence[Promise], figures: Sequence[Figure]) -> tuple[Commitment, ...]:
        """Every promise with its day and the figures inside it."""
        starts = [figure.start for figure in figures]
        return tuple(self._commitment(f"c{at}", one, figures, starts) for at, one in enumerate(promises, 1))

    def _commitment(self, name: str, one: Promise, figures: Sequence[Figure], starts: Sequence[int]) -> Commitment:
        start, end = self._view.span(one.start, one.end)
        inside = figures[bisect_left(starts, start) : bisect_left(starts, end)]
        part = self._parts[one.part] if one.part >= 0 else None
        due, limits = _NOT_DUE, _UNQUALIFIED
        if one.kind != "slogan":
            due, limits = self._due(one, part), self._limits(one)
            if limits and (every := next((limit.every for limit in limits if limit.every), None)):
                due = due.model_copy(update={"every": every})
        return Commitment(
            id=name,
            start=start,
            end=end,
            text=self._text[start:end],
            kind=one.kind,
            strength=one.strength,
            section=part.id if part else None,
            deadline=due,
            figures=tuple(figure.id for figure in inside),
            qualifiers=tuple(map(self._qualifier, limits)) if limits else (),
            rule=one.rule,
        )

    def _limits(self, one: Promise) -> Sequence[Qualified]:
        sentence = self._outline.sentences[one.sentence]
        return qualifiers(self._view.text, one.start, one.end, sentence.start, one.strength)

    def _qualifier(self, found: Qualified) -> Qualifier:
        start, end = self._view.span(found.start, found.end)
        return Qualifier(kind=found.kind, text=self._text[start:end], start=start, end=end)

    def _due(self, one: Promise, part: Part | None) -> Deadline:
        sentence = self._outline.sentences[one.sentence]
        year, term, title = self._when(part)
        if not one.deadline and not _within(self._dated, max(sentence.head, one.start - LOOK), one.end):
            return inferred(title, year, term)
        clause, whole = (one.start, one.end), (sentence.head, sentence.end)
        due = deadline(self._view.text, clause, one.deadline, year, term, whole, title)
        if one.deadline and due.text is not None:
            return due.model_copy(update={"text": self._text[slice(*self._view.span(*one.deadline))]})
        return due

    def _when(self, part: Part | None) -> tuple[int | None, Term, str]:
        """Year, term and title to date a promise by: of the nearest heading that names a time ahead, else none."""
        if part is None:
            return self._about.year, self._about.term, ""
        if part.id not in self._ahead:
            self._ahead[part.id] = self._planned(part.title) or self._when(self._by_id.get(part.parent or ""))
        return self._ahead[part.id]

    def _planned(self, title: str) -> tuple[int, Term, str] | None:
        """What a title such as 2022年重点工作 or 今后五年的任务 plans for, if that lies ahead."""
        year, term = self._about.year, self._about.term
        meant = {interval(time, year, term, forward=True) for time in periods(title) if not time.base}
        only = meant.pop() if len(meant) == 1 else None
        if only is None or year is None or only[1].year < year:
            return None
        one_year = only[0].year == only[1].year
        return only[1].year if one_year else year, (only[0], only[1]) if one_year else term, title

    def ladder(self, rungs: Sequence[Announced]) -> tuple[Rung, ...]:
        """The announced numbers and their members."""
        made = []
        for rung in rungs:
            start, end = self._view.span(rung.start, rung.end)
            members = tuple(self._member(*self._view.span(*member)) for member in rung.members)
            made.append(Rung(count=rung.count, text=self._text[start:end], start=start, end=end, members=members))
        return tuple(made)

    def _member(self, start: int, end: int) -> Member:
        return Member(text=self._text[start:end], start=start, end=end)

    def unread(self, figures: Sequence[Figure], commitments: Sequence[Commitment]) -> tuple[Unread, ...]:
        """Every stretch of the document that is no figure, no promise that can be checked, and no heading."""
        span = self._view.span
        kept = [Span(one.start, one.end) for one in figures]
        kept += [Span(one.start, one.end) for one in commitments if one.kind != "slogan"]
        kept += [span(heading.start, heading.end) for heading in self._outline.headings]
        told = [(*span(aside.start, aside.end), aside.why) for aside in self._outline.aside]
        told += [(*span(*lead), "lead") for lead in self._outline.titles]
        told += [(*span(one.start, one.end), one.voice) for one in self._said if one.voice in OUTSIDE]
        told += [(one.start, one.end, "slogan") for one in commitments if one.kind == "slogan"]
        parts = [(*span(part.start, part.end), part.role) for part in self._parts]
        return unread(len(self._text), kept, told, parts, self._text)

    def findings(self, problems: Sequence[Problem]) -> tuple[Finding, ...]:
        """Problems of the text, on the wire."""
        return tuple(
            Finding(code=p.code, start=p.start, end=p.end, message=p.message, why=p.why, advice=p.advice)
            for p in problems
        )

    def _part(self, position: int) -> Part | None:
        at = part_at(self._parts, position)
        return self._parts[at] if at >= 0 else None

    def _sentence(self, position: int) -> tuple[int, int, int]:
        """The whole sentence around ``position``, from behind the last 。 on, and where its paragraph begins."""
        at = bisect_left(self._starts, position + 1) - 1
        if at < 0:
            return 0, position, 0
        sentence = self._outline.sentences[at]
        return sentence.head, max(sentence.end, position), self._outline.paragraphs[sentence.paragraph][0]


def _within(starts: Sequence[int], start: int, end: int) -> bool:
    """Whether one of ``starts``, in order, lies in ``start … end``."""
    at = bisect_left(starts, start)
    return at < len(starts) and starts[at] < end


@lru_cache(maxsize=4096)
def _in_base(value: str, unit: str) -> tuple[str, str] | tuple[None, None]:
    """``value`` in the base unit of ``unit``, as text with that unit; a ratio, or a unit without one, is in none."""
    try:
        base = Amount(Decimal(value), unit).in_base()
    except InvalidOperation:
        return None, None
    return (plain(base.value), base.unit) if base else (None, None)
