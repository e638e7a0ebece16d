"""One indicator measured: its points, its path, where it stands, its light, where it is going, what is still needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import Any

from luoshi.amounts import Incompatible
from luoshi.days import Months
from luoshi.measure.choosing import adjusted, path_of
from luoshi.measure.consistency import consistency
from luoshi.measure.given import Given
from luoshi.measure.light import Light, Override, Profile, State, judge, profile
from luoshi.measure.needed import Needed, needed
from luoshi.measure.observed import Observed, Point, observed
from luoshi.measure.outlook import Outlook, outlook
from luoshi.measure.path import Path
from luoshi.measure.reading import Reading, Series
from luoshi.measure.readings import Readings
from luoshi.measure.series import unbroken, years
from luoshi.measure.standing import Standing, standing
from luoshi.measure.target import Target, targets
from luoshi.plan import Plan
from luoshi.problems import Problem, problem

VERIFIED = 3  # the rung of the evidence ladder from which a reading counts as verified
_RHYTHM = 3  # months between reports where the readings do not show it
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything about one target on one day. ``lights`` has the light of every point before the last one."""

    target: Target
    path: Path
    points: tuple[Point, ...]
    yearly: tuple[Reading, ...]
    standing: Standing | None
    state: State
    light: Light
    lights: tuple[Light, ...]
    outlook: Outlook | None
    needed: Needed | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All targets of a plan measured, and what is wrong with the readings."""

    measured: tuple[Measured, ...]
    problems: tuple[Problem, ...]
    profile: Profile
    today: date


def measure_plan(
    plan: Plan, read: Readings, today: date, *, by: Profile | None = None, said: Mapping[str, Given] | None = None
) -> Report:
    """Measure every target of ``plan`` on ``today``, with the readings and what was ``said`` about paths.

    Readings and paths find their target by its indicator's name or code, or by the id of the figure or the item.
    """
    by, said = by or profile(), said or {}
    made, used, told = [], set(), set()
    for target in targets(plan):
        levels, rates = read.of(*target.names, growth=False), read.of(*target.names, growth=True)
        used |= {(one.name, one.growth) for one in (levels, rates) if one is not None}
        named = [name for name in target.names if name in said]
        told |= set(named)
        about = said[named[0]] if named else Given()
        made.append(measure(target, levels, rates, today, by=by, said=about))
    found = [*read.problems]
    for key, series in read.series.items():
        found += consistency(series)
        if key not in used:
            found.append(problem("M026", name=series.name, count=len(series.readings)))
    found += [problem("M029", name=name) for name in said if name not in told]
    return Report(tuple(made), tuple(found), by, today)


def units_of(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The units that readings of each target's names are to be in; a growth or a rank says nothing of them."""
    found: dict[str, tuple[str, ...]] = {}
    for target in targets(plan):
        if target.unit and not target.multiple and target.nature not in ("rate", "yearly", "change", "rank", "yesno"):
            for name in target.names:
                found[name] = (*found.get(name, ()), target.unit)
    return found


def measure(
    target: Target,
    levels: Series | None,
    rates: Series | None,
    today: date,
    *,
    by: Profile | None = None,
    said: Given | None = None,
    facts: Mapping[str, Any] | None = None,
    override: Override | None = None,
) -> Measured:
    """Measure ``target`` on ``today`` from its readings: ``levels``, and ``rates`` where readings are growth.

    ``facts`` are members of :class:`luoshi.measure.State` that readings cannot tell (``false_evidence``, ``idle``,
    ``able`` …). A pure function: the same arguments always give the same result.
    """
    by, said = by or profile(), said or Given()
    target = adjusted(target, said)
    seen = observed(target, levels, rates)
    target, wrong = _doubled(target, seen)
    path = path_of(target, seen, levels, said)
    wrong += _contradiction(target, path)
    watch = _Watch(path, by, said, _rhythm(target, rates if target.nature == "rate" and rates else levels))
    lights: list[Light] = []
    for place, point in enumerate(seen.points[:-1]):
        past = watch.state(seen.points[: place + 1], point.period.end, _running(lights))
        lights.append(judge(by, past, point.period.end))
    state = replace(watch.state(seen.points, today, _running(lights)), **(facts or {}))
    whole = unbroken(years(levels, adds_up=_adds_up(target))) if levels is not None else ()
    yearly = _in_unit(whole, target)
    ahead, why_not = outlook(target, seen, yearly, levels)
    return Measured(
        target, path, seen.points, yearly, standing(path, seen.points[-1]) if seen.points else None, state,
        judge(by, state, today, override), tuple(lights), ahead,
        needed(target, path, seen, yearly), (*seen.problems, *wrong, *why_not),
    )  # fmt: skip


def _doubled(target: Target, seen: Observed) -> tuple[Target, tuple[Problem, ...]]:
    """A multiple (翻一番, 1.5 倍) turned into the value it means, once the base is known."""
    if not target.multiple:
        return target, ()
    base = seen.base.value if seen.base else target.base
    if base is None:
        return target, (problem("M020", name=target.name, wanted="起点"),)
    times = Decimal(2) ** target.value if target.unit == "番" else target.value
    unit = seen.base.amount.unit if seen.base else target.unit
    return replace(target, value=base * times, unit=unit, multiple=False), ()


