"""A stretch of whole days, such as a quarter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Precision = Literal["day", "month", "quarter", "half", "year"]
_MONTHS: dict[Precision, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from ``begin`` to ``until``, both included, as precise as the words that named them."""

    begin: date
    until: date
    precision: Precision = "day"

    def __post_init__(self) -> None:
        if self.until < self.begin:
            raise ValueError(f"a period that ends ({self.until}) before it begins ({self.begin})")

    @classmethod
    def of(cls, year: int, precision: Precision = "year", nth: int = 1) -> Period:
        """The ``nth`` month, quarter or half of ``year``, or the year. Raises ValueError where there is none such."""
        months = _MONTHS.get(precision)
        if months is None or not 1 <= nth <= 12 // months:
            raise ValueError(f"no {precision} {nth} in a year")
        first = (nth - 1) * months
        after = first + months
        end = date(year, 12, 31) if after == 12 else date(year, after + 1, 1) - timedelta(1)
        return cls(date(year, first + 1, 1), end, precision)

    @classmethod
    def around(cls, day: date, precision: Precision) -> Period:
        """The month, quarter, half or year that ``day`` lies in; the day itself for ``day``."""
        if precision == "day":
            return cls(day, day)
        return cls.of(day.year, precision, (day.month - 1) // _MONTHS[precision] + 1)

    @property
    def days(self) -> int:
        """How many days."""
        return (self.until - self.begin).days + 1

    def __contains__(self, day: date) -> bool:
        return self.begin <= day <= self.until

    def parts(self, precision: Precision) -> Iterator[Period]:
        """The months, quarters, halves or years that touch this period, in order."""
        part = Period.around(self.begin, precision)
        while part.begin <= self.until:
            yield part
            if part.until >= self.until:
                return
            part = Period.around(part.until + timedelta(1), precision)
