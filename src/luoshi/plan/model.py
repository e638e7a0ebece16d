"""The plan: what a report says, found in its text and kept with its words. Frozen; shared by every part of luoshi.

The shapes are the contract ``luoshi.plan/1`` (see ``docs/plan-format.md``). Offsets count Unicode code points of the
document's text, and ``text`` is always the slice between them. Members that this version does not know are kept.
"""

from __future__ import annotations

import json
from datetime import date as Day  # noqa: N812 — a field is called `date`
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from luoshi.problems import Problem, Unreadable, format_of, problem

FORMAT: Literal["luoshi.plan/1"] = "luoshi.plan/1"

Role = Literal[
    "opening", "review", "problems", "guidance", "targets", "plan", "livelihood", "government",
    "closing", "glossary", "annex", "box", "caption",
]  # fmt: skip
Level = Literal["national", "province", "city", "county", "township"]
Comparator = Literal["eq", "ge", "gt", "le", "lt", "approx", "range"]
Measure = Literal["level", "growth", "change", "multiple", "rank", "ratio"]
Direction = Literal["up", "down"]
Tense = Literal["done", "plan", "other"]
Kind = Literal["target", "project", "action", "recognition", "hold", "slogan"]
Strength = Literal["own", "seek", "assist"]
DateBasis = Literal["stated", "sentence", "section", "term", "none"]
# 公开、内部、工作秘密: who may see a thing; from most open to least.
Openness = Literal["public", "internal", "secret"]
UnitBasis = Literal["stated", "proposed", "confirmed"]
QualifierKind = Literal["condition", "hedge", "firm", "seek", "assist", "recurrence"]
Every = Literal["day", "week", "month", "quarter", "half", "year", "regular"]
Voice = Literal["report", "reporter", "other", "caption", "box"]
Precision = Literal["day", "month", "quarter", "half", "year", "years"]


class Node(BaseModel):
    """Base of everything in a plan: frozen, keeps unknown members, reads and writes the wire names."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True, serialize_by_alias=True)


class Facts(Node):
    """What the document is: where, when, which level; ``sha256`` is that of the file's bytes."""

    title: str = ""
    place: str | None = None
    level: Level | None = None
    year: int | None = None
    term: tuple[Day, Day] | None = None
    sha256: str = ""
    characters: int = 0
    source: str = ""


class Section(Node):
    """A part of the report: its heading's number and title, its role, and the stretch from heading to end."""

    id: str
    parent: str | None = None
    number: str = ""
    title: str = ""
    role: Role
    start: int
    end: int


class Indicator(Node):
    """The words that name what a figure measures; ``name`` and ``code`` are the catalogue's, where it knows them."""

    text: str
    start: int
    end: int
    name: str | None = None
    code: str | None = None


class Period(Node):
    """Words of time and the interval they mean (both days included), as precise as the words are."""

    text: str
    start: int
    end: int
    begin: Day | None = Field(default=None, alias="from")
    until: Day | None = Field(default=None, alias="to")
    precision: Precision | None = None


class Figure(Node):
    """One number expression. ``value`` is decimal text in ``unit``; ``base_value`` the same amount in ``base_unit``."""

    id: str
    start: int
    end: int
    text: str
    value: str
    value2: str | None = None
    unit: str = ""
    base_value: str | None = None
    base_unit: str | None = None
    comparator: Comparator = "eq"
    measure: Measure = "level"
    direction: Direction | None = None
    tense: Tense = "done"
    hedge: str | None = None
    section: str | None = None
    indicator: Indicator | None = None
    period: Period | None = None
    rule: str


class Deadline(Node):
    """By when: the words that say so (``text``, null when inferred), the day, and where it was taken from.

    ``every`` is how often it falls due where it comes round (每季度); ``date`` is then the last day on which it does.
    """

    text: str | None = None
    date: Day | None = None
    basis: DateBasis = "none"
    every: Every | None = None


class Qualifier(Node):
    """Words that qualify a promise: a condition, a hedge, a word of firmness or strength, how often it comes round."""

    kind: QualifierKind
    text: str
    start: int
    end: int


class Commitment(Node):
    """The smallest clause in which the government undertakes something that could be signed off by itself."""

    id: str
    start: int
    end: int
    text: str
    kind: Kind
    strength: Strength = "own"
    section: str | None = None
    deadline: Deadline = Deadline()
    figures: tuple[str, ...] = ()
    qualifiers: tuple[Qualifier, ...] = ()
    rule: str


class Duty(Node):
    """A unit with a duty; ``basis`` says whether the text states it, a rule proposes it or a person confirmed it."""

    unit: str
    basis: UnitBasis
    why: str | None = None


class Item(Node):
    """What a supervisor puts in the register: one matter, one item (一事一项)."""

    id: str
    title: str
    commitments: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    section: str | None = None
    kind: Kind
    deadline: Deadline = Deadline()
    lead: Duty | None = None
    help: tuple[Duty, ...] = ()


class Member(Node):
    """One rung's member: words and place."""

    text: str
    start: int
    end: int


class Rung(Node):
    """A rung of the number ladder: the announcing words (三大产业集群), its count and the members found."""

    count: int
    text: str
    start: int
    end: int
    members: tuple[Member, ...] = ()


class Unread(Node):
    """A stretch that became neither figure, commitment nor heading, and why."""

    start: int
    end: int
    why: str


class Speech(Node):
    """A stretch of a newspaper's account and whose words it gives; ``cue`` are the words that tell, if any do."""

    voice: Voice
    start: int
    end: int
    cue: Member | None = None


class Finding(Node):
    """A problem in the text, on the wire."""

    code: str
    start: int | None = None
    end: int | None = None
    message: str
    why: str = ""
    advice: str = ""


class Plan(Node):
    """Everything read from one report; the wire format is ``luoshi.plan/1``."""

    format: Literal["luoshi.plan/1"] = FORMAT
    document: Facts = Facts()
    sections: tuple[Section, ...] = ()
    figures: tuple[Figure, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    items: tuple[Item, ...] = ()
    ladder: tuple[Rung, ...] = ()
    voices: tuple[Speech, ...] = ()
    unread: tuple[Unread, ...] = ()
    problems: tuple[Finding, ...] = ()

    def to_json(self, *, indent: int | None = None) -> str:
        """The plan as JSON text: UTF-8 characters unescaped, the same plan always the same text."""
        return self.model_dump_json(indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Plan:
        """Read a plan back. Raises :class:`luoshi.problems.Unreadable` with every problem, by path."""
        try:
            raw = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise Unreadable([problem("P001", detail=str(error))]) from error
        if not isinstance(raw, dict) or raw.get("format") != FORMAT:
            raise Unreadable([problem("P002", found=format_of(raw), wanted=FORMAT)])
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise Unreadable(map(_fault, error.errors(include_url=False, include_input=False))) from error


def _fault(error: ErrorDetails) -> Problem:
    return problem("P003", path=".".join(map(str, error["loc"])), detail=error["msg"])


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the plan."""
    made = Plan.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": FORMAT}
