"""A genetic search over the order of steps; every child is justified.

Hartmann (1998), activity lists with two-point crossover; Valls, Ballestín and Quintanilla (2008), justification of
every child. Chance comes from the seed alone, and how long it runs is counted in children: the same call gives the
same schedule. An island keeps everything to itself, so several may run side by side.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from luoshi.schedule.levelling.compiled import compiled, whole, zeros
from luoshi.schedule.levelling.kernel import justified
from luoshi.schedule.work import Work

NEVER = 1 << 60
PATIENCE = 60  # children for each order kept, without a better schedule, before an island starts anew


class Island(NamedTuple):
    """``size`` orders with their costs and marks (equal marks: most likely equal schedules); the best; scratch.

    ``state`` holds: 0 chance, 1 the best cost, 2 children since it fell, 3 children in all, 4 how many orders are in.
    """

    size: int
    order: Any
    cost: Any
    mark: Any
    best: Any
    state: Any
    child: Any
    start: Any
    end: Any
    used: Any
    bins: Any
    seen: Any


def island(work: Work, size: int, seed: int) -> Island:
    """An island without orders yet."""
    n = work.steps
    made = Island(
        size, zeros(size * n), zeros(size), zeros(size), zeros(n), zeros(5), zeros(n), zeros(n), zeros(n),
        whole(work.busy), zeros(work.horizon + 2 + n), zeros(n),
    )  # fmt: skip
    made.state[0] = (seed * 2654435761 + 88172645) & 0x7FFFFFFF | 1
    made.state[1] = NEVER
    return made


@compiled
def draw(state: Any, below: int) -> int:
    """The next number below ``below`` (Marsaglia's xorshift on 32 bits)."""
    x = state[0]
    x ^= (x << 13) & 0xFFFFFFFF
    x ^= x >> 17
    x ^= (x << 5) & 0xFFFFFFFF
    state[0] = x
    found: int = (x >> 3) % below
    return found


@compiled
def judge(work: Work, isle: Island) -> int:
    """Justify the child and note it if it is the best so far; its cost, or -1 if it does not fit."""
    cost: int = justified(work, isle.child, 0, isle.start, isle.end, isle.used, isle.bins)
    isle.state[3] += 1
    isle.state[2] += 1
    if 0 <= cost < isle.state[1]:
        isle.state[1] = cost
        isle.state[2] = 0
        for j in range(work.steps):
            isle.best[j] = isle.start[j]
    return cost


@compiled
def mark_of(work: Work, isle: Island) -> int:
    """A number that tells schedules of equal cost apart."""
    mark = 0
    for j in range(work.steps):
        mark = (mark * 31 + isle.start[j]) & 0xFFFFFFFFFFF
    return mark


@compiled
def known(isle: Island, cost: int, mark: int) -> bool:
    """Whether such a schedule is on the island already."""
    for k in range(isle.state[4]):  # noqa: SIM110 — numba knows no generators
        if isle.cost[k] == cost and isle.mark[k] == mark:
            return True
    return False


@compiled
def keep(work: Work, isle: Island, k: int, cost: int, mark: int) -> None:
    """Put the child in place ``k``."""
    for nth in range(work.steps):
        isle.order[k * work.steps + nth] = isle.child[nth]
    isle.cost[k] = cost
    isle.mark[k] = mark


@compiled
def arrive(work: Work, isle: Island) -> int:
    """Judge the order in ``child`` and give it a place while there is room; its cost."""
    cost: int = judge(work, isle)
    if cost >= 0 and isle.state[4] < isle.size:
        mark = mark_of(work, isle)
        if not known(isle, cost, mark):
            keep(work, isle, isle.state[4], cost, mark)
            isle.state[4] += 1
    return cost


@compiled
def shuffle(work: Work, isle: Island, rank: Any, spread: int) -> None:
    """An order that waits where it must: among the steps that may come next, one with a low ``rank`` is likely.

    Regret-based sampling (Drexl 1991) in its simplest form: of ``spread`` steps drawn at random the one with the
    lowest rank is taken.
    """
    ready = 0
    for j in range(work.steps):
        isle.seen[j] = work.pred_at[j + 1] - work.pred_at[j]
        if isle.seen[j] == 0:
            isle.bins[ready] = j
            ready += 1
    for nth in range(work.steps):
        pick = draw(isle.state, ready)
        for _ in range(spread - 1):
            other = draw(isle.state, ready)
            if rank[isle.bins[other]] < rank[isle.bins[pick]]:
                pick = other
        j = isle.bins[pick]
        ready -= 1
        isle.bins[pick] = isle.bins[ready]
        isle.child[nth] = j
        for k in range(work.succ_at[j], work.succ_at[j + 1]):
            isle.seen[work.succ[k]] -= 1
            if isle.seen[work.succ[k]] == 0:
                isle.bins[ready] = work.succ[k]
                ready += 1


@compiled
def settle(work: Work, isle: Island, rank: Any, tries: int) -> None:
    """Fill the island with orders drawn around ``rank``, as far as ``tries`` go; a stale one from the beginning."""
    if isle.state[2] > PATIENCE * isle.size:
        isle.state[4] = 0
        isle.state[2] = 0
    for nth in range(tries):
        if isle.state[4] >= isle.size:
            break
        shuffle(work, isle, rank, 2 + nth % 3)
        arrive(work, isle)


@compiled
def cross(work: Work, isle: Island, mother: int, father: int) -> None:
    """Into ``child``: a stretch of the father's order between two stretches of the mother's (Hartmann's two points)."""
    n = work.steps
    one = draw(isle.state, n)
    length = n // 4 + draw(isle.state, n // 2 + 1)
    two = min(n, one + length)
    for j in range(n):
        isle.seen[j] = 0
    at = 0
    for nth in range(one):
        j = isle.order[mother * n + nth]
        isle.child[at] = j
        isle.seen[j] = 1
        at += 1
    for nth in range(n):
        if at >= two:
            break
        j = isle.order[father * n + nth]
        if isle.seen[j] == 0:
            isle.child[at] = j
            isle.seen[j] = 1
            at += 1
    for nth in range(n):
        j = isle.order[mother * n + nth]
        if isle.seen[j] == 0:
            isle.child[at] = j
            at += 1


@compiled
def waits_for(work: Work, later: int, earlier: int) -> bool:
    """Whether ``later`` waits for ``earlier`` directly."""
    for k in range(work.pred_at[later], work.pred_at[later + 1]):  # noqa: SIM110 — as above
        if work.pred[k] == earlier:
            return True
    return False


@compiled
def mutate(work: Work, isle: Island, often: int) -> None:
    """Swap neighbours of ``child``, each with a chance of ``often`` in 1,000, where none waits for the other."""
    for nth in range(work.steps - 1):
        if draw(isle.state, 1000) < often:
            one, two = isle.child[nth], isle.child[nth + 1]
            if not waits_for(work, two, one):
                isle.child[nth] = two
                isle.child[nth + 1] = one


@compiled
def better(isle: Island) -> int:
    """Of two orders drawn, the one that costs less."""
    one, two = draw(isle.state, isle.state[4]), draw(isle.state, isle.state[4])
    return one if isle.cost[one] <= isle.cost[two] else two


@compiled
def worse(isle: Island) -> int:
    """Of three orders drawn, the one that costs most."""
    pick = draw(isle.state, isle.state[4])
    for _ in range(2):
        other = draw(isle.state, isle.state[4])
        if isle.cost[other] > isle.cost[pick]:
            pick = other
    return pick


@compiled
def invite(work: Work, isle: Island) -> None:
    """Judge the order in ``child`` and give it the place of a worse one."""
    cost = judge(work, isle)
    k = worse(isle)
    mark = mark_of(work, isle)
    if 0 <= cost <= isle.cost[k] and not known(isle, cost, mark):
        keep(work, isle, k, cost, mark)


@compiled
def evolve(work: Work, isle: Island, children: int, goal: int, often: int) -> int:
    """Raise ``children`` children, or fewer where one costs no more than ``goal``; the best cost so far."""
    for _ in range(children):
        if isle.state[1] <= goal or isle.state[4] < 2 or isle.state[2] > PATIENCE * isle.size:
            break
        cross(work, isle, better(isle), better(isle))
        mutate(work, isle, often)
        invite(work, isle)
    best: int = isle.state[1]
    return best
