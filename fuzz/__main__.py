"""Feed every reader with damaged input: ``python -m fuzz [TARGET …] [--seconds S] [--seed N] [--keep FOLDER]``.

What breaks a reader is kept as FOLDER/TARGET-HASH.bin beside TARGET-HASH.txt, which says how; ``--replay FILE …`` runs
such files again. The same targets, seed and number of rounds make the same inputs. Ends with 1 where something broke.
"""

from __future__ import annotations

import argparse
import faulthandler
import hashlib
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import monotonic, process_time

from fuzz.targets import TARGETS, Broken, Target

SLOW = 3.0  # seconds of the processor for one input, of at most 100,000 bytes or characters
STUCK = 30  # seconds on the clock after which it is stopped
SMALL = 20_000  # bytes of what is damaged further; longer ones would take the time of many tries
KEPT = 400  # inputs with a new outcome that are damaged further, the latest
DEEP = 20  # frames of a fault that tell it from another


@contextmanager
def limited() -> Iterator[None]:
    """Whatever takes longer than ``STUCK`` ends in a :class:`TimeoutError`; ``SLOW`` is told afterwards."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"no end after {STUCK} s")

    old = signal.signal(signal.SIGALRM, stop)
    signal.alarm(STUCK)
    began = process_time()
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, old)
    if (took := process_time() - began) > SLOW:
        raise Broken(f"slow: {took:.1f} s")


def attempt(target: Target, data: bytes) -> tuple[str, str]:
    """What came of ``data`` (empty where it broke the reader), and how it broke (empty where it did not)."""
    try:
        with limited():
            return target.run(data), ""
    except Exception:
        return "", traceback.format_exc()


def place(fault: str) -> str:
    """What tells one fault from another: the lines of code it went through, without what the input put into words."""
    lines = [line.strip() for line in fault.splitlines() if line.startswith("  File ")]
    kind = next((line.split(":")[0] for line in reversed(fault.splitlines()) if line and not line.startswith(" ")), "")
    return "\n".join([*lines[-DEEP:], kind])


def hunt(name: str, seconds: float, seed: int, keep: Path) -> int:
    """Attack one target for ``seconds``; every fault is kept once. Returns how many there are."""
    target, chance = TARGETS[name], Random(f"{seed} {name}")
    pool, outcomes, faults, rounds = list(target.seeds()), set[str](), set[str](), 0
    until = monotonic() + seconds
    fresh = iter([*pool])
    while (data := next(fresh, None)) is not None or monotonic() < until:
        if data is None:
            data = target.damage(chance.choice(pool), chance, pool)
        rounds += 1
        outcome, fault = attempt(target, data)
        if fault and place(fault) not in faults:
            faults.add(place(fault))
            print(f"  ! {name}: {fault.strip().splitlines()[-1]} → {kept(name, data, fault, keep)}", flush=True)
        elif outcome and outcome not in outcomes:
            outcomes.add(outcome)
            pool += [data] * (len(data) <= SMALL)
            if len(pool) > KEPT:
                del pool[chance.randrange(len(pool) - 1)]
    print(
        f"  {name:12} {rounds:8,} 次 · tries   {len(outcomes):5,} 种结果 · outcomes   {len(faults)} 个毛病 · faults",
        flush=True,
    )
    return len(faults)


def kept(name: str, data: bytes, fault: str, keep: Path) -> Path:
    """Write what broke ``name``, and how."""
    keep.mkdir(parents=True, exist_ok=True)
    path = keep / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}.bin"
    path.write_bytes(data)
    path.with_suffix(".txt").write_text(fault, encoding="utf-8", errors="backslashreplace")
    return path


def replay(paths: list[Path]) -> int:
    """Run kept inputs again; returns how many still break their reader."""
    still = 0
    for path in paths:
        outcome, fault = attempt(TARGETS[path.name.split("-")[0]], path.read_bytes())
        still += bool(fault)
        print(f"  {path.name}: {fault or outcome}")
    return still


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], help=f"none: all of {', '.join(TARGETS)}")
    parser.add_argument("--seconds", type=float, default=60, help="for all targets together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("out/fuzz"))
    parser.add_argument("--replay", type=Path, nargs="+", default=[], metavar="FILE")
    asked = parser.parse_args()
    faulthandler.enable()
    if asked.replay:
        return int(replay(asked.replay) > 0)
    names = asked.targets or list(TARGETS)
    print(f"{len(names)} 个读取器 · readers, {asked.seconds:g} s, seed {asked.seed}")
    faults = [hunt(name, asked.seconds / len(names), asked.seed, asked.keep) for name in names]
    if any(faults):
        print(f"重放 · replay: python -m fuzz --replay {asked.keep}/*.bin", file=sys.stderr)
    return int(any(faults))


if __name__ == "__main__":
    sys.exit(main())
