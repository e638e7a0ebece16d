"""Targets that were measured already: kept in the process for as long as nothing that they rest on has changed.

Four hundred targets with five years of readings take a second to measure; after a new reading only the one that it is
about is measured again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock

from luoshi.measure import Measured, Target
from luoshi.problems import Problem

_MOST = 1200  # targets a process: a few kilobytes each
_kept: OrderedDict[Hashable, Judged] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Judged:
    """What was measured about a target, and what is odd about it or between its readings."""

    measured: Measured
    problems: tuple[Problem, ...]


def judged(
    keys: Sequence[tuple[Target, Hashable]], make: Callable[[Sequence[Target]], Iterable[Judged]]
) -> list[Judged]:
    """What was judged of each target under its key; ``make`` judges those that are not known, in their order."""
    with _lock:
        found = {key: _kept[key] for _, key in keys if key in _kept}
    missing = [(target, key) for target, key in keys if key not in found]
    made = make([target for target, _ in missing]) if missing else ()
    found |= {key: one for (_, key), one in zip(missing, made, strict=True)}
    _keep(found)
    return [found[key] for _, key in keys]


def _keep(found: dict[Hashable, Judged]) -> None:
    with _lock:
        for key, one in found.items():
            _kept[key] = one
            _kept.move_to_end(key)
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
