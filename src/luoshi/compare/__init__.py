"""Promise against outcome over two or more reports of one place, and the difference of two versions of one plan."""

from luoshi.compare.candidates import Meaning
from luoshi.compare.decisions import DECISIONS, Decision, Decisions, Meant, decide, meant
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
from luoshi.compare.ngrams import by_ngrams
from luoshi.compare.versions import DIFFERENCE, Change, Difference, Shift, diff

__all__ = [
    "COMPARISON", "DECISIONS", "DIFFERENCE", "Bands", "Candidate", "Change", "Comparison", "Decided", "Decision",
    "Decisions", "Difference", "Edition", "Meaning", "Meant", "Number", "Outcome", "Promise", "Quote", "Report",
    "Shift", "State", "Verdict", "bands", "by_ngrams", "compare", "decide", "diff", "meant",
]  # fmt: skip
