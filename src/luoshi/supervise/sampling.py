"""Drawing the closed matters to look back at: all of high risk, and of the rest a share that anyone can draw again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from hashlib import sha256
from math import ceil

from luoshi.supervise.model import Matter
from luoshi.supervise.reports import add_months
from luoshi.supervise.words import data


@dataclass(frozen=True, slots=True)
class Sample:
    """What is to be looked back at: ``risky`` all of them, ``drawn`` from the ``pool`` by ``seed``."""

    seed: str
    risky: tuple[str, ...]
    drawn: tuple[str, ...]
    pool: tuple[str, ...]


def lookback_sample(matters: Iterable[Matter], today: date, *, share: Fraction, seed: str) -> Sample:
    """Draw from the matters closed 3 to 12 months ago: ⌈share × rest⌉ of those without high risk.

    The order is that of SHA-256 of ``seed|id``: no clock and no chance, the same in any order of input, and a matter
    that leaves the pool changes the order of no other. Raises ValueError for a share outside 0…1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share {share} is not between 0 and 1")
    ripe = [one for one in matters if one.state == "closed" and _in_window(one, today)]
    risky = tuple(sorted(one.id for one in ripe if is_risky(one)))
    pool = tuple(sorted(one.id for one in ripe if not is_risky(one)))
    order = sorted(pool, key=lambda name: (sha256(f"{seed}|{name}".encode()).hexdigest(), name))
    return Sample(seed, risky, tuple(sorted(order[: ceil(share * len(pool))])), pool)


def is_risky(matter: Matter) -> bool:
    """High risk: important, once red, once under a slip, once extended, or evidence found false."""
    return (
        matter.important
        or bool(matter.slips)
        or any(lit.colour == "red" for lit in matter.lights)
        or any(one.granted for one in matter.requests)
        or any(one.false for one in matter.evidence)
    )


def _in_window(matter: Matter, today: date) -> bool:
    window = data("rhythm.toml")["lookback"]
    return matter.closed_on is not None and (
        add_months(matter.closed_on, window["from_months"])
        <= today
        <= add_months(matter.closed_on, window["until_months"])
    )
