"""A run of whole months, as tables and targets name periods. 2023年1—9月 is nine months from January 2023; a five-year plan is sixty."""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
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
    def of(cls, begin: date, until: date) -> Months:
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
        match self.month, self.count:
            case 1, 12:
                return f"{self.year}年"
            case 1, months if months % 12 == 0:
                return f"{self.year}—{last_year}年"
            case _, 1:
                return f"{self.year}年{self.month}月"
            case month, 3 if month % 3 == 1 and month > 1:
                return f"{self.year}年{'一二三四'[month // 3]}季度"
            case 7, 6:
                return f"{self.year}年下半年"
        if last_year == self.year:
            return f"{self.year}年{self.month}—{last}月"
        return f"{self.year}年{self.month}月—{last_year}年{last}月"


def months_in(text: str) -> Months | None:
    """The period that a cell says: ``2023``, ``2023年1—9月``, ``2023Q3``, ``2023-09-30``; None if it says none."""
    words = re.sub(r"\s+(?!\d{1,2}:)", "", text.strip())
    for name, pattern in _patterns():
        found = pattern.fullmatch(words)
        if found:
            return _made(name, {key: value for key, value in found.groupdict().items() if value})
    return None


def _made(name: str, said: dict[str, str]) -> Months | None:
    def number(*keys: str) -> int:
        text = next(said[key] for key in keys if key in said)
        return _DIGITS.get(text) or int(text)

    if name == "years":
        first, last = number("a"), number("b")
        return Months(first, 1, (last - first + 1) * 12) if first <= last and _likely(first) and _likely(last) else None
    year = number("y")
    if not _likely(year):
        return None
    match name:
        case "run":
            first, last = number("a"), number("b")
            return Months(year, first, last - first + 1) if 1 <= first <= last <= 12 else None
        case "first_quarters":
            return Months(year, 1, number("q", "b") * 3)
        case "half":
            return Months(year, number("a", "b", "q") * 6 - 5, 6)
        case "quarter":
            return Months(year, number("a", "q") * 3 - 2, 3)
        case "year":
            return Months.whole_year(year)
    month = number("m", "a")
    if not 1 <= month <= 12 or (name == "day" and not 1 <= number("b") <= monthrange(year, month)[1]):
        return None
    return Months(year, month, 1)


def _likely(year: int) -> bool:
    return _YEARS[0] <= year <= _YEARS[1]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    raw = tomllib.loads(resources.files("luoshi.days").joinpath("months.toml").read_text(encoding="utf-8"))
    return tuple((name, re.compile(pattern)) for name, pattern in raw.items())
