"""Where a matter should stand on a day: its own path through its nodes, or the months gone by (序时)."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from luoshi.supervise.model import Matter, Milestone

ZERO, WHOLE = Decimal(0), Decimal(100)
_TENTH = Decimal("0.1")


def scheduled(matter: Matter, today: date) -> Decimal:
    """What the matter should have reached by ``today``, in percent to a tenth, from its own path.

    Between two nodes the path is straight. Without nodes it runs from the start to the deadline; without a deadline
    nothing is scheduled (0): a date is never invented.
    """
    points = _points(matter)
    if not points or today < points[0][0]:
        return ZERO
    for (day, percent), (later, more) in pairwise(points):
        if today < later:
            share = Decimal((today - day).days) / Decimal((later - day).days)
            return _round(percent + (more - percent) * share)
    return points[-1][1]


def by_the_calendar(matter: Matter, today: date) -> Decimal:
    """Months gone by ÷ 12 to a tenth of a percent, this month counted: the official fallback (91.7 in November).

    After the year of the deadline it is 100, before it 0.
    """
    year = matter.due.year if matter.due else today.year
    if today.year != year:
        return WHOLE if today.year > year else ZERO
    return _round(WHOLE * today.month / 12)


def missed(matter: Matter, today: date) -> tuple[Milestone, ...]:
    """The nodes whose day has passed without being met."""
    return tuple(node for node in matter.nodes if node.met is None and node.day < today)


def begins(matter: Matter) -> date | None:
    """The planned start, or the day it was started; None where neither is known."""
    return matter.begin or matter.started


def _points(matter: Matter) -> list[tuple[date, Decimal]]:
    """The corners of the path, days rising, the last the deadline at 100."""
    begin, due = begins(matter), matter.due
    corners = {node.day: node.percent for node in sorted(matter.nodes, key=lambda node: (node.day, node.percent))}
    if begin is not None:
        corners.setdefault(begin, ZERO)
    if due is not None:
        corners[due] = WHOLE
    return sorted(corners.items()) if due is not None or matter.nodes else []


def _round(value: Decimal) -> Decimal:
    return value.quantize(_TENTH, ROUND_HALF_UP)
