"""A reading: one value of an indicator, for a period, with where it came from and how well it is vouched for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from luoshi.amounts import Amount
from luoshi.days import Months
from luoshi.plan.model import Openness

Scope = Literal["cumulative", "single", "point"]


@dataclass(frozen=True, slots=True)
class Reading:
    """``amount`` for ``period``. ``scope``: since January, of these months only, or the state at the end of them.

    ``level`` is the rung of the evidence ladder, 0 (said by the unit itself) to 5 (found by a statistics office or the
    authority in charge). ``broken`` marks a change of method or boundary: nothing before compares with this reading.
    ``row`` is the row of the table it was read from, counted from 1, headings included; 0 where there was no table.
    ``openness`` None: nobody has labelled it.
    """

    period: Months
    amount: Amount
    scope: Scope = "single"
    source: str = ""
    evidence: str = ""
    level: int = 0
    revision: int = 0
    broken: bool = False
    row: int = 0
    openness: Openness | None = None

    @property
    def value(self) -> Decimal:
        return self.amount.value


@dataclass(frozen=True, slots=True)
class Series:
    """The readings of one indicator in the order of time, one a period, all in ``unit``.

    ``growth`` is True where the readings are themselves rates of change (同比), in %.
    """

    name: str
    unit: str
    readings: tuple[Reading, ...] = ()
    growth: bool = False
