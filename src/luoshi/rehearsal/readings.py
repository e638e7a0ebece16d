"""The readings of the sample district for 2023 and the years before, as a table like those that bureaus send in."""

from __future__ import annotations

import csv
from importlib import resources


def readings_table() -> tuple[tuple[str, ...], ...]:
    """The rows of ``readings.csv``, headings first: what :func:`luoshi.measure.readings` reads."""
    text = resources.files(__package__).joinpath("readings.csv").read_text(encoding="utf-8-sig")
    return tuple(tuple(row) for row in csv.reader(text.splitlines()))
