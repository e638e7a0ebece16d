"""The fixed words, shapes and colours of the ledger; data in ``words.toml``."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from importlib import resources
from typing import Any

from luoshi.compare import Comparison, Promise

DENSE = 12  # with more years than that cells are narrow: a mark and a bare number


@cache
def words() -> dict[str, Any]:
    """Every fixed word of the ledger."""
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def shapes() -> dict[str, str]:
    """Every verdict's shape as one character, for tables of text."""
    return {name: one["character"] for name, one in words()["verdicts"].items()}


def heading(comparison: Comparison) -> str:
    """The ledger's title: place and what it is."""
    return f"{comparison.place or ''}{words()['title']}"


def subtitle(comparison: Comparison) -> str:
    """Place, years, how many reports and promises."""
    years = [report.year for report in comparison.reports]
    return str(words()["subtitle"]).format(
        place=comparison.place or "",
        first=min(years, default=0),
        last=max(years, default=0),
        reports=len(years),
        promises=len(comparison.promises),
    )


def summary(comparison: Comparison) -> str:
    """What became of the promises that were due, in one sentence."""
    counts = Counter(one.verdict for one in comparison.promises)
    due = len(comparison.promises) - counts["pending"]
    return str(words()["summary"]).format(due=due, **{name: counts[name] for name in words()["verdicts"]})


def promised(promise: Promise) -> str:
    """The promised number as a cell shows it: sign, value and unit, without words (``5%``, ``≥8%``, ``≈7%``)."""
    number = promise.number
    if number is None:
        return ""
    sign = {"ge": "≥", "gt": "＞", "le": "≤", "lt": "＜", "approx": "≈"}.get(number.comparator, "")
    falls = "−" if number.direction == "down" and number.measure in ("growth", "change") else ""
    end = f"–{number.value2}" if number.value2 else ""
    return f"{sign}{falls}{number.value}{end}{number.unit}"


def brief(promise: Promise) -> str:
    """The promised number without its unit, for narrow cells."""
    number = promise.number
    return promised(promise).removesuffix(number.unit) if number else ""


def both(promise: Promise) -> str:
    """The promised number and the first one reported: ``7% → 8.6%``."""
    told = promise.outcome.numbers
    if promise.verdict in ("pending", "not_reported") or not told or promise.number is None:
        return promised(promise)
    falls = "−" if told[0].direction == "down" and told[0].measure in ("growth", "change") else ""
    return f"{promised(promise)} → {falls}{told[0].value}{told[0].unit}"
