"""Roll-up: many matters in one line, by unit, theme or leader; every number can be counted back to its matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from luoshi.supervise.ground import Rules
from luoshi.supervise.lights import light
from luoshi.supervise.model import Matter
from luoshi.supervise.progress import progress_class

By = Literal["unit", "theme", "leader"]
_GREENS = ("green", "blue")


@dataclass(frozen=True, slots=True)
class Roll:
    """One group. ``reported`` and ``verified`` are means by weight, exact fractions of 100; None where no weight is.

    ``hollow`` counts the green and blue lights that rest on the unit's word alone.
    """

    key: str
    matters: tuple[str, ...]
    weight: Decimal
    reported: Fraction | None
    verified: Fraction | None
    lights: dict[str, int]
    classes: dict[str, int]
    causes: dict[str, int]
    green: int
    hollow: int

    @property
    def hollow_share(self) -> Fraction | None:
        """The share of green lights that nobody has verified; None where none is green."""
        return Fraction(self.hollow, self.green) if self.green else None


def rollup(matters: Iterable[Matter], today: date, rules: Rules, by: By) -> tuple[Roll, ...]:
    """The groups of ``matters`` in order of their names; every matter is in exactly one, nameless ones under ''."""
    groups: dict[str, list[Matter]] = {}
    for matter in matters:
        groups.setdefault(_key(matter, by), []).append(matter)
    return tuple(_roll(key, group, today, rules) for key, group in sorted(groups.items()))


def _key(matter: Matter, by: By) -> str:
    return {"unit": matter.lead, "theme": matter.theme, "leader": matter.leader}[by]


def _roll(key: str, group: list[Matter], today: date, rules: Rules) -> Roll:
    lights = [light(matter, today, rules.profile) for matter in group]
    greens = [lit for lit in lights if lit.colour in _GREENS]
    weight = sum((matter.weight for matter in group), Decimal(0))
    return Roll(
        key=key,
        matters=tuple(matter.id for matter in group),
        weight=weight,
        reported=_mean([(matter.reported, matter.weight) for matter in group]),
        verified=_mean([(matter.verified, matter.weight) for matter in group]),
        lights=dict(Counter(lit.colour for lit in lights)),
        classes=dict(Counter(progress_class(matter, today) for matter in group)),
        causes=dict(Counter(matter.cause for matter in group if matter.cause is not None)),
        green=len(greens),
        hollow=sum(lit.hollow for lit in greens),
    )


def _mean(pairs: list[tuple[Decimal, Decimal]]) -> Fraction | None:
    """The mean by weight, exactly."""
    whole = sum(Fraction(weight) for _, weight in pairs)
    return sum(Fraction(value) * Fraction(weight) for value, weight in pairs) / whole if whole else None
