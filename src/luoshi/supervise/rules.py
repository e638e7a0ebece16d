"""Rules as rows: a list of conditions on facts. One small engine reads the rows of lights and of slips alike."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Protocol

Condition = tuple[str, str, object]

_COMPARE: dict[str, Callable[[object, object], bool]] = {
    "=": operator.eq,
    "<": operator.lt,  # type: ignore[dict-item]
    "<=": operator.le,  # type: ignore[dict-item]
    ">": operator.gt,  # type: ignore[dict-item]
    ">=": operator.ge,  # type: ignore[dict-item]
}


class Asked(Protocol):
    """Anything that answers for facts by name."""

    def ask(self, name: str) -> object:
        """The fact called ``name``; None where it is not known."""
        ...


def conditions(rows: Sequence[Sequence[object]]) -> tuple[Condition, ...]:
    """Conditions as a data file writes them, ``["gap", ">", 30]``; decimals become exact.

    Raises ValueError for a comparison that is none.
    """
    made = []
    for name, sign, value in rows:
        if sign not in _COMPARE:
            raise ValueError(f"{name} {sign} {value}: the comparisons are {' '.join(_COMPARE)}")
        made.append((str(name), str(sign), Decimal(str(value)) if isinstance(value, float) else value))
    return tuple(made)


def holds(wanted: Sequence[Condition], facts: Asked) -> bool:
    """Whether every condition holds; one about a fact that is not known does not."""
    for name, sign, value in wanted:
        found = facts.ask(name)
        if found is None or not _COMPARE[sign](found, value):
            return False
    return True
