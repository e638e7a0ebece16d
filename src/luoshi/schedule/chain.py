"""Why a step ends when it does: the chain of links from today to its end, without a gap, every one tight."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from luoshi.schedule.moments import first_day
from luoshi.schedule.passes import NOBODY
from luoshi.schedule.solve import Held, Solved
from luoshi.schedule.work import Work

Cause = Literal["release", "work", "lag", "closed", "window", "places", "valid", "back", "kept", "opens"]

ROOTS = ("release", "kept", "opens")


@dataclass(frozen=True, slots=True)
class Link:
    """From day ``begin`` to day ``end`` on the axis, at step ``step``, the chain waits or moves on for ``cause``.

    ``release``: the step may start on this day; ``work``: it is being done; ``lag``: the agreed wait after it;
    ``closed``: no open day of its calendar; ``window``: its window is shut; ``places``: its unit is busy until
    ``other`` ends; ``valid``: counted back from the start of ``other``, so that the paper does not expire;
    ``back``: back over its work; these two go backwards in time. ``kept``: the step is let start on this day,
    so that its paper is valid when ``other`` starts. ``opens``: its window or its office opens on this day.
    """

    cause: Cause
    step: int
    begin: int
    end: int
    other: int = NOBODY

    @property
    def days(self) -> int:
        """Natural days; negative where the link goes backwards."""
        return self.end - self.begin


@dataclass(frozen=True, slots=True)
class Dates:
    """A schedule to explain: starts and ends by step, and, with limited places, which step each uses with whom."""

    start: Sequence[int]
    end: Sequence[int]
    queues: Mapping[int, tuple[Sequence[int], Sequence[int]]]  # by step: the ends of its unit's steps in order; whose


Option = tuple[list[Link], int | None]


def binding(solved: Solved, goal: int, dates: Dates | None = None) -> tuple[Link, ...]:
    """The chain to the end of ``goal``: its links join without a gap, from a release to that end.

    A walk back along what is tight. Where a step was held back for a paper that its own holder waits for, a walk may
    come back to itself; then it tries another way, last of all the day on which a window or an office opens.
    """
    found = dates or Dates(solved.passes.start, solved.passes.end, {})
    walk: list[list[Link]] = [[Link("work", goal, found.start[goal], found.end[goal])]]
    ways: list[Iterator[Option]] = [_options(solved, found, goal)]
    seen = {goal}
    while ways:
        links, before = next(ways[-1], (None, None))
        if links is None:
            ways.pop()
            walk.pop()
        elif before is None:
            walk.append(links)
            break
        elif before not in seen:
            seen.add(before)
            walk.append(links)
            ways.append(_options(solved, found, before))
    return tuple(link for links in reversed(walk) for link in reversed(links))


def _options(solved: Solved, dates: Dates, j: int) -> Iterator[Option]:
    """What may have decided the start of ``j``: the links that lead to it, last first, and the step they come from."""
    work, s = solved.work, dates.start[j]
    ready = _ready(work, dates, j)
    if first_day(work, j, ready) != s:
        yield from _queue(work, dates, j)
        return
    stand = list(_stand(work, j, ready, s))
    held = solved.held.get(j)
    if ready == work.release[j] and held is None:
        yield [*stand, Link("release", j, ready, ready)], None
    for k in range(work.pred_at[j], work.pred_at[j + 1]):
        i, lag = work.pred[k], work.pred_lag[k]
        if dates.end[i] + lag == ready:
            between = [Link("lag", j, dates.end[i], ready, i)] if lag else []
            yield [*stand, *between, Link("work", i, dates.start[i], dates.end[i])], i
    if ready == work.release[j] and held is not None:
        if held.tight:
            yield stand + _hold(dates, j, held), held.until
        else:
            yield [*stand, Link("kept", j, ready, ready, held.until)], None
    if held is not None and held.tight:
        yield [Link("kept", j, s, s, held.until)], None
    if stand:
        yield [Link("opens", j, s, s)], None


def _queue(work: Work, dates: Dates, j: int) -> Iterator[Option]:
    """The steps of the same unit whose end let ``j`` start: those that take time first, then by number."""
    s = first = dates.start[j]
    while first > 0 and first_day(work, j, first - 1) == s:
        first -= 1
    ends, whose = dates.queues.get(j, ((), ()))
    fitting = [k for k in whose[bisect_left(ends, first) : bisect_right(ends, s)] if k != j]
    for k in sorted(fitting, key=lambda k: (dates.end[k] == dates.start[k], -dates.end[k], k)):
        links = [*_stand(work, j, dates.end[k], s), Link("places", j, dates.end[k], dates.end[k], k)]
        yield [*links, Link("work", k, dates.start[k], dates.end[k])], k


def _hold(dates: Dates, j: int, held: Held) -> list[Link]:
    """Links for a step that starts late so that its paper is still valid when ``held.until`` starts."""
    aim = dates.start[held.until] - held.days
    closed = [Link("closed", j, aim, dates.end[j], held.until)] if aim != dates.end[j] else []
    return [
        Link("back", j, dates.end[j], dates.start[j]),
        *closed,
        Link("valid", j, dates.start[held.until], aim, held.until),
    ]


def _ready(work: Work, dates: Dates, j: int) -> int:
    """When all that ``j`` waits for is done."""
    arcs = range(work.pred_at[j], work.pred_at[j + 1])
    bounds = (int(dates.end[work.pred[k]] + work.pred_lag[k]) for k in arcs)
    return max(int(work.release[j]), max(bounds, default=0))


def _stand(work: Work, j: int, ready: int, s: int) -> Iterator[Link]:
    """The wait from ``ready`` to the start ``s``: for the window where it is shut, else for an open day."""
    if s != ready:
        shut = work.gate[j] and any(work.opens[work.gate[j] * (work.horizon + 1) + t] != t for t in range(ready, s))
        yield Link("window" if shut else "closed", j, ready, s)


def adds_up(links: Sequence[Link], end: int) -> bool:
    """Whether the links join without a gap, from a release up to ``end``."""
    joined = all(a.end == b.begin for a, b in pairwise(links))
    return bool(links) and joined and links[0].cause in ROOTS and links[-1].end == end
