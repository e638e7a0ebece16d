"""Makespans on PSPLIB beside the best known ones: 10 seconds and two workers an instance.

usage: .venv/bin/python bench/psplib.py [SET …] [--every N] [--seconds S] [--workers W]

Needs the instances (``shared/psplib`` beside the checkout, or LUOSHI_SHARED), and the extras ``fast`` and ``optimise``.
Gap is makespan / best known - 1; the best known values are upper bounds on some instances. Every schedule is checked
for precedence and places by code of its own, below. One seed; nothing is set for a single instance.
"""

import argparse
import csv
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from pathlib import Path
from time import perf_counter

from luoshi.schedule.levelling import Effort, optimise
from luoshi.schedule.work import Work

HERE = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("LUOSHI_SHARED") or HERE.parent / "shared")
Instance = tuple[list[int], list[list[int]], list[list[int]], list[int]]


def read(path: Path) -> Instance:
    """Days, needs, successors of each step, and the places there are (Patterson's format)."""
    numbers = iter(map(int, path.read_text().split()))
    steps, kinds = next(numbers), next(numbers)
    places = [next(numbers) for _ in range(kinds)]
    days, needs, successors = [], [], []
    for _ in range(steps):
        days.append(next(numbers))
        needs.append([next(numbers) for _ in range(kinds)])
        successors.append([next(numbers) - 1 for _ in range(next(numbers))])
    return days, needs, successors, places


def rows(lists: list[list[int]]) -> tuple[list[int], list[int]]:
    return list(accumulate(map(len, lists), initial=0)), [one for row in lists for one in row]


def work_of(instance: Instance) -> Work:
    days, needs, successors, places = instance
    steps = len(days)
    before: list[list[int]] = [[] for _ in days]
    for j, row in enumerate(successors):
        for k in row:
            before[k].append(j)
    pred_at, pred = rows(before)
    succ_at, succ = rows(successors)
    need_at, need = rows([[r for r, amount in enumerate(row) if amount] for row in needs])
    nothing = [0] * steps
    return Work(
        steps=steps, horizon=sum(days) + 2, plain=1, days=days, calendar=nothing, gate=nothing, release=nothing,
        due=nothing, weight=[*nothing[1:], 1], pred_at=pred_at, pred=pred, pred_lag=[0] * len(pred),
        succ_at=succ_at, succ=succ, succ_lag=[0] * len(succ), need_at=need_at, need=need,
        amount=[amount for row in needs for amount in row if amount], capacity=places,
        busy=[0] * (len(places) * (sum(days) + 2)),
        count=[0], opened=[0], opens=[0], closes=[0],
    )  # fmt: skip


def check(instance: Instance, start: tuple[int, ...]) -> int:
    """The makespan; fails where the schedule breaks a rule of the instance."""
    days, needs, successors, places = instance
    for j, row in enumerate(successors):
        assert all(start[k] >= start[j] + days[j] for k in row)
    for t in range(max(start)):
        running = [j for j in range(len(days)) if start[j] <= t < start[j] + days[j]]
        assert all(sum(needs[j][r] for j in running) <= places[r] for r in range(len(places)))
    return start[-1] + days[-1]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("sets", nargs="*", default=["J30", "J60", "J120"])
    options.add_argument("--every", type=int, default=1)
    options.add_argument("--seconds", type=float, default=10.0)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--show", action="store_true")
    asked = options.parse_args()
    folder = SHARED / "psplib"
    if not folder.is_dir():
        print("no instances here: name the folder that holds psplib in LUOSHI_SHARED")
        sys.exit(0)
    with (folder / "best_known.csv").open() as file:
        known = list(csv.DictReader(file))
    with ThreadPoolExecutor(asked.workers) as pool:
        optimise(work_of(read(folder / known[0]["file"])), Effort(children=1000), seconds=1.0)  # compile
        for name in asked.sets:
            some = [row for row in known if row["set"] == name][:: asked.every]
            run(folder, name, some, asked, pool)


def run(
    folder: Path, name: str, some: list[dict[str, str]], asked: argparse.Namespace, pool: ThreadPoolExecutor
) -> None:
    gaps, proven, slowest, hit = [], 0, 0.0, 0
    for row in some:
        instance = read(folder / row["file"])
        work = work_of(instance)
        began = perf_counter()

        def left(began: float = began) -> float:
            return asked.seconds - (perf_counter() - began)

        effort = Effort(children=10**9, islands=asked.workers, left=left, together=pool.map)
        found = optimise(work, effort, seconds=asked.seconds, workers=asked.workers)
        slowest = max(slowest, perf_counter() - began)
        assert found is not None
        makespan, best = check(instance, found.start), int(row["best_known_makespan"])
        gaps.append(makespan / best - 1)
        proven += found.proven
        hit += makespan <= best
        if asked.show and not (found.proven and makespan <= best):
            print(
                f"  {row['file']} {makespan} / {best}  bound {found.bound}  {perf_counter() - began:.1f} s", flush=True
            )
    count = len(gaps)
    print(
        f"{name}: {count} instances, mean gap {sum(gaps) / count:.2%}, worst {max(gaps):.1%}, "
        f"at the best known {hit}, proven {proven}, slowest {slowest:.1f} s",
        flush=True,
    )


if __name__ == "__main__":
    main()
