"""Logistic regression with an L2 penalty over sparse features, by dual coordinate descent; no package but Python.

The method is that of Yu, Huang and Lin, Dual coordinate descent methods for logistic regression and maximum entropy
models, Machine Learning 85 (2011): one example at a time, its dual variable found by Newton's method in its logit.
"""

from __future__ import annotations

import random
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import exp
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)

_ROUNDS = 30
_STEPS = 20
_CLOSE = 1e-6
_FARTHEST = 60.0


@dataclass(frozen=True, slots=True)
class Example(Generic[Name]):
    """What is to be told apart: its features (one named twice counts twice), the answer, and how much it counts."""

    features: Sequence[Name]
    yes: bool
    worth: float = 1.0


def fit(examples: Sequence[Example[Name]], cost: float, *, least: int = 2, seed: int = 1) -> dict[Name, float]:
    """The weights that tell ``yes`` (a sum above zero) from no.

    ``cost`` is what one error costs against the penalty on the weights; a feature in fewer than ``least`` examples
    gets no weight. The same examples and ``seed`` give the same weights.
    """
    order, rows = _rows(examples, least)
    weights = [0.0] * len(order)
    bounds = [cost * one.worth for one in examples]
    signs = [1.0 if one.yes else -1.0 for one in examples]
    squares = [sum(times * times for _, times in row) for row in rows]
    duals = [0.0] * len(rows)
    logits = [0.0] * len(rows)
    turns, chance = list(range(len(rows))), random.Random(seed)
    for at, row in enumerate(rows):
        duals[at] = bounds[at] / 2
        _add(weights, row, signs[at] * duals[at])
    for _ in range(_ROUNDS):
        chance.shuffle(turns)
        for at in turns:
            row, sign = rows[at], signs[at]
            margin = sign * sum(weights[column] * times for column, times in row)
            logits[at] = _logit(margin, squares[at], duals[at], bounds[at], logits[at])
            new = bounds[at] * _squash(logits[at])
            _add(weights, row, sign * (new - duals[at]))
            duals[at] = new
    return dict(zip(order, weights, strict=True))


def _rows(examples: Sequence[Example[Name]], least: int) -> tuple[list[Name], list[list[tuple[int, float]]]]:
    """The features kept, and every example as (column, how often)."""
    seen: dict[Name, int] = {}
    for one in examples:
        for name in dict.fromkeys(one.features):
            seen[name] = seen.get(name, 0) + 1
    order = [name for name, count in seen.items() if count >= least]
    columns = {name: at for at, name in enumerate(order)}
    rows = []
    for one in examples:
        row: dict[int, float] = {}
        for name in one.features:
            if name in columns:
                row[columns[name]] = row.get(columns[name], 0.0) + 1.0
        rows.append(list(row.items()))
    return order, rows


def _add(weights: list[float], row: list[tuple[int, float]], step: float) -> None:
    for column, times in row:
        weights[column] += step * times


def _squash(logit: float) -> float:
    return 1 / (1 + exp(-max(-_FARTHEST, min(_FARTHEST, logit))))


def _logit(margin: float, square: float, dual: float, bound: float, logit: float) -> float:
    """Where t + square × (bound × σ(t) − dual) + margin is zero: it grows with t, so Newton's steps are held inside."""
    low, high = -margin - square * (bound - dual), -margin + square * dual
    logit = max(low, min(high, logit))
    for _ in range(_STEPS):
        part = _squash(logit)
        value = logit + square * (bound * part - dual) + margin
        if abs(value) < _CLOSE:
            break
        low, high = (logit, high) if value < 0 else (low, logit)
        logit -= value / (1 + square * bound * part * (1 - part))
        if not low <= logit <= high:
            logit = (low + high) / 2
    return logit
