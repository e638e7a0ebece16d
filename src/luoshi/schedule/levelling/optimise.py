"""The whole way of levelling: list heuristic, a short search, the solver for proof, the search with what is left."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.schedule.levelling.genetic import NEVER
from luoshi.schedule.levelling.hunt import Effort, Hunt, by_start
from luoshi.schedule.levelling.prove import HERE, prove
from luoshi.schedule.passes import TwoWay, two_way
from luoshi.schedule.work import Work

FIRST, SOLVER = 0.25, 0.25  # shares of the time for the first search and the solver
LARGEST = 1_500  # steps beyond which the solver is not asked


@dataclass(frozen=True, slots=True)
class Levelled:
    """Starts and ends by step, what the lateness of the goals costs, and the least it can cost as far as is known."""

    start: tuple[int, ...]
    end: tuple[int, ...]
    cost: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether no schedule costs less."""
        return self.cost <= self.bound


def optimise(work: Work, effort: Effort, *, seconds: float = 0.0, workers: int = 1) -> Levelled | None:
    """The best schedule of ``work`` that ``effort`` finds; None where no schedule fits on the axis.

    ``seconds`` is the time in all, of which a quarter goes to the solver where it is installed (0: no solver; then the
    answer depends on the effort's children and seed alone).
    """
    passes = two_way(work)
    hunt = Hunt(work, passes, effort)
    bound = lower_bound(work, passes)
    if hunt.cost >= NEVER:
        return None
    if HERE and seconds > 0 and work.steps <= LARGEST:
        hunt.run(until=seconds * (1 - FIRST), goal=bound)
        if hunt.cost > bound:
            budget = max(min(seconds * SOLVER, effort.left()), 0.1)
            proof = prove(work, passes, hunt.start, hunt.cost, bound, seconds=budget, workers=workers)
            bound = max(bound, proof.bound)
            if proof.start:
                hunt.hear(by_start(work, proof.start))
    hunt.run(until=0.0, goal=bound)
    start, end = hunt.dates()
    return Levelled(tuple(start), tuple(end), hunt.cost, min(bound, hunt.cost))


def lower_bound(work: Work, passes: TwoWay) -> int:
    """What the goals cost at least: each ends no earlier than without limits of places."""
    return sum(w * max(0, passes.end[j] - work.due[j]) for j, w in enumerate(work.weight) if w)
