"""What supervision knows of one matter (督查事项): frozen, exact, JSON in and out.

Percentages are decimals from 0 to 100. Days are dates; nothing here knows what day it is. Members that this version
does not know are kept.
"""

from __future__ import annotations

from datetime import date as Day  # noqa: N812
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from luoshi.plan.model import DateBasis, Kind, Node, Openness, Strength

Colour = Literal["blue", "green", "yellow", "red", "grey", "stale"]
Forecast = Literal["done", "sure", "hard", "adjusted", "unable"]
Percent = Annotated[Decimal, Field(ge=0, le=100, allow_inf_nan=False)]
Money = Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]
Weight = Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]


class Milestone(Node):
    """A node (节点) of the matter's own path: by ``day`` it is to stand at ``percent``; ``met`` when verified."""

    name: str
    day: Day
    percent: Percent
    met: Day | None = None


class Evidence(Node):
    """Evidence; ``kind`` is one of ``evidence.toml``, ``day`` when it came to exist, ``false`` if refuted.

    ``openness`` None: nobody has labelled it.
    """

    id: str
    kind: str
    day: Day
    place: str = ""
    note: str = ""
    false: bool = False
    openness: Openness | None = None


class Slip(Node):
    """An escalation slip (督查单): its colour in the profile in force, what it demands, by when, and the answer."""

    colour: str
    day: Day
    answer_by: Day
    demand: str
    answered: Day | None = None


class Request(Node):
    """A request for a change (延期、改目标、换单位、中止、终止): what is asked, why, and what became of it."""

    kind: str
    day: Day
    reason: str
    due: Day | None = None
    target: str | None = None
    lead: str | None = None
    restart: Day | None = None
    nodes: tuple[Milestone, ...] = ()
    checked: Day | None = None
    granted: bool | None = None


class Signature(Node):
    """A unit has signed for the matter."""

    unit: str
    day: Day
    person: str = ""


class Drift(Node):
    """A promise that was changed after it was approved: nothing is overwritten without a line here."""

    day: Day
    field: str
    before: str
    after: str
    reason: str


class Override(Node):
    """A light set by hand: by whom, why and until when."""

    light: Colour
    until: Day
    reason: str
    by: str


class PeriodLight(Node):
    """The light at the end of a period; ``plain`` is the colour before a rule about repetition raised it."""

    day: Day
    colour: Colour
    plain: Colour


class Matter(Node):
    """One matter under supervision.

    ``revision`` counts moves (compare-and-set); ``since`` is the day ``state`` was entered. ``reported`` and
    ``verified`` stand side by side. ``lead`` and ``help`` are units, ``leader`` is a post. ``openness`` is
    None where nobody has labelled it. ``funds_…`` are in 万元; ``stages`` says in words what stands at the end of each
    quarter (形象进度). ``procedure`` is the one that a person chose for its schedule; empty: as its title suggests.
    """

    id: str
    title: str
    kind: Kind = "action"
    strength: Strength = "own"
    theme: str = ""
    weight: Weight = Decimal(1)
    important: bool = False
    money: bool = False
    state: str = "extracted"
    since: Day
    revision: int = Field(default=0, ge=0)
    number: str = ""
    lead: str = ""
    help: tuple[str, ...] = ()
    leader: str = ""
    person: str = ""
    begin: Day | None = None
    due: Day | None = None
    due_basis: DateBasis | Literal["approved"] = "none"
    first_due: Day | None = None
    target: str = ""
    measures: str = ""
    nodes: tuple[Milestone, ...] = ()
    rhythm: str = "monthly"
    started: Day | None = None
    reported: Percent = Decimal(0)
    reported_on: Day | None = None
    verified: Percent = Decimal(0)
    verified_on: Day | None = None
    forecast: Forecast | None = None
    progress: str = ""
    difficulties: str = ""
    next_step: str = ""
    cause: str | None = None
    ask: str = ""
    evidence: tuple[Evidence, ...] = ()
    signatures: tuple[Signature, ...] = ()
    slips: tuple[Slip, ...] = ()
    requests: tuple[Request, ...] = ()
    drift: tuple[Drift, ...] = ()
    lights: tuple[PeriodLight, ...] = ()
    override: Override | None = None
    restart: Day | None = None
    done_on: Day | None = None
    conclusion: str = ""
    effect: str | None = None
    closed_on: Day | None = None
    into: str | None = None
    carried_from: str | None = None
    broken: Day | None = None
    listed: Day | None = None
    must_list: bool = False
    funds_required: Decimal | None = None
    funds_planned: Decimal | None = None
    funds_received: Decimal | None = None
    funds_paid: Decimal = Decimal(0)
    stages: tuple[str, ...] = ()
    remark: str = ""
    procedure: str = ""
    openness: Openness | None = None


class Actor(Node):
    """Who acts: in which role, for which unit, from which post."""

    role: str
    unit: str = ""
    person: str = ""
    post: str = ""


class Event(Node):
    """A move that somebody wants to make. ``expected`` is the revision they saw; None does not compare.

    The other members are what the move asks for; the table says which are required.
    """

    move: str
    by: Actor
    expected: int | None = None
    reason: str = ""
    number: str = ""
    due: Day | None = None
    lead: str = ""
    help: tuple[str, ...] = ()
    leader: str = ""
    person: str = ""
    measures: str = ""
    nodes: tuple[Milestone, ...] = ()
    percent: Percent | None = None
    progress: str = ""
    difficulties: str = ""
    next_step: str = ""
    cause: str | None = None
    ask: str = ""
    forecast: Forecast | None = None
    evidence: tuple[Evidence, ...] = ()
    verified: Percent | None = None
    colour: str = ""
    demand: str = ""
    answer_by: Day | None = None
    request: str = ""
    target: str = ""
    restart: Day | None = None
    note: str = ""
    done_on: Day | None = None
    summary: str = ""
    conclusion: str = ""
    effect: Literal["seen", "unseen"] | None = None
    into: str = ""
    evidence_id: str = ""
    node: str = ""
    met_on: Day | None = None
    light: Colour | None = None
    until: Day | None = None
    stages: tuple[str, ...] = ()
    funds_planned: Money | None = None
    funds_received: Money | None = None
    funds_paid: Money | None = None
    remark: str = ""
    procedure: str = ""


class Notice(Node):
    """A document to send: to whom (a unit or, for a leader, a post), which document, about what."""

    to: str
    role: str
    document: str
    matter: str
    title: str
    day: Day


class Entry(Node):
    """One line of the ledger: one move, by whom, from where to where, what was given. There is exactly one a move."""

    matter: str
    revision: int
    day: Day
    move: str
    before: str
    after: str
    by: Actor
    given: dict[str, str]
