"""Where a series of years is going: a shrunk drift, with ranges from the errors it made on many other series.

The drift is half the mean yearly change and half a mean that weighs recent years more (0.6 a year), both drawn towards
nought where the changes are noisy (m² ÷ (m² + s²/n)), and damped by 0.9 a year. Its errors, divided by the mean size of
the series' own yearly changes, were pooled over the 645 yearly series of the M3 competition (split conformal
prediction); their quantiles are the table ``errors.csv``, written by ``scripts/learn_errors.py``. Ready-made 80 %
intervals hold 30–67 % of the time on series as short as these.
"""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

FEWEST = 5
FARTHEST = 6
_RECENT = 0.6
_DAMPING = 0.9
_FLAT = 1e-9

Table = dict[tuple[int, int], tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Forecast:
    """``years`` ahead: the middle, the 80 % range, the scale of its errors; ``points`` it was made from."""

    years: int
    middle: float
    low: float
    high: float
    scale: float
    points: int
    errors: tuple[float, ...]

    def chance(self, target: float, *, up: bool = True) -> float:
        """The chance that the value ``years`` ahead is at least (``up``) or at most ``target``."""
        below = _share_below(self.errors, (target - self.middle) / self.scale)
        return 1 - below if up else below


def forecast(values: Sequence[float], years: int, table: Table | None = None) -> Forecast | None:
    """The forecast ``years`` after the last of ``values`` (one a year, the oldest first).

    None with fewer than :data:`FEWEST` values, for more than :data:`FARTHEST` years, or where nothing ever changed:
    nobody knows how wide the range should be then.
    """
    if len(values) < FEWEST or not 1 <= years <= FARTHEST:
        return None
    middle, scale = drift(values, years)
    if scale <= _FLAT * max(map(abs, values)):
        return None
    known = errors() if table is None else table
    lengths = sorted({length for length, _ in known})
    length = max(one for one in lengths if one <= len(values))
    quantiles = known[length, years]
    low, high = (quantiles[_tenth(quantiles)], quantiles[-1 - _tenth(quantiles)])
    return Forecast(years, middle, middle + scale * low, middle + scale * high, scale, len(values), quantiles)


def drift(values: Sequence[float], years: int) -> tuple[float, float]:
    """The value ``years`` ahead, and the mean size of the yearly changes that its errors are measured in."""
    changes = [after - before for before, after in pairwise(values)]
    count = len(changes)
    mean = sum(changes) / count
    weights = [_RECENT ** (count - 1 - place) for place in range(count)]
    recent = sum(weight * change for weight, change in zip(weights, changes, strict=True)) / sum(weights)
    noise = sum((change - mean) ** 2 for change in changes) / (count - 1) / count
    whole = mean * mean + noise
    kept = mean * mean / whole if whole > 0 else 0.0
    damped = sum(_DAMPING**year for year in range(1, years + 1))
    step = kept * (mean + recent) / 2
    return values[-1] + step * damped, sum(map(abs, changes)) / count


def _tenth(quantiles: Sequence[float]) -> int:
    """The place of the lower tenth among quantiles at equal steps from 1/(n+1) to n/(n+1)."""
    return round((len(quantiles) + 1) / 10) - 1


def _share_below(quantiles: Sequence[float], value: float) -> float:
    """The share of errors below ``value``, on straight lines between the quantiles; never quite 0 or 1."""
    count = len(quantiles) + 1
    at = bisect_left(quantiles, value)
    if at in (0, len(quantiles)):
        return (at + 0.5) / count
    before, after = quantiles[at - 1], quantiles[at]
    part = (value - before) / (after - before) if after > before else 0.5
    return (at + part) / count


@cache
def errors() -> Table:
    """The pooled errors: by number of points and years ahead, their quantiles at equal steps."""
    text = resources.files("luoshi.measure").joinpath("errors.csv").read_text(encoding="utf-8")
    rows = csv.reader(line for line in text.splitlines() if not line.startswith("#"))
    next(rows)
    return {(int(row[0]), int(row[1])): tuple(map(float, row[2:])) for row in rows}
