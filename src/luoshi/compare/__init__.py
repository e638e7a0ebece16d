"""Promise against outcome over two or more reports of one place, and the difference of two versions of one plan."""

from luoshi.compare.decisions import DECISIONS, Decision, Decisions
from luoshi.compare.editions import Edition
from luoshi.compare.judging import Bands, bands
from luoshi.compare.ledger import compare
from luoshi.compare.model import (
    COMPARISON,
    Candidate,
    Comparison,
    Decided,
    Number,
    Outcome,
    Promise,
    Quote,
    Report,
    State,
    Verdict,
)

__all__ = [
    "COMPARISON", "DECISIONS", "Bands", "Candidate", "Comparison", "Decided", "Decision", "Decisions", "Edition",
    "Number", "Outcome", "Promise", "Quote", "Report", "State", "Verdict", "bands", "compare",
]  # fmt: skip
