"""Whether a reported number keeps a promised one: exact decimals as written, strict words, stated bands."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from luoshi.amounts import plain
from luoshi.compare.figures import Reading, decimal
from luoshi.compare.pledges import Pledge, is_ceiling


@dataclass(frozen=True, slots=True)
class Bands:
    """How the words of comparison count (``bands.toml``): ``approx`` in points, or as a share of the value."""

    growth: Decimal
    share: Decimal
    others: Decimal
    equal_is_enough: bool
    soft: tuple[str, ...]

    @classmethod
    def from_toml(cls, text: str) -> Bands:
        """Bands from the text of a file like ``bands.toml``. Raises ValueError, KeyError or TypeError if it is none."""
        raw: dict[str, Any] = tomllib.loads(text)
        about = {name: Decimal(str(raw["approx"][name])) for name in ("growth", "share", "others")}
        if not all(value.is_finite() and value >= 0 for value in about.values()):
            raise ValueError("approx")
        return cls(**about, equal_is_enough=bool(raw["strict"]["equal_is_enough"]), soft=tuple(raw["hedges"]["soft"]))


@cache
def bands() -> Bands:
    """The bands that come with luoshi."""
    return Bands.from_toml(resources.files(__package__).joinpath("bands.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether the promise is kept, and the sum that shows it; ``shown`` is False where the words only leave it open."""

    kept: bool
    arithmetic: str
    shown: bool = True
    rounding: bool = False


def comparable(promised: Reading, reported: Reading) -> str | None:
    """Why two numbers cannot be compared: ``rate_amount`` ``added`` ``stock`` ``unit`` ``form``; None if they can."""
    mine, theirs = promised.figure, reported.figure
    if mine.measure != theirs.measure:
        return "rate_amount"
    if None not in (promised.added, reported.added) and promised.added != reported.added:
        return "added" if promised.added else "stock"
    if promised.value is None or reported.value is None:
        return "form"
    return None if same_unit(promised, reported) else "unit"


def same_unit(promised: Reading, reported: Reading) -> bool:
    """Whether two numbers are of one unit once converted; a number without a unit is of any."""
    return promised.unit[0] == reported.unit[0] or not (promised.figure.unit and reported.figure.unit)


def judge(pledge: Pledge, reported: Reading, rules: Bands) -> Judged:
    """Whether ``reported`` keeps ``pledge``; the two are comparable."""
    promised = pledge.reading
    assert promised is not None
    assert promised.value is not None
    assert reported.value is not None
    ceiling = is_ceiling(promised)
    target = _counting_end(promised, ceiling=ceiling)
    room = _room(promised, target, rules)
    limit = target + room if ceiling else target - room
    theirs = reported.value
    if promised.figure.unit != reported.figure.unit and promised.figure.unit and reported.figure.unit:
        theirs = reported.value * reported.unit[1]
        limit *= promised.unit[1]
    strict = promised.figure.comparator in ("gt", "lt") and not rules.equal_is_enough
    kept, shown = _holds(theirs, limit, _signed(reported), ceiling=ceiling, strict=strict)
    return Judged(kept, _sum(promised, reported, room, kept=kept, ceiling=ceiling, strict=strict), shown)


_MIRROR = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}


def _signed(reading: Reading) -> str:
    """The comparator of the value with its sign: 降幅超过3% is less than −3%."""
    comparator = reading.figure.comparator
    return _MIRROR.get(comparator, comparator) if reading.value is not None and reading.value < 0 else comparator


def _counting_end(promised: Reading, *, ceiling: bool) -> Decimal:
    """The promised value; of a range the end that counts: the higher one of a ceiling, else the lower one."""
    assert promised.value is not None
    other = decimal(promised.figure.value2)
    if other is None:
        return promised.value
    other = -other if promised.value < 0 else other
    return max(promised.value, other) if ceiling else min(promised.value, other)


def _room(promised: Reading, target: Decimal, rules: Bands) -> Decimal:
    """How far off “about” may be, in the promised unit."""
    figure = promised.figure
    if figure.comparator != "approx":
        return Decimal(0)
    if figure.measure in ("growth", "change"):
        return rules.growth
    return rules.share if figure.unit == "%" else abs(target) * rules.others


def _holds(value: Decimal, limit: Decimal, comparator: str, *, ceiling: bool, strict: bool) -> tuple[bool, bool]:
    """Whether the value keeps the limit, and whether the report's words show it: “7以上” does not show 8.5."""
    kept = value <= limit if ceiling else value >= limit
    if strict and value == limit:
        kept = comparator == ("lt" if ceiling else "gt")
    open_end = ("le", "lt") if not ceiling else ("ge", "gt")
    closed = ("ge", "gt") if not ceiling else ("le", "lt")
    if comparator in open_end:
        return False, False
    return kept, kept or comparator not in closed


_SIGNS = {(True, True): "≤", (True, False): "＞", (False, True): "≥", (False, False): "＜"}


def _sum(promised: Reading, reported: Reading, room: Decimal, *, kept: bool, ceiling: bool, strict: bool) -> str:
    """The sum in words, figures as written: ``4.8% ＜ 5.5% − 0.3``."""
    sign = _SIGNS[ceiling, kept]
    if strict:
        sign = {"≤": "＜", "≥": "＞", "＞": "≥", "＜": "≤"}[sign]
    band = ""
    if room:
        band = f" {'+' if ceiling else '−'} {plain(room)}"
    return f"{written(reported)} {sign} {written(promised)}{band}"


def written(reading: Reading) -> str:
    """A figure as a sum shows it: its words, a fall with its sign."""
    one = reading.figure
    falls = one.direction == "down" and one.measure in ("growth", "change")
    return f"{'−' if falls else ''}{one.text}"
