"""Paths: which part of the way should lie behind by the end of a month. All in decimals."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from functools import cache
from importlib import resources
from typing import Any, Literal

from luoshi.days import Months
from luoshi.measure.target import Target

Kind = Literal["linear", "seasonal", "stepwise", "s_curve", "hold", "ceiling", "rank", "yesno"]
_WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Path:
    """A way from ``base`` to the target's value over its period.

    ``shape`` gives the share of the way by month of the year (seasonal) or of the whole period (stepwise, counted from
    its first month). ``why`` says why this path was taken.
    """

    kind: Kind
    target: Target
    base: Decimal = Decimal(0)
    shape: Mapping[int, Decimal] = field(default_factory=dict)
    why: str = ""

    @property
    def level(self) -> bool:
        """Whether the same value is asked for at all times."""
        return self.kind in ("hold", "ceiling") and not (self.kind == "ceiling" and self.target.nature == "flow")

    def share(self, at: Months) -> Decimal | None:
        """The share of the way that should lie behind at the end of ``at``; None before anything is asked for."""
        months = _months(self.target.period, at)
        whole = self.target.period.count
        if months <= 0:
            return None
        if months >= whole or self.level:
            return _WHOLE
        return self._part(months, Decimal(months) / whole)

    def _part(self, months: int, elapsed: Decimal) -> Decimal | None:
        """The share after ``months``, somewhere between the start and the end."""
        match self.kind:
            case "seasonal":
                return self._seasonal(months)
            case "stepwise":
                return self._step(months)
            case "s_curve":
                return elapsed * elapsed * (3 - 2 * elapsed)
            case "yesno":
                return None
        return elapsed

    def expected(self, at: Months) -> Decimal | None:
        """The value that should be reached at the end of ``at``, in the target's unit."""
        share = self.share(at)
        if share is None:
            return None
        if self.level:
            return self.target.value
        value = self.base + (self.target.value - self.base) * share
        # A rank is whole; a way of three places in four quarters is two by midsummer, not one and a half.
        return value.to_integral_value(ROUND_CEILING) if self.kind == "rank" else value

    def _seasonal(self, months: int) -> Decimal | None:
        years, month = divmod(months, 12)
        part = self.shape.get(month, Decimal(0)) if month else Decimal(0)
        if month and month not in self.shape:
            part = _between(self.shape, month)
        return (years + part) * 12 / self.target.period.count

    def _step(self, months: int) -> Decimal | None:
        reached = [month for month in self.shape if month <= months]
        return self.shape[max(reached)] if reached else None


def _months(whole: Months, at: Months) -> int:
    """How many months of ``whole`` are over at the end of ``at``."""
    year, month = at.last
    return (year - whole.year) * 12 + month - whole.month + 1


def _between(shape: Mapping[int, Decimal], month: int) -> Decimal:
    """The share at a month that the past has no reading for: on the straight line between its neighbours."""
    known = {0: Decimal(0), 12: Decimal(1), **shape}
    before, after = max(m for m in known if m < month), min(m for m in known if m > month)
    return known[before] + (known[after] - known[before]) * (month - before) / (after - before)


@cache
def words() -> dict[str, Any]:
    """The names of paths and colours, the reasons for paths, from ``words.toml``."""
    return tomllib.loads(resources.files("luoshi.measure").joinpath("words.toml").read_text(encoding="utf-8"))
