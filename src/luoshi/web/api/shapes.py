"""The shapes of what goes in and comes out."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar

from ninja import Field, Schema
from pydantic import ConfigDict

T = TypeVar("T")
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Revision = Annotated[int, Field(ge=0, le=2**31 - 1)]
Word = Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")]
Day = Annotated[date, Field(ge=date(1949, 1, 1), le=date(2100, 12, 31))]
Percent = Annotated[Decimal, Field(ge=0, le=100)]


class Fault(Schema):
    """One thing that is wrong: its code (docs/problems.md), what was found, why it matters, what to do."""

    code: str
    message: str
    why: str
    advice: str


class Change(Schema):
    """What somebody changed since the revision that was named: members of the matter, each before and after."""

    revision: int
    at: datetime
    actor: str
    move: str
    changes: dict[str, Any]


class Faults(Schema):
    """The answer to a request that was refused; ``changed`` only with 409."""

    problems: list[Fault]
    revision: int | None = None
    changed: list[Change] = Field(default_factory=list)


class Paged(Schema, Generic[T]):
    """A page of a list: ``count`` in all, ``page`` of ``pages``."""

    count: int
    page: int
    pages: int
    items: list[T]


class ReportOut(Schema):
    """A report that was brought in."""

    id: int
    title: str
    place: str
    level: str
    year: int | None
    begins: date | None
    ends: date | None
    label: str
    items: int
    revision: int


class MatterOut(Schema):
    """A matter as lists show it."""

    id: int
    report: int = Field(alias="report_id")
    item: str
    number: str
    title: str
    state: str
    kind: str
    theme: str
    lead: str = Field(alias="lead_name")
    leader: str
    important: bool
    due: date | None
    light: str
    hollow: bool
    light_day: date | None
    progress_class: str
    label: str
    reported: Decimal
    verified: Decimal
    reported_on: date | None
    revision: int
    updated: datetime


class MatterWhole(MatterOut):
    """A matter with all that supervision knows of it (``luoshi.items/1``); null to whoever sees only what is public."""

    body: dict[str, Any] | None


class EntryOut(Schema):
    """An entry of the record about a matter."""

    sequence: int
    at: datetime
    actor: str
    role: str
    action: str
    summary: str
    given: dict[str, Any]


class MoveIn(Schema):
    """A move: its name, the revision that was seen, what the move asks for; ``key`` makes a second try harmless."""

    model_config = ConfigDict(extra="forbid")

    move: Word
    revision: Revision
    key: Annotated[str, Field(max_length=60, pattern=r"^[A-Za-z0-9_.:-]*$")] = ""
    fields: dict[str, Any] = Field(default_factory=dict)


class MovedOut(Schema):
    """What came of a move; ``again`` where the same key was done before."""

    matter: int
    state: str
    revision: int
    again: bool
    entry: int | None


class ReadingOut(Schema):
    """One reading of an indicator; ``growth`` is True where the value is a rate of change."""

    indicator: str
    growth: bool
    begins: date
    ends: date
    scope: str
    value: Decimal
    unit_word: str
    source: str
    rung: int
    revision: int
    broken: bool
    label: str


class ReadingIn(Schema):
    """A reading for the months from that of ``begins`` to that of ``ends``."""

    model_config = ConfigDict(extra="forbid")

    indicator: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]
    growth: bool = False
    begins: Day
    ends: Day
    scope: Literal["cumulative", "single", "point"] = "single"
    value: Annotated[Decimal, Field(max_digits=24, decimal_places=8)]
    unit_word: Annotated[str, Field(max_length=30, pattern=r"^[^\x00]*$")] = ""
    source: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] = ""


class ReadingsIn(Schema):
    """Readings to keep, all or none."""

    model_config = ConfigDict(extra="forbid")

    readings: Annotated[list[ReadingIn], Field(min_length=1, max_length=500)]


class Kept(Schema):
    """How many readings were new or revised."""

    kept: int


class UnitOut(Schema):
    """A unit and the one it belongs to."""

    id: int
    name: str
    short_name: str
    kind: str
    parent: int | None = Field(alias="parent_id")
    closed: bool


class OwedOut(Schema):
    """One line of an agenda: what is owed for which matter, by when and by whom."""

    bucket: str
    what: str
    matter: str
    title: str
    due: date
    days: int
    unit: str
    part: str
    detail: str
    light: str


class AgendaOut(Schema):
    """What is owed on ``today`` and soon after."""

    today: date
    tomorrow: date
    rows: list[OwedOut]


class LedgerOut(Schema):
    """The state of the record: its last entry, and whether it is whole."""

    sequence: int
    seal: str
    whole: bool
    problems: list[Fault]
