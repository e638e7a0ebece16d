"""What a comparison says, on the wire ``luoshi.comparison/1`` (see ``docs/comparing.md``). Frozen.

Offsets count Unicode code points in the text of the report that ``report`` names; ``text`` is the slice between them.
"""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 — a field is called `date`
from typing import Literal

from pydantic import BaseModel, ConfigDict

from luoshi.plan import Finding

COMPARISON: Literal["luoshi.comparison/1"] = "luoshi.comparison/1"

Verdict = Literal["met", "missed", "met_other_basis", "not_comparable", "not_reported", "pending"]
State = Literal[
    "built", "built_late", "partly", "under_way", "started", "carried_over", "failed", "won", "held", "claimed"
]
PromiseKind = Literal["target", "project", "recognition", "hold", "action"]


class Node(BaseModel):
    """Base of everything in a comparison."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Report(Node):
    """A report that was compared; ``id`` is its year, ``reviewed`` the last year that it looks back on."""

    id: str
    title: str = ""
    place: str | None = None
    level: str | None = None
    year: int
    reviewed: int
    source: str = ""
    sha256: str = ""


class Number(Node):
    """A figure as the plan has it; ``basis`` are the words that say it is counted another way (可比, 同口径)."""

    text: str
    value: str
    value2: str | None = None
    unit: str = ""
    comparator: str = "eq"
    measure: str = "level"
    direction: str | None = None
    hedge: str | None = None
    basis: str | None = None
    indicator: str | None = None
    code: str | None = None
    period: str | None = None


class Quote(Node):
    """Words of a report and the sentence they stand in (empty where only the plan was at hand, not its text)."""

    report: str
    start: int
    end: int
    text: str
    sentence: str = ""
    sentence_start: int | None = None


class Candidate(Node):
    """A place of a later report that may tell what became of the promise; ``score`` runs from 0 to 1."""

    quote: Quote
    score: float
    number: Number | None = None


class Outcome(Node):
    """What a later report says: the ``quotes`` that decide, the ``arithmetic``, and in ``because`` why, in words."""

    report: str | None = None
    state: State | None = None
    quotes: tuple[Quote, ...] = ()
    numbers: tuple[Number, ...] = ()
    arithmetic: str = ""
    because: str = ""
    notes: tuple[str, ...] = ()


class Decided(Node):
    """A person's decision that stands above the machine's; ``read_as`` is what the machine had found."""

    who: str | None = None
    when: str | None = None
    why: str | None = None
    read_as: Verdict


class Promise(Node):
    """One promise of one report and what became of it.

    ``thread`` is the same for the promises of all reports about one indicator, project or title. ``carried`` counts the
    later reports that promise the same again. ``also`` are other places of the same report that promise the same.
    """

    id: str
    report: str
    thread: str
    name: str
    kind: PromiseKind
    strength: str = "own"
    quote: Quote
    also: tuple[Quote, ...] = ()
    number: Number | None = None
    due: Day
    verdict: Verdict
    outcome: Outcome = Outcome()
    carried: int = 0
    carried_to: tuple[Quote, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    decided: Decided | None = None


class Comparison(Node):
    """Every promise of the reports but the last ones' future, and what was odd; the wire is ``luoshi.comparison/1``."""

    format: Literal["luoshi.comparison/1"] = COMPARISON
    place: str | None = None
    reports: tuple[Report, ...] = ()
    promises: tuple[Promise, ...] = ()
    problems: tuple[Finding, ...] = ()

    def to_json(self, *, indent: int | None = None) -> str:
        """The comparison as JSON text, Chinese unescaped; the same comparison always gives the same text."""
        return self.model_dump_json(indent=indent)
