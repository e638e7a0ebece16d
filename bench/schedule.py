"""How fast dates come: both passes beside a peer in the same run, and a levelled plan from the file to the results.

usage: make bench    or    .venv/bin/python bench/schedule.py

Seconds are those of the processor. The graph: projects of twelve steps with two parallel branches, links between a
tenth of them, working and natural days mixed. The peer (networkx) does the same passes without calendars. The million
steps need the extra `fast`.
"""

import sys
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from itertools import accumulate
from random import Random
from time import process_time

from luoshi.days import Workdays
from luoshi.plan import Deadline, Duty, Item, Plan
from luoshi.schedule import Effort, Setting, Trying, schedule
from luoshi.schedule.axis import Axis
from luoshi.schedule.passes import chain_to, two_way
from luoshi.schedule.work import Work

STEPS = 12
LOCAL = [(0, 1), (1, 2), (1, 3), (2, 4), (3, 4), (4, 5), (5, 6), (5, 7), (6, 8), (7, 8), (8, 9), (9, 10), (10, 11)]
TODAY = date(2026, 3, 2)
GOALS = {10_000: 0.020, 1_000_000: 1.0}
Arcs = list[tuple[int, int]]


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """The least of several runs."""
    found = []
    for _ in range(times):
        began = process_time()
        work()
        found.append(process_time() - began)
    return min(found)


def graph(steps: int) -> tuple[list[int], Arcs]:
    """Days of each step, and arcs."""
    chance = Random(1)
    count = steps // STEPS * STEPS
    arcs = [(base + a, base + b) for base in range(0, count, STEPS) for a, b in LOCAL]
    for _ in range(count // 10):
        a = chance.randrange(count - 1)
        b = chance.randrange(a + 1, count)
        if a // STEPS < b // STEPS:
            arcs.append((a, b))
    return [chance.randint(1, 30) for _ in range(count)], arcs


def rows(count: int, arcs: Arcs) -> tuple[list[int], list[int]]:
    lists: list[list[int]] = [[] for _ in range(count)]
    for row, other in arcs:
        lists[row].append(other)
    return list(accumulate(map(len, lists), initial=0)), [one for row in lists for one in row]


def work_of(days: list[int], arcs: Arcs, axis: Axis) -> Work:
    count = len(days)
    pred_at, pred = rows(count, [(b, a) for a, b in arcs])
    succ_at, succ = rows(count, arcs)
    nothing = [0] * count
    return Work(
        steps=count, horizon=axis.horizon, plain=0, days=days, calendar=[j % 2 for j in range(count)], gate=nothing,
        release=[axis.at(TODAY)] * count, due=[axis.at(TODAY) + 2000] * count, weight=nothing, pred_at=pred_at,
        pred=pred, pred_lag=[0] * len(pred), succ_at=succ_at, succ=succ, succ_lag=[0] * len(succ),
        need_at=[0] * (count + 1),
        need=[], amount=[], capacity=[], busy=[], count=axis.count, opened=axis.opened, opens=axis.opens,
        closes=axis.closes,
    )  # fmt: skip


def peer(days: list[int], arcs: Arcs) -> Callable[[], object] | None:
    """networkx: order, then both passes over dictionaries."""
    if not find_spec("networkx"):
        return None
    import networkx as nx  # noqa: PLC0415

    net = nx.DiGraph()
    net.add_nodes_from(range(len(days)))
    net.add_edges_from(arcs)

    def passes() -> object:
        order = list(nx.topological_sort(net))
        end: dict[int, int] = {}
        for j in order:
            end[j] = max((end[i] for i in net.predecessors(j)), default=0) + days[j]
        last = max(end.values())
        late: dict[int, int] = {}
        for j in reversed(order):
            late[j] = min((late[k] - days[k] for k in net.successors(j)), default=last)
        return {j: late[j] - end[j] for j in order}

    return passes


def passes(axis: Axis) -> None:
    for steps, goal in GOALS.items():
        days, arcs = graph(steps)
        work = work_of(days, arcs, axis)
        if steps <= 20_000:
            spent = seconds(lambda work=work: _chained(work))
            how = "plain Python"
        elif find_spec("numpy"):
            import numpy as np  # noqa: PLC0415

            from luoshi.schedule.levels import two_way_by_levels  # noqa: PLC0415

            arrays = Work(*(part if isinstance(part, int) else np.asarray(part, np.int64) for part in work))
            spent = seconds(lambda arrays=arrays: two_way_by_levels(arrays), 3)
            how = "numpy"
        else:
            continue
        other = peer(days, arcs)
        against = seconds(other, 1 if steps > 20_000 else 3) if other else 0.0
        beside = (
            f"   networkx {against:8.3f} s, {against / spent:4.1f} times as long" if other else "   (networkx not here)"
        )
        print(f"  {len(days):9,} steps, {how:12}  {spent:7.4f} s  goal {goal} s{beside}", flush=True)


def _chained(work: Work) -> list[int]:
    found = two_way(work)
    return chain_to(max(range(work.steps), key=found.end.__getitem__), found.driver)


def plan(steps: int, units: int) -> Plan:
    """A plan of building projects, about ``steps`` steps of it, led by ``units`` units."""
    items = []
    for n in range(steps // 16 + 1):
        deadline = Deadline.model_validate({"date": date(2028 + n % 3, 12, 31), "basis": "stated"})
        lead = Duty(unit=f"区第{n % units + 1}局", basis="stated")
        items.append(Item(id=f"i{n}", title=f"第{n}号片区道路", kind="project", deadline=deadline, lead=lead))
    return Plan(items=tuple(items))


def levelled() -> None:
    made = plan(5000, 15)
    text = made.to_json()
    units = {step.unit for step in schedule(made, TODAY).steps}
    setting = Setting(capacity=dict.fromkeys(units, 25))
    for name, trying in (("list heuristic", Trying()), ("and a search", Trying(Effort(children=100, size=20)))):
        result = schedule(made, TODAY, setting, trying)
        spent = seconds(lambda trying=trying: schedule(Plan.from_json(text), TODAY, setting, trying).to_json(), 1)
        late = sum(max(item.late, 0) for item in result.items)
        count = len(result.steps)
        print(f"  {count:,} steps, {len(units)} units, {name:15} {spent:6.2f} s  goal 2 s   {late:,} days late in all")


def main() -> None:
    axis = Axis.over(date(2016, 1, 1), date(2060, 1, 1), (Workdays.every_day(), Workdays.china()))
    print("both passes, slack and chain, from arrays")
    passes(axis)
    print(f"a levelled plan, from its file to its results ({'numba' if find_spec('numba') else 'plain Python'})")
    levelled()


if __name__ == "__main__":
    sys.exit(main())
