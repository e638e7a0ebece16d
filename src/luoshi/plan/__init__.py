"""The model everyone shares: a frozen plan, JSON in and out."""

from luoshi.plan.corrections import CORRECTIONS, Correction, Corrections, appended, correct
from luoshi.plan.model import (
    FORMAT,
    Commitment,
    Deadline,
    Duty,
    Facts,
    Figure,
    Finding,
    Indicator,
    Item,
    Member,
    Period,
    Plan,
    Rung,
    Section,
    Unread,
    schema,
)

__all__ = [
    "CORRECTIONS", "FORMAT", "Commitment", "Correction", "Corrections", "Deadline", "Duty", "Facts", "Figure",
    "Finding", "Indicator", "Item", "Member", "Period", "Plan", "Rung", "Section", "Unread", "appended", "correct",
    "schema",
]  # fmt: skip