def _contradiction(target: Target, path: Path) -> tuple[Problem, ...]:
    """A start beyond the target, seen from the direction that is called better: most likely the direction is wrong."""
    if target.nature not in ("stock", "rank") or path.level or not path.base:
        return ()
    beyond = path.base > target.value if target.better == "up" else path.base < target.value
    return (problem("M016", name=target.name, base=path.base, value=target.value),) if beyond else ()


def _adds_up(target: Target) -> bool:
    return target.nature != "stock" or (target.period.count > 12 and target.unit not in ("%", "‰"))


def _in_unit(yearly: Sequence[Reading], target: Target) -> tuple[Reading, ...]:
    """Yearly values in the target's unit; none where they are another quantity."""
    if target.nature not in ("flow", "stock") or not target.unit:
        return tuple(yearly)
    try:
        return tuple(replace(one, amount=one.amount.to(target.unit)) for one in yearly)
    except Incompatible:
        return ()


def _running(lights: Sequence[Light]) -> int:
    """How many of the last lights, one after the other, were yellow or red."""
    count = 0
    for light in reversed(lights):
        if light.colour not in ("yellow", "red"):
            break
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class _Watch:
    """What the state of one target depends on besides its points and the day."""

    path: Path
    by: Profile
    said: Given
    rhythm: int

    def state(self, points: Sequence[Point], today: date, running: int) -> State:
        """The state on ``today``, after ``running`` periods that were behind."""
        path, target = self.path, self.path.target
        last = points[-1] if points else None
        now = standing(path, last) if last else None
        at = last.period if last else Months(today.year, today.month, 1)
        share = path.share(at)
        scheduled = now.scheduled if now else None if share is None else share * _HUNDRED
        gap, done = (now.gap, now.done) if now else (None, None)
        late, missed = _nodes(self.said, path, last, today)
        elapsed = _elapsed(target.period, at)
        ranked = target.nature == "rank" and last is not None
        return State(
            scheduled=scheduled,
            done=done,
            gap=gap,
            ratio=now.ratio if now else None,
            shortfall=gap / scheduled * _HUNDRED if gap is not None and scheduled else None,
            elapsed=elapsed,
            behind=elapsed - done if done is not None and not path.level else None,
            due_in=_due_in(target, last, today, self.by),
            verified=last is not None and last.reading.level >= VERIFIED,
            met=last is not None and target.met(last.value),
            reported=last is not None,
            report_late=_report_late(target.period, self.rhythm, last, today, self.by),
            node_late=late,
            nodes_missed=missed,
            behind_before=running,
            broken=_is_broken(path, last),
            growth=target.nature in ("rate", "yearly"),
            rank=int(last.value) if last is not None and ranked else None,
            rank_change=_rank_change(points, path) if ranked else None,
        )


def _elapsed(whole: Months, at: Months) -> Decimal:
    months = (at.last[0] - whole.year) * 12 + at.last[1] - whole.month + 1
    return Decimal(max(0, min(months, whole.count))) / whole.count * _HUNDRED


def _due_in(target: Target, last: Point | None, today: date, by: Profile) -> int:
    """Days to the deadline. Once it has passed, the last value gets as long to come in as any report (0 until then)."""
    days = (target.due - today).days
    waiting = days < 0 and -days <= by.report_days and (last is None or last.period.end < target.due)
    return 0 if waiting else days


def _is_broken(path: Path, last: Point | None) -> bool:
    """Whether a line that must hold at all times does not."""
    if last is None or path.target.met(last.value):
        return False
    return path.target.floor or path.kind == "ceiling"


def _report_late(whole: Months, rhythm: int, last: Point | None, today: date, by: Profile) -> int | None:
    """Days since a report was due that has not come; None where none is due yet."""
    if last is not None and last.period.end >= whole.end:
        return None
    expected = Months(*last.period.last, rhythm + 1) if last else Months(whole.year, whole.month, rhythm)
    late = (today - expected.end).days - by.report_days
    return late if late > 0 else None


def _rhythm(target: Target, series: Series | None) -> int:
    """Months between readings, as they have come so far."""
    ends = sorted({one.period.last for one in series.readings}) if series is not None else []
    gaps = [(b[0] - a[0]) * 12 + b[1] - a[1] for a, b in pairwise(ends)]
    return round(median(gaps)) if gaps else 12 if target.period.count > 12 else _RHYTHM


def _nodes(said: Given, path: Path, last: Point | None, today: date) -> tuple[int | None, int]:
    """How late the oldest step is that has not been reached, and how many there are."""
    up = path.target.better == "up"
    open_ = [
        when.end
        for when, value in said.steps
        if when.end < today and (last is None or not ((last.value >= value) if up else (last.value <= value)))
    ]
    return ((today - min(open_)).days if open_ else None), len(open_)


def _rank_change(points: Sequence[Point], path: Path) -> int | None:
    before = points[-2].value if len(points) > 1 else path.base or None
    return None if before is None else int(points[-1].value - before)
