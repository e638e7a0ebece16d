"""Six named ways of judging progress, as statistics offices publish them (see ``methods.toml`` for sources).

All take values by year, a base year, a target with its year and a direction. Traps are refused with a reason instead of
a number: nought or a change of sign under a growth rate, a direction that contradicts the target, too few values.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from luoshi.measure.forecast import forecast
from luoshi.measure.target import Better

_STEEPNESS = 4.44  # of the reduction near a natural limit, as sdg-build has it
_OF_LEVELS = ("growth", "growth_ratio", "extrapolated_share")
_CHANGES = 5  # yearly changes that Germany takes the mean of


class Refused(ValueError):
    """A method that would give nonsense here; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Question:
    """``values`` by year, up to the last one known; ``base`` is the year that progress is counted from."""

    values: Mapping[int, float]
    base: int
    better: Better
    target: float | None = None
    target_year: int | None = None
    limit: float | None = None
    rate: bool = False  # the values are themselves shares or rates of change

    @property
    def now(self) -> int:
        return max(self.values)

    @property
    def sign(self) -> int:
        return 1 if self.better == "up" else -1

    @property
    def met(self) -> bool:
        return self.target is not None and self.sign * (self.values[self.now] - self.target) >= 0


@dataclass(frozen=True, slots=True)
class Status:
    """What ``method`` says: a value, the band it falls into, in English and Chinese; ``score`` where it has one."""

    method: str
    value: float
    band: str
    chinese: str
    score: float | None = None


def methods() -> tuple[str, ...]:
    """The names of the methods."""
    return tuple(_methods())


def status(method: str, asked: Question) -> Status:
    """The status of ``asked`` by ``method``. Raises :class:`Refused` where the method means nothing there."""
    row = _methods()[method]
    if asked.now <= asked.base or asked.base not in asked.values:
        raise Refused("起点年份没有值，或起点以后还没有值")
    if asked.rate and row["formula"] in _OF_LEVELS:
        raise Refused("指标本身是比率，再算年均增速没有意义，请看百分点")
    value = _FORMULAS[row["formula"]](asked)
    factor = _room(asked) if row["formula"] == "growth" else 1.0
    band, chinese = next(
        ((band, zh) for least, band, zh in row["bands"] if value >= least * factor), tuple(row["below"])
    )
    score = None
    if row["formula"] == "growth_ratio":
        score = 5.0 if asked.met else _score(value)
    if row["formula"] == "growth_ratio" and asked.met:
        band, chinese = "achieved", "已达到"
    return Status(method, value, band, chinese, score)


def _growth(now: float, before: float, years: int) -> float:
    """The growth a year, as a share. Refused where it is not defined."""
    if before == 0 or now == 0:
        raise Refused("有零值，年均增速没有意义，请看增减量")
    if (now > 0) != (before > 0):
        raise Refused("正负号变了，年均增速没有意义，请看增减量")
    return float((now / before) ** (1 / years)) - 1


def _wanted(asked: Question) -> tuple[float, int]:
    if asked.target is None or asked.target_year is None:
        raise Refused("这个方法需要目标值和目标年份")
    if asked.target_year <= asked.base:
        raise Refused("目标年份不在起点之后")
    if asked.sign * (asked.target - asked.values[asked.base]) <= 0:
        raise Refused("起点已经达到目标，或方向与目标矛盾，请核对方向")
    return asked.target, asked.target_year


def _actual(asked: Question) -> float:
    base = asked.values[asked.base]
    rate = _growth(asked.values[asked.now], base, asked.now - asked.base)
    return rate * asked.sign * (1 if base > 0 else -1)


def _growth_ratio(asked: Question) -> float:
    """Actual growth a year ÷ the growth a year that leads to the target."""
    target, year = _wanted(asked)
    return _actual(asked) / abs(_growth(target, asked.values[asked.base], year - asked.base))


def _room(asked: Question) -> float:
    """How much thresholds shrink near a natural limit: 1 − (base/limit)^4.44."""
    if asked.limit is None:
        return 1.0
    base, limit = abs(asked.values[asked.base]), abs(asked.limit)
    if base >= 2 * limit:
        return 1.0
    near = base / limit if base <= limit else (2 * limit - base) / limit
    return float(1 - near**_STEEPNESS)


def _score(ratio: float) -> float:
    """sdg-build's score from −5 to 5."""
    return float(min(7.1429 * ratio - 4.2857, 5)) if ratio >= 0.6 else float(max(4.1667 * ratio - 2.5, -5))


def _extrapolated_share(asked: Question) -> float:
    """Which share of the way to the target will be gone at the target year, if growth goes on as it did."""
    target, year = _wanted(asked)
    base = asked.values[asked.base]
    rate = _growth(asked.values[asked.now], base, asked.now - asked.base)
    end = base * (1 + rate) ** (year - asked.base)
    return (end - base) / (target - base)


def _weather(asked: Question) -> float:
    """Share of the way from now to the target that the mean of the last five yearly changes will cover."""
    if asked.target is None or asked.target_year is None:
        raise Refused("这个方法需要目标值和目标年份")
    known = [asked.values[year] for year in sorted(asked.values)][-_CHANGES - 1 :]
    if len(known) < _CHANGES - 1:
        raise Refused("不到四个值，不给符号")
    if asked.met:
        return 1.0
    change = (known[-1] - known[0]) / (len(known) - 1)
    if change * asked.sign < 0:
        return -1.0
    return change * max(0, asked.target_year - asked.now) / (asked.target - known[-1])


def _anticipated(asked: Question) -> float:
    """1 − (gap to the target that a trend weighing recent years more leads to) ÷ (way from the base to the target)."""
    target, year = _wanted(asked)
    years = sorted(asked.values)
    weights = [place + 1.0 for place in range(len(years))]
    whole = sum(weights)
    middle = sum(w * y for w, y in zip(weights, years, strict=True)) / whole
    level = sum(w * asked.values[y] for w, y in zip(weights, years, strict=True)) / whole
    spread = sum(w * (y - middle) ** 2 for w, y in zip(weights, years, strict=True))
    slope = sum(w * (y - middle) * (asked.values[y] - level) for w, y in zip(weights, years, strict=True)) / spread
    end = level + slope * (year - middle)
    return (end - asked.values[asked.base]) / (target - asked.values[asked.base])


def _chance(asked: Question) -> float:
    """The chance that the target will be met at its year."""
    if asked.target is None or asked.target_year is None:
        raise Refused("这个方法需要目标值和目标年份")
    years = range(min(asked.values), asked.now + 1)
    if any(year not in asked.values for year in years):
        raise Refused("中间缺年份")
    made = forecast([asked.values[year] for year in years], asked.target_year - asked.now)
    if made is None:
        raise Refused("值太少，或目标年份太远，说不出可能性")
    return made.chance(asked.target, up=asked.better == "up")


_FORMULAS: dict[str, Callable[[Question], float]] = {
    "growth_ratio": _growth_ratio,
    "growth": _actual,
    "extrapolated_share": _extrapolated_share,
    "weather": _weather,
    "anticipated": _anticipated,
    "chance": _chance,
}


@cache
def _methods() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files("luoshi.measure").joinpath("methods.toml").read_text(encoding="utf-8"))
