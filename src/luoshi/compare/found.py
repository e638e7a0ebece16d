"""What was found about one promise in one later report."""

from __future__ import annotations

from dataclasses import dataclass, field

from luoshi.compare.model import Candidate, Outcome, Verdict


@dataclass(frozen=True)
class Found:
    """A verdict with the outcome it rests on and the candidates that were looked at."""

    verdict: Verdict
    outcome: Outcome
    candidates: tuple[Candidate, ...] = field(default=())
