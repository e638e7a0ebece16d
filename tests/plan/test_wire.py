"""The plan on the wire: out and back without a change, unknown members kept, whatever is wrong named by its place."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from luoshi.plan import (
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
)  # fmt: skip
from luoshi.problems import Unreadable

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PLACE = st.integers(0, 100_000)
DAY = st.dates(date(1949, 10, 1), date(2099, 12, 31))


def few(one: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, max_size=2).map(tuple)


DEADLINES = st.builds(Deadline, text=st.none() | TEXT, date=st.none() | DAY)
INDICATORS = st.builds(Indicator, text=TEXT, start=PLACE, end=PLACE, name=st.none() | TEXT, code=st.none() | TEXT)
PERIODS = st.builds(Period, text=TEXT, start=PLACE, end=PLACE, begin=st.none() | DAY, until=st.none() | DAY)
DUTIES = st.builds(Duty, unit=TEXT, basis=st.sampled_from(["stated", "proposed", "confirmed"]), why=st.none() | TEXT)
SECTIONS = st.builds(Section, id=TEXT, role=st.just("plan"), start=PLACE, end=PLACE)
FIGURES = st.builds(
    Figure, id=TEXT, start=PLACE, end=PLACE, text=TEXT, rule=TEXT,
    value=st.decimals(allow_nan=False, allow_infinity=False).map(str),
    indicator=st.none() | INDICATORS, period=st.none() | PERIODS, hedge=st.none() | TEXT,
)  # fmt: skip
COMMITMENTS = st.builds(
    Commitment, id=TEXT, start=PLACE, end=PLACE, text=TEXT, kind=st.just("hold"), deadline=DEADLINES, rule=TEXT
)
ITEMS = st.builds(
    Item, id=TEXT, title=TEXT, kind=st.sampled_from(["target", "project"]), deadline=DEADLINES,
    lead=st.none() | DUTIES, help=few(DUTIES), commitments=few(TEXT),
)  # fmt: skip
MEMBERS = st.builds(Member, text=TEXT, start=PLACE, end=PLACE)
PLANS = st.builds(
    Plan,
    document=st.builds(Facts, title=TEXT, place=st.none() | TEXT, term=st.none() | st.tuples(DAY, DAY)),
    sections=few(SECTIONS),
    figures=few(FIGURES),
    commitments=few(COMMITMENTS),
    items=few(ITEMS),
    ladder=few(st.builds(Rung, count=PLACE, text=TEXT, start=PLACE, end=PLACE, members=few(MEMBERS))),
    unread=few(st.builds(Unread, start=PLACE, end=PLACE, why=TEXT)),
    problems=few(st.builds(Finding, code=TEXT, message=TEXT)),
)

FIGURE = {"id": "f1", "start": 3, "end": 8, "text": "460亿元", "value": "460", "unit": "亿元", "rule": "number.unit"}


def wire(**members: Any) -> str:
    return json.dumps({"format": FORMAT, **members})


def faults(text: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(Unreadable) as error:
        Plan.from_json(text)
    return [(found.code, found.message) for found in error.value.problems]


@given(PLANS)
def test_a_plan_comes_back_as_it_went_out(plan: Plan) -> None:
    assert Plan.from_json(plan.to_json()) == plan
    assert Plan.from_json(plan.to_json(indent=2).encode()) == plan


@given(PLANS)
def test_every_plan_keeps_to_the_schema(plan: Plan) -> None:
    Draft202012Validator(schema()).validate(json.loads(plan.to_json()))


@given(PLANS)
def test_the_same_plan_is_the_same_text(plan: Plan) -> None:
    assert plan.to_json() == Plan.from_json(plan.to_json()).to_json()


def test_the_names_on_the_wire_are_those_of_the_format() -> None:
    period = Period(text="过去五年", start=0, end=4, begin=date(2017, 1, 1), until=date(2021, 12, 31))
    plan = Plan(figures=(Figure(**FIGURE, period=period),))
    written = json.loads(plan.to_json())["figures"][0]
    assert written["period"]["from"] == "2017-01-01"
    assert written["period"]["to"] == "2021-12-31"
    assert written["value"] == "460", "decimal text, never a float"
    assert "460亿元" in plan.to_json(), "Chinese stands as it is"


def test_members_that_this_version_does_not_know_are_kept() -> None:
    text = wire(figures=[{**FIGURE, "seal": "abc"}], reviewed={"by": "督查室"})
    again = json.loads(Plan.from_json(text).to_json())
    assert again["figures"][0]["seal"] == "abc"
    assert again["reviewed"] == {"by": "督查室"}


def test_a_plan_cannot_be_changed_in_place() -> None:
    plan = Plan.from_json(wire(figures=[FIGURE]))
    with pytest.raises(ValidationError):
        plan.figures[0].value = "461"
    assert isinstance(plan.figures, tuple)


@pytest.mark.parametrize("text", ["", "{", "[1, 2", "不是", b"\xff\xfe", "[" * 100_000, '{"a":' * 100_000])
def test_what_is_no_json_is_said(text: str | bytes) -> None:
    ((code, message),) = faults(text)
    assert code == "P001"
    assert "JSON" in message


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{}", "没有写"),
        ('{"format": "luoshi.plan/2"}', "luoshi.plan/2"),
        ("[]", "一个列表"),
        ('"luoshi.plan/1"', "一个值"),
    ],
)
def test_another_format_is_said_with_the_one_that_was_found(text: str, found: str) -> None:
    ((code, message),) = faults(text)
    assert code == "P002"
    assert found in message
    assert "luoshi.plan/1" in message


def test_every_fault_is_named_by_its_place() -> None:
    text = wire(
        figures=[{**FIGURE, "tense": "soon"}, {"id": "f2"}],
        items=[{"id": "i1", "title": "大桥", "kind": "project", "deadline": {"date": "31.12.2024"}}],
    )
    found = faults(text)
    assert {code for code, _ in found} == {"P003"}
    said = "\n".join(message for _, message in found)
    for place in ("figures.0.tense", "figures.1.start", "figures.1.rule", "items.0.deadline.date"):
        assert place in said


def test_the_schema_refuses_what_the_model_refuses() -> None:
    validator = Draft202012Validator(schema())
    assert validator.is_valid(json.loads(Plan(figures=(Figure(**FIGURE),)).to_json()))
    assert not validator.is_valid({"format": "luoshi.plan/2"})
    written = json.loads(Plan(figures=(Figure(**FIGURE),)).to_json())
    written["figures"][0]["comparator"] = "more"
    assert not validator.is_valid(written)
