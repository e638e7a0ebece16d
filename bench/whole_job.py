"""How long each stage of the main job takes, and its peak memory: on the built-in sample, and on real reports.

usage: make bench    or    .venv/bin/python bench/whole_job.py [FILE …]
"""

import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from luoshi.door import open_text
from luoshi.examples import sample
from luoshi.publish.onepage import onepage
from luoshi.publish.register import register
from luoshi.read import read

HERE = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("LUOSHI_SHARED") or HERE.parent / "shared")
REAL = 60


def timed(stage: str, times: dict[str, list[float]], work: Callable[[], object]) -> object:
    began = perf_counter()
    done = work()
    times.setdefault(stage, []).append(perf_counter() - began)
    return done


def job(path: Path, times: dict[str, list[float]]) -> int:
    """The whole job on one file; the characters of its text."""
    document, _ = timed("open", times, lambda: open_text(path))
    plan = timed("read", times, lambda: read(document))
    timed("register", times, lambda: register(plan, document))
    timed("picture", times, lambda: onepage(plan, document))
    return len(document.text)


def report(name: str, paths: list[Path]) -> None:
    times: dict[str, list[float]] = {}
    characters = sum(job(path, times) for path in paths)
    print(f"{name}: {len(paths)} files, {characters:,} characters")
    for stage, taken in times.items():
        high = quantiles(taken, n=10)[-1] if len(taken) > 1 else taken[0]
        speed = characters / sum(taken)
        print(f"  {stage:9} median {median(taken):6.3f} s   p90 {high:6.3f} s   {speed:12,.0f} characters/s")
    print(f"  peak memory of this process so far: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def main(arguments: list[str]) -> None:
    if arguments:
        report("given", [Path(name) for name in arguments])
        return
    report("sample, first", [sample()])
    report("sample, again", [sample()] * 5)
    real = sorted((SHARED / "corpus" / "county").glob("*.txt"))[:REAL]
    if real:
        report("county reports", real)


if __name__ == "__main__":
    main(sys.argv[1:])
