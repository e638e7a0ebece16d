"""Why an item is late or in time, in links and in sentences; and what an agreed overlap would win back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from luoshi.schedule.axis import Axis
from luoshi.schedule.chain import Link
from luoshi.schedule.drafting import Draft, Drafted
from luoshi.schedule.limits import Shared
from luoshi.schedule.network import WORKING, Network, arrays
from luoshi.schedule.passes import NOBODY
from luoshi.schedule.result import ChainLink, Overlap, PlannedItem
from luoshi.schedule.solve import Solved, passed
from luoshi.schedule.wording import words

Certainty = Literal["exact", "proven", "best found"]


def explained(draft: Draft, solved: Solved, shared: Shared | None, laid: Drafted, chain: Sequence[Link]) -> PlannedItem:
    """An item with its dates, its chain and the sentences that say what they mean."""
    axis, numbers = solved.axis, solved.numbers
    goal = numbers[laid.goal]
    end = chain[-1].end
    late = working_days(axis, axis.at(laid.deadline) + 1, end)
    must = _must_start(draft, solved, laid, numbers)
    certainty: Certainty = "exact"
    if shared:
        certainty = "proven" if end <= solved.passes.end[goal] or shared.levelled.proven else "best found"
    overlaps, sooner = ((), end) if shared or late <= 0 else _overlaps(draft, solved, laid, chain)
    links = tuple(_link(solved, link) for link in chain)
    item = laid.item
    return PlannedItem(
        id=item.id,
        title=item.title,
        unit=laid.lead,
        procedure=laid.fitting.template.id,
        procedure_name=laid.fitting.template.name,
        basis=laid.fitting.basis,
        why=laid.fitting.why,
        deadline=laid.deadline,
        deadline_basis=item.deadline.basis,
        must_start=must,
        finish=axis.day(end - 1),
        late=late,
        certainty=certainty,
        words=_words(solved, _Case(laid, late, must, end, certainty, chain, overlaps, sooner)),
        assumptions=tuple(laid.assumed),
        chain=links,
        overlaps=overlaps,
        regular=laid.regular,
        steps=tuple(laid.keys),
    )


def working_days(axis: Axis, a: int, b: int) -> int:
    """Working days from the morning of ``a`` to the morning of ``b``; negative where ``b`` is before ``a``."""
    return axis.worked(WORKING, a, b)


def _must_start(draft: Draft, solved: Solved, laid: Drafted, numbers: dict[str, int]) -> date | None:
    """The latest day on which the first of the steps still to do may start; None where it lies before all days."""
    starts = [solved.passes.late_start[numbers[key]] for key in laid.keys if draft.states[key] == "todo"]
    if not starts:
        return laid.deadline
    return solved.axis.day(min(starts)) if min(starts) >= 0 else None


def _link(solved: Solved, link: Link) -> ChainLink:
    tasks, axis = solved.network.tasks, solved.axis
    task, other = tasks[link.step], tasks[link.other] if link.other != NOBODY else None
    calendar = ("natural", "working")[task.calendar] if task.calendar < 2 else "own"
    said = words(
        "cause",
        link.cause,
        step=task.name,
        other=other.name if other else "",
        unit=task.unit,
        days=abs(link.days),
        length=f"{task.days}{words('count', calendar)}",
        begin=axis.day(link.begin),
    )
    begin, end = axis.day(link.begin), axis.day(link.end)
    return ChainLink(link.cause, task.key, said, begin, end, link.days, other.key if other else None)


@dataclass(frozen=True, slots=True)
class _Case:
    """What there is to say about an item; ``end`` and ``sooner`` are mornings on the axis."""

    laid: Drafted
    late: int
    must: date | None
    end: int
    certainty: Certainty
    chain: Sequence[Link]
    overlaps: Sequence[Overlap]
    sooner: int


def _words(solved: Solved, case: _Case) -> str:
    """The sentences: late or in time, since when, for which steps, what could be won back, how certain."""
    axis, tasks, laid = solved.axis, solved.network.tasks, case.laid
    spare, count = -case.late, len(laid.keys)
    facts = {"deadline": laid.deadline, "finish": axis.day(case.end - 1), "late": case.late, "must": case.must}
    if laid.regular and case.late <= 0:
        return words("item", "regular", count=count, **facts)
    said = [words("item", "late" if case.late > 0 else "intime" if spare else "exact", spare=spare, **facts)]
    if case.late > 0:
        said.append(words("item", "must" if case.must else "never", **facts))
        names = [tasks[link.step].name for link in case.chain if link.cause == "work"]
        said.append(words("item", "chain", steps=words("item", "joined").join(dict.fromkeys(names))))
    if case.overlaps:
        by_key = {task.key: task.name for task in tasks}
        listed = "、".join(
            words("item", "overlap_one", before=by_key[one.before], after=by_key[one.after], days=one.days)
            for one in case.overlaps
        )
        finish = axis.day(case.sooner - 1)
        said.append(words("item", "overlap", list=listed, saves=case.end - case.sooner, finish=finish))
        if case.end - case.sooner > sum(one.days for one in case.overlaps):
            said += _missed_window(solved, case.chain)
    if case.certainty != "exact":
        said.append(words("item", f"levelled_{'proven' if case.certainty == 'proven' else 'found'}"))
    return "".join(said)


def _missed_window(solved: Solved, chain: Sequence[Link]) -> list[str]:
    """The longest wait for a time when a step may be done: a few days sooner may catch the one before."""
    waits = [link for link in chain if link.cause == "window"]
    if not waits:
        return []
    longest = max(waits, key=lambda link: link.days)
    return [words("item", "overlap_window", step=solved.network.tasks[longest.step].name, days=longest.days)]


def _overlaps(draft: Draft, solved: Solved, laid: Drafted, chain: Sequence[Link]) -> tuple[tuple[Overlap, ...], int]:
    """Which agreed overlaps along the chain bring the end forward, each by how much; and the end with all of them."""
    tasks = solved.network.tasks
    worked = [tasks[link.step].key for link in chain if link.cause == "work"]
    wanted = {
        (f"{laid.item.id}/{after.step}", key): after.overlap
        for key in worked
        if draft.states[key] == "todo"
        for after in draft.steps[key].after
        if after.overlap and f"{laid.item.id}/{after.step}" in worked
    }
    alone = _alone(solved.network, set(laid.keys))
    end = chain[-1].end
    found = []
    for pair, days in wanted.items():
        saves = end - _end_with(alone, solved.axis, draft.today, laid.goal, {pair: days})
        if saves > 0:
            found.append(Overlap(*pair, days, saves))
    kept = {(one.before, one.after): one.days for one in found}
    return tuple(found), _end_with(alone, solved.axis, draft.today, laid.goal, kept) if found else end


def _alone(network: Network, keys: set[str]) -> Network:
    return Network(
        tuple(task for task in network.tasks if task.key in keys),
        tuple(wait for wait in network.waits if wait.after in keys),
        tuple(keep for keep in network.keeps if keep.until in keys),
        network.calendars,
    )


def _end_with(network: Network, axis: Axis, today: date, goal: str, overlaps: dict[tuple[str, str], int]) -> int:
    """When ``goal`` ends if these overlaps are agreed to."""
    waits = tuple(replace(wait, lag=wait.lag - overlaps.get((wait.before, wait.after), 0)) for wait in network.waits)
    overlapped = replace(network, waits=waits)
    end = passed(overlapped, axis, arrays(overlapped, axis, today)).passes.end
    return end[overlapped.numbers()[goal]]
