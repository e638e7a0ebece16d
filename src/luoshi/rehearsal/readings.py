"""The readings of the sample district for 2023 and the years before, as a table like those that bureaus send in."""

from __future__ import annotations

import csv
from importlib import resources


def clusters_table() -> tuple[tuple[str, ...], ...]:
    """The readings of the three industries of the report of five years, as a table of the same form."""
    return _table("clusters.csv")


def readings_table() -> tuple[tuple[str, ...], ...]:
    """The rows of ``readings.csv``, headings first: what :func:`luoshi.measure.readings` reads."""
    return _table("readings.csv")


def _table(name: str) -> tuple[tuple[str, ...], ...]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8-sig")
    return tuple(tuple(row) for row in csv.reader(text.splitlines()))
