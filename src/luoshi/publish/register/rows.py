"""From a plan to the rows of the register: what stands in each cell, and whether a rule inferred it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from luoshi.plan import Commitment, Deadline, Duty, Figure, Item, Plan, Section
from luoshi.plan.model import Qualifier
from luoshi.publish.labels import label
from luoshi.publish.register.cells import Cell, Row, Value
from luoshi.publish.register.columns import words
from luoshi.publish.register.standing import standing
from luoshi.publish.sentences import Sentences
from luoshi.source import Document

if TYPE_CHECKING:
    from luoshi.publish.dossier import Case, Dossier

_MEASURED = ("target", "hold", "recognition")
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


@dataclass
class Rows:
    """The rows of every sheet of one plan."""

    plan: Plan
    document: Document
    _sections: dict[str, Section] = field(init=False)
    _figures: dict[str, Figure] = field(init=False)
    _commitments: dict[str, Commitment] = field(init=False)
    _users: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self._sections = {section.id: section for section in self.plan.sections}
        self._figures = {figure.id: figure for figure in self.plan.figures}
        self._commitments = {commitment.id: commitment for commitment in self.plan.commitments}
        self._sentences = Sentences(self.document)
        self._users = defaultdict(list)
        for item in self.plan.items:
            for used in dict.fromkeys((*item.commitments, *(figure.id for figure in self._figures_of(item)))):
                self._users[used].append(item.id)

    def items(self) -> Iterator[Row]:
        """One row an item."""
        for number, item in enumerate(self.plan.items, 1):
            yield self._item(number, item)

    def cases(self, whole: Dossier) -> Iterator[tuple[Case, Row]]:
        """One row a matter of ``whole``, with its state; those of other plans have what the matter itself says."""
        for number, case in enumerate(whole.cases, 1):
            row = self._item(number, case.item) if case.item else _carried(number, case)
            yield case, row | standing(case, whole)

    def figures(self) -> Iterator[Row]:
        """One row a figure."""
        return map(self._figure, self.plan.figures)

    def commitments(self) -> Iterator[Row]:
        """One row a commitment, slogans too."""
        return map(self._commitment, self.plan.commitments)

    def ladder(self) -> Iterator[Row]:
        """One row a member of a rung; one for a rung without members."""
        for step, rung in enumerate(self.plan.ladder, 1):
            head = _row(step=step, words=rung.text, count=rung.count, found=len(rung.members))
            if not rung.members:
                yield head | _row(start=rung.start, end=rung.end)
            for nth, member in enumerate(rung.members, 1):
                yield head | _row(nth=nth, member=member.text, start=member.start, end=member.end)

    def _item(self, number: int, item: Item) -> Row:
        clauses = [self._commitments[name] for name in item.commitments if name in self._commitments]
        figures = self._figures_of(item)
        goals = self._goals(item, clauses)
        places = [(one.start, one.end) for one in (clauses or figures)]
        return (
            _row(
                number=number,
                id=item.id,
                title=flat(item.title),
                sentence=self._sentences.of(places),
                path=self._path(item.section),
                kind=label("kind", item.kind),
                strength="、".join(dict.fromkeys(label("strength", one.strength) for one in clauses)),
                condition="\n".join(dict.fromkeys(flat(one.text) for one in _conditions(clauses))),
                every=label("every", item.deadline.every) if item.deadline.every else None,
                checkpoints=_checkpoints(item.title, clauses),
                amounts="\n".join(map(amount, figures)),
                source=self._source(),
            )
            | (_target(goals[0]) if len(goals) == 1 else {})
            | _due(item.deadline)
            | _units(item)
        )

    def _figure(self, figure: Figure) -> Row:
        row = _row(
            id=figure.id,
            words=flat(figure.text),
            value=number(figure.value),
            value2=number(figure.value2),
            unit=figure.unit,
            comparator=label("comparator", figure.comparator),
            measure=label("measure", figure.measure),
            direction=label("direction", figure.direction) if figure.direction else None,
            tense=label("tense", figure.tense),
            hedge=figure.hedge,
            base_value=number(figure.base_value),
            base_unit=figure.base_unit,
            sentence=self._sentences.around(figure.start, figure.end),
            rule=figure.rule,
        )
        if named := figure.indicator:
            row |= _row(indicator=flat(named.text), name=named.name, code=named.code)
        if period := figure.period:
            row |= _row(period=period.text, begin=period.begin, until=period.until)
        return row | self._place(figure)

    def _commitment(self, one: Commitment) -> Row:
        figures = [self._figures[name] for name in one.figures if name in self._figures]
        return (
            _row(
                id=one.id,
                words=flat(one.text),
                kind=label("kind", one.kind),
                strength=label("strength", one.strength),
                due_words=one.deadline.text,
                amounts="\n".join(map(amount, figures)),
                rule=one.rule,
            )
            | _due(one.deadline)
            | _row(due_basis=label("date_basis", one.deadline.basis))
            | self._place(one)
        )

    def _place(self, one: Figure | Commitment) -> Row:
        section = self._sections.get(one.section or "")
        return _row(
            path=self._path(one.section),
            role=label("role", section.role) if section else None,
            items="、".join(self._users[one.id]),
            start=one.start,
            end=one.end,
        )

    def _figures_of(self, item: Item) -> list[Figure]:
        linked = (self._commitments[name].figures for name in item.commitments if name in self._commitments)
        names = dict.fromkeys((*item.figures, *(name for figures in linked for name in figures)))
        return [self._figures[name] for name in names if name in self._figures]

    def _goals(self, item: Item, clauses: list[Commitment]) -> list[Figure]:
        """The figures that are to be reached or held; the size of a project is none."""
        names = [name for one in clauses if one.kind in _MEASURED for name in one.figures]
        if not clauses and item.kind in _MEASURED:
            names = list(item.figures)
        return [self._figures[name] for name in dict.fromkeys(names) if name in self._figures]

    def _path(self, name: str | None) -> str:
        """The headings above, highest first; where a stretch has none, what part of the report it is."""
        found: list[str] = []
        seen: set[str] = set()
        while name in self._sections and name not in seen:
            seen.add(name)
            section = self._sections[name]
            if section.title or section.number or not found:
                found.append(f"{section.number}{section.title}" or label("role", section.role))
            name = section.parent
        path: str = words()["path"]
        return path.join(reversed(found))

    def _source(self) -> str:
        facts = self.plan.document
        return " ".join(filter(None, (facts.title, facts.source)))


def _conditions(clauses: Iterable[Commitment]) -> Iterator[Qualifier]:
    """What a promise depends on, and how much room it leaves; strength and recurrence have columns of their own."""
    return (said for one in clauses for said in one.qualifiers if said.kind in ("condition", "hedge"))


def _carried(number: int, case: Case) -> Row:
    one = case.matter
    return _row(
        number=number,
        id=one.id,
        title=flat(one.title),
        path=one.theme,
        kind=label("kind", one.kind),
        strength=label("strength", one.strength),
        amounts=one.target,
        source=one.carried_from,
    ) | {"lead": Cell(one.lead), "help": Cell("\n".join(one.help))}


def number(text: str | None) -> Value:
    """``text`` as an exact number where it is one; fractions and ratios stay text."""
    return Decimal(text) if text and _DECIMAL.fullmatch(text) else text


def flat(text: str) -> str:
    """``text`` on one line: what a page or column cut in two is joined."""
    return "".join(line.strip() for line in text.split("\n")) if "\n" in text else text


def amount(figure: Figure) -> str:
    """A figure in one line: 地区生产总值 增长7.5%左右（2026年）."""
    said = words()
    move = said["moves"].get(f"{figure.measure}_{figure.direction}", "")
    vague = any(word in figure.text for word in said["vague"])
    bound = "" if figure.comparator in ("eq", "range") or vague else label("comparator", figure.comparator)
    before, after = (bound, "") if figure.comparator in said["before"] else ("", bound)
    period = said["period"].format(text=figure.period.text) if figure.period else ""
    name = f"{flat(figure.indicator.text)} " if figure.indicator else ""
    return f"{name}{move}{before}{flat(figure.text)}{after}{period}"


def _row(**values: Value) -> Row:
    return {key: Cell(value) for key, value in values.items()}


def _target(figure: Figure) -> Row:
    value = number(figure.value)
    if figure.value2 is not None:
        value = f"{figure.value}{words()['dash']}{figure.value2}"
    return _row(value=value, unit=figure.unit, comparator=label("comparator", figure.comparator))


def _checkpoints(title: str, clauses: list[Commitment]) -> str:
    if len(clauses) == 1:
        return str(words()["same"]) if clauses[0].text == title else flat(clauses[0].text)
    numbered: str = words()["numbered"]
    return "\n".join(numbered.format(number=at, text=flat(clause.text)) for at, clause in enumerate(clauses, 1))


def _due(deadline: Deadline) -> Row:
    basis = label("date_basis", deadline.basis)
    if deadline.text:
        basis = words()["stated"].format(basis=basis, text=deadline.text)
    inferred = deadline.basis not in ("stated", "none")
    return {"due": Cell(deadline.date, inferred), "due_basis": Cell(basis, inferred)}


def _units(item: Item) -> Row:
    """Units and where they come from; a helper's basis is told where it is not the lead's."""
    lead = (item.lead,) if item.lead else ()
    bases = {duty.basis for duty in lead}
    named: str = words()["of_unit"]
    told = [named.format(unit=duty.unit, basis=_basis(duty)) for duty in item.help if duty.basis not in bases]
    return {
        "lead": Cell("".join(duty.unit for duty in lead), _proposed(lead)),
        "help": Cell("\n".join(duty.unit for duty in item.help), _proposed(item.help)),
        "unit_basis": Cell("\n".join((*map(_basis, lead), *told)), _proposed((*lead, *item.help))),
    }


def _proposed(duties: Iterable[Duty]) -> bool:
    return any(duty.basis == "proposed" for duty in duties)


def _basis(duty: Duty) -> str:
    basis = label("unit_basis", duty.basis)
    return words()["proposed"].format(basis=basis, why=duty.why) if duty.why else basis
