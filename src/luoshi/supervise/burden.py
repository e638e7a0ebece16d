"""The burden meter: how many fields a unit is asked to fill in a month, and which of them it has been asked before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.supervise.ground import Rules
from luoshi.supervise.model import Matter
from luoshi.supervise.reports import next_due


@dataclass(frozen=True, slots=True)
class Ask:
    """One field asked of one unit: in which register, about what (``subject``), due on ``day``."""

    unit: str
    register: str
    subject: str
    field: str
    day: date


@dataclass(frozen=True, slots=True)
class Load:
    """What a unit is asked in a month (its first day): fields in all, those asked again, and which these are."""

    unit: str
    month: date
    fields: int
    repeated: int
    repeats: tuple[tuple[str, str, tuple[str, ...]], ...]


def asked(matters: Iterable[Matter], first: date, last: date, rules: Rules, *, register: str) -> Iterator[Ask]:
    """The fields that the reports of ``matters`` will ask of their lead units from ``first`` to ``last``."""
    needs = rules.workflow.moves["report"].needs
    for matter in matters:
        if rules.workflow.states[matter.state].phase != "run" or not matter.lead:
            continue
        day = next_due(matter, first)
        while day <= last:
            for name in needs:
                yield Ask(matter.lead, register, matter.title, name, day)
            day = next_due(matter, day + timedelta(days=1))


def burden(asks: Iterable[Ask]) -> tuple[Load, ...]:
    """The load by unit and month, in that order.

    An ask repeats when another register asks the same unit in the same month for the same field of the same subject:
    once would have been enough, so ``repeated`` counts every time beyond the first.
    """
    loads: dict[tuple[str, date], dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for ask in asks:
        loads[ask.unit, ask.day.replace(day=1)][ask.subject, ask.field].append(ask.register)
    return tuple(_load(unit, month, asks_) for (unit, month), asks_ in sorted(loads.items()))


def _load(unit: str, month: date, by_field: dict[tuple[str, str], list[str]]) -> Load:
    fields = sum(map(len, by_field.values()))
    repeats = tuple((subject, name, tuple(where)) for (subject, name), where in by_field.items() if len(where) > 1)
    return Load(unit, month, fields, fields - len(by_field), repeats)
