"""Why a step ends when it does: the chain of links from today to its end, without a gap, every one tight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from luoshi.schedule.moments import first_day
from luoshi.schedule.passes import NOBODY
from luoshi.schedule.solve import Held, Solved
from luoshi.schedule.work import Work

Cause = Literal["release", "work", "lag", "closed", "window", "places", "valid", "back", "kept"]


@dataclass(frozen=True, slots=True)
class Link:
    """From day ``begin`` to day ``end`` on the axis the chain stands still or moves on for ``cause``, at step ``step``.

    ``release``: the step may start on this day; ``work``: it is being done; ``lag``: the agreed wait after it; ``closed``:
    no open day of its calendar; ``window``: its window is shut; ``places``: its unit is busy until ``other`` ends;
    ``valid``: counted back from the start of ``other``, so that the paper does not expire; ``back``: back over its work.
    These two go backwards in time. ``kept``: levelling lets the step start on this day, so that its paper is valid when
    ``other`` starts.
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
    users: Mapping[int, Sequence[int]]  # by step: the steps of its unit


def binding(solved: Solved, goal: int, dates: Dates | None = None) -> tuple[Link, ...]:
    """The chain to the end of ``goal``: its links join without a gap, from a release to that end."""
    found = dates or Dates(solved.passes.start, solved.passes.end, {})
    links: list[Link] = [Link("work", goal, found.start[goal], found.end[goal])]
    j: int | None = goal
    for _ in range(4 * len(found.start) + 4):
        if j is None:
            break
        j = _before(solved, found, j, links)
    return tuple(reversed(links))


def _before(solved: Solved, dates: Dates, j: int, links: list[Link]) -> int | None:
    """Add, last first, the links that lead to the start of ``j``; the step they come from, or None at a release."""
    work, s = solved.work, dates.start[j]
    ready, driver, lag = _ready(work, dates, j)
    if first_day(work, j, ready) != s and (other := _busy(work, dates, j)) is not None:
        _stand(work, j, dates.end[other], s, links)
        links.append(Link("places", j, dates.end[other], dates.end[other], other))
        links.append(Link("work", other, dates.start[other], dates.end[other]))
        return other
    _stand(work, j, ready, s, links)
    if driver != NOBODY:
        if lag:
            links.append(Link("lag", j, dates.end[driver], ready, driver))
        links.append(Link("work", driver, dates.start[driver], dates.end[driver]))
        return driver
    if (held := solved.held.get(j)) is not None and held.tight:
        return _hold(dates, j, held, links)
    if held is not None:
        links.append(Link("kept", j, ready, ready, held.until))
        return None
    links.append(Link("release", j, ready, ready))
    return None


def _hold(dates: Dates, j: int, held: Held, links: list[Link]) -> int:
    """Links for a step that starts late so that its paper is still valid when ``held.until`` starts."""
    aim = dates.start[held.until] - held.days
    links.append(Link("back", j, dates.end[j], dates.start[j]))
    if aim != dates.end[j]:
        links.append(Link("closed", j, aim, dates.end[j]))
    links.append(Link("valid", j, dates.start[held.until], aim, held.until))
    return held.until


def _ready(work: Work, dates: Dates, j: int) -> tuple[int, int, int]:
    """When all that ``j`` waits for is done, for whom it waited last (the first in number), and with what lag."""
    ready, driver, lag = work.release[j], NOBODY, 0
    for k in range(work.pred_at[j], work.pred_at[j + 1]):
        bound = dates.end[work.pred[k]] + work.pred_lag[k]
        if bound > ready or (bound == ready and driver != NOBODY and work.pred[k] < driver):
            ready, driver, lag = bound, work.pred[k], work.pred_lag[k]
    return ready, driver, lag


def _busy(work: Work, dates: Dates, j: int) -> int | None:
    """A step of the same unit whose end let ``j`` start."""
    s = dates.start[j]
    fitting = [k for k in dates.users.get(j, ()) if k != j and dates.end[k] <= s and first_day(work, j, dates.end[k]) == s]
    return max(fitting, key=lambda k: (dates.end[k] > dates.start[k], dates.end[k], -k), default=None)


def _stand(work: Work, j: int, ready: int, s: int, links: list[Link]) -> None:
    """The wait from ``ready`` to the start ``s``: for the window where it is shut, else for an open day."""
    if s == ready:
        return
    shut = work.gate[j] and any(work.opens[work.gate[j] * (work.horizon + 1) + t] != t for t in range(ready, s))
    links.append(Link("window" if shut else "closed", j, ready, s))


def adds_up(links: Sequence[Link], end: int) -> bool:
    """Whether the links join without a gap, from a release up to ``end``."""
    joined = all(a.end == b.begin for a, b in pairwise(links))
    return bool(links) and joined and links[0].cause in ("release", "kept") and links[-1].end == end
