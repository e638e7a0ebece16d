"""The model everyone shares: a frozen plan, JSON in and out."""

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
    "FORMAT", "Commitment", "Deadline", "Duty", "Facts", "Figure", "Finding", "Indicator", "Item", "Member",
    "Period", "Plan", "Rung", "Section", "Unread", "schema",
]  # fmt: skip
