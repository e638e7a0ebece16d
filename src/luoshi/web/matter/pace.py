"""How far an item is along its procedure, worked out from what is known of it, for the schedule to start from.

A report says how many per cent are done, not which steps. So the steps are taken in their order, each with its share of
all days: what lies within the per cent is done, the step that holds the border is under way with the rest of its days.
A node of the unit that was met and bears the name of a step says so for that step, whatever the per cent. All of it is
inferred, and the pages say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from luoshi.plan import Item
from luoshi.schedule import Progress, Setting
from luoshi.schedule.fitting import Fitting, fitting
from luoshi.schedule.procedures import Step, templates
from luoshi.supervise import Matter
from luoshi.web.shell.language import say

_WHOLE = Decimal(100)
_DONE = ("done_claimed", "verifying", "closed", "lookback", "archived")  # the work is claimed or found to be done


@dataclass(frozen=True, slots=True)
class Known:
    """How far an item is: per cent, whether that is verified or the unit's own word, and the day it was said."""

    percent: Decimal
    verified: bool
    day: date | None

    @property
    def words(self) -> str:
        """The same for people, with what it rests on."""
        if self.day is None:
            return say("还没有反馈，按没有开始排", "no report yet: taken as not begun")
        number = f"{self.percent.normalize():f}%"
        if self.verified:
            return say(f"按核实进度 {number}（{self.day}）", f"by {number} verified on {self.day}")
        return say(f"按自报进度 {number}（{self.day}，尚未核实）", f"by {number} reported on {self.day}, unverified")


def known(matter: Matter) -> Known:
    """What is taken for how far ``matter`` is: what was verified, or the unit's word where nothing was yet."""
    if matter.state in _DONE:
        return Known(_WHOLE, matter.closed_on is not None, matter.closed_on or matter.done_on)
    if matter.verified_on is not None:
        return Known(matter.verified, True, matter.verified_on)
    return Known(matter.reported, False, matter.reported_on)


def setting(pairs: Iterable[tuple[Item, Matter]], today: date) -> Setting:
    """What scheduling is to know of items with their matters: the procedure chosen, and the progress of every step."""
    base = Setting(confirmed={})
    confirmed, progress = dict[str, str](), dict[str, Progress]()
    ids = {one.id for one in templates()}
    for item, matter in pairs:
        own = {item.id: matter.procedure} if matter.procedure in ids else {}
        confirmed |= own
        fit = fitting(item, own)
        if fit is not None and not any(step.repeat for step in fit.steps):
            progress |= _steps(item, matter, fit, today)
    return replace(base, confirmed=confirmed, progress=progress)


def _steps(item: Item, matter: Matter, fit: Fitting, today: date) -> Mapping[str, Progress]:
    ordered = [step for step in fit.steps if step.id != fit.goal] + [step for step in fit.steps if step.id == fit.goal]
    said = dict(_by_share(ordered, matter, today)) | dict(_by_nodes(ordered, matter))
    if matter.restart is not None:  # while the item rests, nothing that is not finished begins
        said = {step.id: said.get(step.id, Progress(earliest=matter.restart)) for step in ordered}
    return {f"{item.id}/{name}": one for name, one in said.items()}


def _by_share(ordered: list[Step], matter: Matter, today: date) -> Iterator[tuple[str, Progress]]:
    """Every step that the per cent covers as done, and the one at its border as under way."""
    now = known(matter)
    begun, total = matter.started or matter.begin, sum(step.length for step in ordered)
    if not total or (now.percent == 0 and matter.started is None):
        return
    finished = _finished_on(matter, now, today)
    left = total * now.percent / _WHOLE
    for step in ordered:
        if matter.state in _DONE or (step.length <= left and now.percent):
            yield step.id, Progress(started=_until(begun, finished), finished=finished)
            left -= step.length
            continue
        rest = max(int(step.length - max(left, Decimal(0))), 1)
        if matter.restart is not None:
            yield step.id, Progress(days=rest, earliest=matter.restart)
        elif begun is not None and begun <= today:
            yield step.id, _under_way(step, rest, begun, today)
        return


def _finished_on(matter: Matter, now: Known, today: date) -> date:
    """The day from which a step counts as finished: when it was said, at the latest yesterday."""
    return min(matter.done_on or now.day or today, today - timedelta(1))


def _until(begun: date | None, finished: date) -> date | None:
    return begun if begun is not None and begun <= finished else None


def _under_way(step: Step, rest: int, begun: date, today: date) -> Progress:
    """Begun on ``begun`` with so many days in all that ``rest`` of them are still to come."""
    if step.count == "natural":
        past = (today - begun).days
    else:
        workdays = Setting().workdays
        past = workdays.between(workdays.next(begun) - timedelta(1), today - timedelta(1))
    return Progress(started=begun, days=max(past, 0) + rest)


def _by_nodes(ordered: list[Step], matter: Matter) -> Iterator[tuple[str, Progress]]:
    """Steps whose name a met node bears."""
    for step in ordered:
        met = [node.met for node in matter.nodes if node.met is not None and _same(step.name, node.name)]
        if met:
            yield step.id, Progress(finished=max(met))


def _same(step: str, node: str) -> bool:
    plain = step.split("（", 1)[0]
    return len(plain) > 1 and len(node) > 1 and (plain in node or node in plain)
