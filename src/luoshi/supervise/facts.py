"""The facts that rules about lights and slips may ask for, taken from a matter on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from luoshi.supervise import evidence, path, reports
from luoshi.supervise.model import Matter
from luoshi.supervise.workflow import workflow

_HUNDREDTH = Decimal("0.01")
_SILENT = ("extracted", "proposed", "suspended", "withdrawn", "superseded", "dropped", "declined")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule may ask. Percentages are decimals, days whole numbers; ``due_in`` is negative after the deadline."""

    state: str = ""
    scheduled: Decimal = Decimal(0)
    calendar: Decimal = Decimal(0)
    counted: Decimal = Decimal(0)
    solid: bool = False
    verified_done: bool = False
    finished_early: bool = False
    due_in: int | None = None
    not_due: bool = False
    other: bool = False
    nodes_missed: int = 0
    node_late: int = 0
    reports_missed: int = 0
    stale: bool = False
    false_evidence: bool = False
    floor_broken: bool = False
    judged_unable: bool = False
    funds_short: bool = False
    growth_short: bool = False
    months_not_started: int = 0
    months_unlisted: int = 0
    rank: int | None = None
    rank_of: int = 0
    rank_before: int | None = None

    @property
    def gap(self) -> Decimal:
        """Percentage points behind the schedule; negative when ahead."""
        return self.scheduled - self.counted

    @property
    def ratio(self) -> Decimal | None:
        """What is counted as a share of what is scheduled, unrounded; None while nothing is scheduled."""
        return self.counted / self.scheduled if self.scheduled else None

    @property
    def shortfall(self) -> Decimal:
        """The gap as a share of what is scheduled; 0 while nothing is."""
        return max(self.gap, Decimal(0)) / self.scheduled if self.scheduled else Decimal(0)

    @property
    def calendar_gap(self) -> Decimal:
        """Points behind the months gone by."""
        return self.calendar - self.counted

    @property
    def overdue(self) -> int:
        """Days past the deadline; 0 before it or without one."""
        return max(-self.due_in, 0) if self.due_in is not None else 0

    @property
    def late(self) -> bool:
        """Behind its schedule, or past its deadline and not verified done."""
        return self.gap > 0 or (self.overdue > 0 and not self.verified_done)

    @property
    def ranked(self) -> bool:
        """Whether the unit has a place among others."""
        return self.rank is not None and self.rank_of > 0

    @property
    def rank_third(self) -> int | None:
        """1, 2 or 3: the third of the field in which the place lies."""
        return None if self.rank is None or self.rank_of <= 0 else -(-3 * self.rank // self.rank_of)

    @property
    def rank_change(self) -> int:
        """Places won since last time; negative when lost, 0 where there was none."""
        return 0 if self.rank is None or self.rank_before is None else self.rank_before - self.rank

    def ask(self, name: str) -> object:
        """The fact called ``name``. Raises AttributeError for a name that is none."""
        return getattr(self, name)

    def shown(self, name: str) -> str:
        """The fact for people: decimals without needless places, a share in percent."""
        value = self.ask(name)
        if not isinstance(value, Decimal):
            return str(value)
        if name in ("ratio", "shortfall"):
            return f"{_short(value * 100)}%"
        return _short(value)


def facts(matter: Matter, today: date) -> Facts:
    """The facts of ``matter`` on ``today``; places in a ranking and growth come from elsewhere and are left out."""
    done, (value, solid) = evidence.verified_done(matter), evidence.counted(matter)
    nodes = () if done else path.missed(matter, today)
    begin = path.begins(matter)
    return Facts(
        state=workflow().states[matter.state].zh,
        scheduled=path.scheduled(matter, today),
        calendar=path.by_the_calendar(matter, today),
        counted=value,
        solid=solid,
        verified_done=done,
        finished_early=done and None not in (matter.done_on, matter.due) and matter.done_on < matter.due,  # type: ignore[operator]
        due_in=(matter.due - today).days if matter.due else None,
        not_due=begin is None or today < begin,
        other=matter.state in _SILENT,
        nodes_missed=len(nodes),
        node_late=max(((today - node.day).days for node in nodes), default=0),
        reports_missed=reports.reports_missed(matter, today),
        stale=reports.stale(matter, today),
        false_evidence=any(one.false for one in matter.evidence),
        floor_broken=matter.broken is not None,
        judged_unable=matter.forecast == "unable",
        funds_short=matter.funds_required is not None and matter.funds_paid < matter.funds_required,
        months_not_started=_months(begin, today) if value == 0 else 0,
        months_unlisted=_months(matter.started, today) if matter.must_list and matter.listed is None else 0,
    )


def _months(since: date | None, today: date) -> int:
    """Whole months from ``since`` to ``today``."""
    if since is None or today < since:
        return 0
    return (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)


def _short(value: Decimal) -> str:
    text = f"{value.quantize(_HUNDREDTH, ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
