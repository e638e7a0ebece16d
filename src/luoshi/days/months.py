"""A run of whole months, as tables name periods: 2023年1—9月 is nine months from January, a five-year plan sixty."""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

Parts = Literal["month", "quarter", "half", "year"]
_MONTHS: dict[Parts, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_DIGITS = {char: value for value, chars in enumerate(("", "一上", "二下", "三", "四")) for char in chars}
_YEARS = (1949, 2100)


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """``count`` whole months from month ``month`` (1 to 12) of ``year``."""

    year: int
    month: int
    count: int

    @classmethod
    def between(cls, begin: date, until: date) -> Months:
        """The months from that of ``begin`` to that of ``until``, both included."""
        return cls(begin.year, begin.month, (until.year - begin.year) * 12 + until.month - begin.month + 1)

    @classmethod
    def whole_year(cls, year: int) -> Months:
        """All twelve months of ``year``."""
        return cls(year, 1, 12)

    @property
    def begin(self) -> date:
        """The first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> tuple[int, int]:
        """The last month: its year and number."""
        count = self.year * 12 + self.month - 1 + self.count - 1
        return count // 12, count % 12 + 1

    @property
    def end(self) -> date:
        """The last day."""
        year, month = self.last
        return date(year, month, monthrange(year, month)[1])

    @property
    def from_january(self) -> bool:
        """Whether it begins in January and ends within the year: 1—9月, 上半年, 全年."""
        return self.month == 1 and self.count <= 12

    def earlier(self, years: int = 1) -> Months:
        """The same months ``years`` before (上年同期)."""
        return Months(self.year - years, self.month, self.count)

    def parts(self, by: Parts) -> tuple[Months, ...]:
        """The period cut into months, quarters, half-years or years; the last may be shorter."""
        size, start = _MONTHS[by], self.year * 12 + self.month - 1
        firsts = range(start, start + self.count, size)
        return tuple(Months(first // 12, first % 12 + 1, min(size, start + self.count - first)) for first in firsts)

    def __str__(self) -> str:
        last_year, last = self.last
        if self.month == 1 and self.count % 12 == 0:
            return f"{self.year}年" if self.count == 12 else f"{self.year}—{last_year}年"
        if last_year != self.year:
            return f"{self.year}年{self.month}月—{last_year}年{last}月"
        return f"{self.year}年{self._within(last)}"

    def _within(self, last: int) -> str:
        """The name within a year; what begins in January is named as running totals are (1—3月)."""
        if self.count == 1:
            return f"{self.month}月"
        if self.month > 1 and self.count == 3 and self.month % 3 == 1:
            return f"{'一二三四'[self.month // 3]}季度"
        return "下半年" if (self.month, self.count) == (7, 6) else f"{self.month}—{last}月"


def months_in(text: str) -> Months | None:
    """The period that a cell says: ``2023``, ``2023年1—9月``, ``2023Q3``, ``2023-09-30``; None if it says none."""
    words = re.sub(r"\s+(?!\d{1,2}:)", "", text.strip())
    for name, pattern in _patterns():
        found = pattern.fullmatch(words)
        if found:
            return _made(name, {key: value for key, value in found.groupdict().items() if value})
    return None


def _made(name: str, said: dict[str, str]) -> Months | None:
    """The months that the groups of pattern ``name`` say; None where the calendar has no such."""
    found = {key: _DIGITS.get(text) or int(text) for key, text in said.items()}
    year = found.get("y", found.get("a", 0))
    if not all(map(_likely, (year, found["b"] if name == "years" else year))):
        return None
    first, count = _FORMS[name](found)
    fits = 1 <= first <= 12 and count >= 1 and (name == "years" or first + count <= 13)
    if name == "day" and fits and not 1 <= found["b"] <= monthrange(year, first)[1]:
        return None
    return Months(year, first, count) if fits else None


_FORMS: dict[str, Callable[[dict[str, int]], tuple[int, int]]] = {
    "years": lambda said: (1, (said["b"] - said["a"] + 1) * 12),
    "run": lambda said: (said["a"], said["b"] - said["a"] + 1),
    "first_quarters": lambda said: (1, said.get("q", said.get("b", 0)) * 3),
    "half": lambda said: (said.get("a", said.get("b", said.get("q", 0))) * 6 - 5, 6),
    "quarter": lambda said: (said.get("a", said.get("q", 0)) * 3 - 2, 3),
    "day": lambda said: (said["m"], 1),
    "month": lambda said: (said.get("m", said.get("a", 0)), 1),
    "year": lambda _: (1, 12),
}


def _likely(year: int) -> bool:
    return _YEARS[0] <= year <= _YEARS[1]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    raw = tomllib.loads(resources.files("luoshi.days").joinpath("months.toml").read_text(encoding="utf-8"))
    return tuple((name, re.compile(pattern)) for name, pattern in raw.items())
