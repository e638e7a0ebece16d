"""Which path an indicator takes when nobody has said so, and why."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from luoshi.measure.given import Given
from luoshi.measure.observed import Observed
from luoshi.measure.path import Kind, Path, words
from luoshi.measure.reading import Series
from luoshi.measure.series import shapes
from luoshi.measure.target import Target


def path_of(target: Target, seen: Observed, levels: Series | None, said: Given) -> Path:
    """The path of ``target``: as given, else by its nature and by what the past offers."""
    base = said.base if said.base is not None else seen.base.value if seen.base else target.base
    kind, why, shape = _kind(target, base, levels)
    if said.path is not None:
        kind, why = said.path, words()["why"]["given"]
    start = Decimal(0) if target.nature in ("flow", "change", "yesno") else base or Decimal(0)
    if said.steps:
        kind = "stepwise" if said.path is None else kind
        shape = _steps(target, said, start)
    return Path(kind, target, start, shape, why)


def _kind(target: Target, base: Decimal | None, levels: Series | None) -> tuple[Kind, str, dict[int, Decimal]]:
    why = words()["why"]
    match target.nature:
        case "yesno":
            return "yesno", why["yesno"], {}
        case "rank":
            return ("rank", why["rank"], {}) if base is not None else ("hold", why["no_base"], {})
        case "rate" | "yearly":
            return "hold", why["rate"], {}
        case "stock":
            return _stock(target, base)
    return _adding_up(target, levels)


def _adding_up(target: Target, levels: Series | None) -> tuple[Kind, str, dict[int, Decimal]]:
    why = words()["why"]
    if target.nature == "flow" and target.better == "down":
        return "ceiling", why["ceiling_flow"], {}
    past = shapes(levels, target.period.year) if levels is not None and target.nature == "flow" else ()
    if past:
        return "seasonal", why["seasonal"].format(years=len(past)), mean_shape(past)
    return "linear", why["linear"], {}


def _stock(target: Target, base: Decimal | None) -> tuple[Kind, str, dict[int, Decimal]]:
    why = words()["why"]
    if target.floor:
        return "hold", why["floor"], {}
    if target.comparator in ("le", "lt"):
        return "ceiling", why["ceiling"], {}
    if base is None:
        return "hold", why["no_base"], {}
    return ("hold", why["floor"], {}) if target.met(base) else ("linear", why["linear_stock"], {})


def mean_shape(past: tuple[dict[int, Decimal], ...]) -> dict[int, Decimal]:
    """The mean share of the year by month, over the years that have the month."""
    months = sorted({month for one in past for month in one})
    found = {}
    for month in months:
        shares = [one[month] for one in past if month in one]
        found[month] = sum(shares, Decimal(0)) / len(shares)
    return found


def _steps(target: Target, said: Given, start: Decimal) -> dict[int, Decimal]:
    """The steps as shares of the way, by month of the target's time."""
    way = target.value - start
    first = target.period.year * 12 + target.period.month - 1
    last = [(when.last[0] * 12 + when.last[1] - first, value) for when, value in said.steps]
    return {month: (value - start) / way for month, value in last} if way else {}


def adjusted(target: Target, said: Given) -> Target:
    """``target`` with what was said about its direction, its nature and its start."""
    made = replace(target, better=said.better) if said.better else target
    made = replace(made, nature=said.nature) if said.nature else made
    return replace(made, base=said.base) if said.base is not None else made
