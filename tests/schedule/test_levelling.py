"""Levelling: no unit overloaded, never worse than the list, the same effort the same schedule, proofs true."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import CALENDARS, TODAY, UNITS, generated, spans

from luoshi.schedule.checker import faults
from luoshi.schedule.levelling import Effort, optimise
from luoshi.schedule.levelling.compiled import FAST, whole, zeros
from luoshi.schedule.levelling.hunt import in_turn, packed
from luoshi.schedule.levelling.kernel import cost_of, forwards
from luoshi.schedule.levelling.prove import HERE
from luoshi.schedule.limits import Limits, Shared, share
from luoshi.schedule.network import Network, Task, Wait
from luoshi.schedule.passes import two_way
from luoshi.schedule.work import Work

CAPACITY = dict.fromkeys(UNITS, 1)
needs_solver = pytest.mark.skipif(not HERE, reason="the extra `optimise` is not installed")


def small_project(seed: int, steps: int = 7) -> Work:
    """Steps of one to five days, two kinds of places, as PSPLIB has them."""
    chance = Random(seed)
    days = [0, *(chance.randint(1, 5) for _ in range(steps)), 0]
    count = len(days)
    arcs = {(0, j) for j in range(1, count)} | {(j, count - 1) for j in range(count - 1)}
    arcs |= {(chance.randrange(1, b), b) for b in range(2, count - 1) if chance.random() < 0.6}
    pred_at, pred = _rows(count, [(b, a) for a, b in sorted(arcs)])
    succ_at, succ = _rows(count, sorted(arcs))
    needs = [[(r, chance.randint(1, 3)) for r in (0, 1) if days[j] and chance.random() < 0.7] for j in range(count)]
    need_at = [0]
    for row in needs:
        need_at.append(need_at[-1] + len(row))
    horizon, nothing = sum(days) + 2, [0] * count
    return Work(
        steps=count, horizon=horizon, plain=1, days=days, calendar=nothing, gate=nothing, release=nothing, due=nothing,
        weight=[*nothing[1:], 1], pred_at=pred_at, pred=pred, pred_lag=[0] * len(pred), succ_at=succ_at, succ=succ,
        succ_lag=[0] * len(succ), need_at=need_at, need=[r for row in needs for r, _ in row],
        amount=[a for row in needs for _, a in row], capacity=[4, 3], busy=[0] * (2 * horizon),
        count=[0], opened=[0], opens=[0], closes=[0],
    )  # fmt: skip


def _rows(count: int, arcs: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    lists: list[list[int]] = [[] for _ in range(count)]
    for row, other in arcs:
        lists[row].append(other)
    at = [0]
    for one in lists:
        at.append(at[-1] + len(one))
    return at, [other for one in lists for other in one]


def least_cost(work: Work) -> int:
    """By trying every order: serial schedule generation reaches the best schedule from one of them (Kolisch 1996)."""
    kernel, start, end = packed(work), zeros(work.steps), zeros(work.steps)
    best = work.horizon
    for middle in permutations(range(1, work.steps - 1)):
        order = [0, *middle, work.steps - 1]
        if in_turn(work, order) == order:
            forwards(kernel, whole(order), 0, start, end, whole(work.busy))
            best = min(best, int(cost_of(kernel, end)))
    return best


@pytest.mark.parametrize("seed", range(6))
def test_the_search_finds_the_least_cost_of_small_projects(seed: int) -> None:
    work = small_project(seed, steps=6)
    found = optimise(work, Effort(children=300, size=20))
    assert found is not None
    assert found.cost == least_cost(work)
    assert found.bound <= found.cost


@needs_solver
@pytest.mark.parametrize("seed", range(6, 12))
def test_a_proof_is_true(seed: int) -> None:
    work = small_project(seed, steps=6)
    found = optimise(work, Effort(children=50, size=20), seconds=5.0)
    assert found is not None
    assert found.proven
    assert found.cost == least_cost(work)


@needs_solver
@pytest.mark.parametrize("seed", range(4))
def test_the_solver_knows_calendars_windows_and_lags(seed: int) -> None:
    """What it proves best is never beaten by a search, and its dates obey every rule."""
    network = generated(seed, most=10, keeps=False)
    searched = share(network, TODAY, Limits(CAPACITY, effort=Effort(children=400, size=20)))
    proven = share(network, TODAY, Limits(CAPACITY, effort=Effort(children=50, size=20), seconds=2.0))
    assert isinstance(searched, Shared)
    assert isinstance(proven, Shared)
    assert faults(network, TODAY, spans(proven.solved, proven.dates), CAPACITY) == []
    assert not proven.levelled.proven or proven.levelled.cost <= searched.levelled.cost


@given(st.integers(0, 10**6))
@settings(max_examples=30)
def test_the_search_is_never_worse_than_the_list_heuristic_and_obeys_every_rule(seed: int) -> None:
    network = generated(seed, most=12, keeps=False)
    listed = share(network, TODAY, Limits(CAPACITY))
    searched = share(network, TODAY, Limits(CAPACITY, effort=Effort(children=100, size=10)))
    if isinstance(listed, Shared) and isinstance(searched, Shared):
        assert searched.levelled.bound <= searched.levelled.cost <= listed.levelled.cost
        for found in (listed, searched):
            assert faults(network, TODAY, spans(found.solved, found.dates), CAPACITY) == []


def test_the_same_effort_finds_the_same_schedule() -> None:
    work = small_project(3, steps=12)
    effort = Effort(children=200, size=15, islands=2, seed=7)
    assert optimise(work, effort) == optimise(work, effort)
    assert optimise(work, replace(effort, seed=8)) is not None


def test_time_that_is_up_ends_the_search() -> None:
    found = optimise(small_project(5, steps=12), Effort(children=10**9, left=lambda: 0.0))
    assert found is not None
    assert found.cost >= found.bound


def test_more_places_never_cost_more_than_one_each() -> None:
    network = generated(11, most=20, keeps=False)
    one = share(network, TODAY, Limits(CAPACITY, effort=Effort(children=200, size=20)))
    many = share(network, TODAY, Limits(dict.fromkeys(UNITS, 50)))
    assert isinstance(one, Shared)
    assert isinstance(many, Shared)
    assert many.levelled.cost == many.levelled.bound <= one.levelled.cost
    assert many.levelled.proven


def test_steps_under_way_keep_their_dates_and_their_places() -> None:
    tasks = (
        Task("running", unit="甲", days=10, release=date(2026, 2, 26)),
        Task("next", unit="甲", days=2, due=date(2026, 3, 6), weight=1),
        Task("other", unit="乙", days=2, due=date(2026, 3, 6), weight=1),
    )
    found = share(Network(tasks), TODAY, Limits({"甲": 1}, frozenset({"running"})))
    assert isinstance(found, Shared)
    dates = spans(found.solved, found.dates)
    assert dates["running"].start == date(2026, 2, 26)
    assert dates["next"].start >= dates["running"].end
    assert dates["other"].start == TODAY


def test_a_unit_asked_for_more_places_than_it_has_gets_just_enough() -> None:
    found = share(Network((Task("big", unit="甲", days=2, places=3, weight=1, due=TODAY),)), TODAY, Limits({"甲": 1}))
    assert isinstance(found, Shared)
    assert spans(found.solved, found.dates)["big"].start == TODAY


def test_a_network_without_dates_is_not_levelled() -> None:
    ring = Network((Task("a", unit="甲"), Task("b", unit="甲")), (Wait("a", "b"), Wait("b", "a")), (), CALENDARS)
    found = share(ring, TODAY, Limits({"甲": 1}))
    assert not isinstance(found, Shared)
    assert set(found.circle) == {"a", "b"}


def test_the_order_of_the_list_heuristic_respects_every_wait() -> None:
    work = small_project(9, steps=15)
    order = in_turn(work, list(reversed(range(work.steps))))
    place = {j: nth for nth, j in enumerate(order)}
    for j in range(work.steps):
        assert all(place[p] < place[j] for p in work.pred[work.pred_at[j] : work.pred_at[j + 1]])
    assert sorted(two_way(work).order) == sorted(order)


@pytest.mark.skipif(not FAST, reason="the extra `fast` is not installed")
def test_compiled_and_plain_find_the_same_schedule() -> None:
    """The kernel as plain Python, in a process of its own."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from test_levelling import small_project; from luoshi.schedule.levelling import Effort, optimise\n"
        "print(optimise(small_project(3, steps=12), Effort(children=60, size=10, islands=2)))"
    )
    here = os.path.dirname(__file__)  # noqa: PTH120
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, here], env={**os.environ, **env}, capture_output=True, text=True, check=True
        )
        for env in ({"NUMBA_DISABLE_JIT": "1"}, {})
    ]
    assert runs[0].stdout == runs[1].stdout != ""
