"""What came of a ballot: counts and shares of every matter, on line and on paper together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from luoshi.store.balloting import CHOICES, agreed, matters_on, online_votes, paper_counts
from luoshi.web.deputies import words

if TYPE_CHECKING:
    from luoshi.store.models import Ballot

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Line:
    """A matter of the result: its counts by choice, and each as a share of all votes about it."""

    place: int
    title: str
    lead: str
    matter: int
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def shown(self) -> list[tuple[str, int, str]]:
        """Word, count and share of every choice."""
        return [(words.choice(name), self.counts[name], self.share(name)) for name in CHOICES]

    @property
    def bars(self) -> list[tuple[str, float, float]]:
        """Every choice with where it begins on a strip of 100 and how wide it is; the numbers stand beside it."""
        made, at = [], 0.0
        for name in CHOICES:
            wide = round(100 * self.counts[name] / max(1, self.total), 2)
            made.append((name, round(at, 2), wide))
            at += wide
        return made

    def share(self, choice: str) -> str:
        """The share of ``choice`` in per cent with one decimal; a dash where nobody voted."""
        if not self.total:
            return "—"
        return f"{(Decimal(100 * self.counts[choice]) / self.total).quantize(_TENTH, ROUND_HALF_UP)}%"


def result_of(ballot: Ballot) -> list[Line]:
    """Every matter of the ballot; paper ballots count only where two people counted the same."""
    online, paper = online_votes(ballot), agreed(paper_counts(ballot).values()) or {}
    return [
        Line(
            nth,
            row.matter.title,
            row.matter.lead_name,
            row.matter_id,
            {name: online.get(row.pk, {}).get(name, 0) + paper.get(row.pk, {}).get(name, 0) for name in CHOICES},
        )
        for nth, row in enumerate(matters_on(ballot), 1)
    ]
