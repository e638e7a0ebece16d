"""The page docs/supervising.md: every member of the file of states, the example in it, and the numbers it works out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from district import RULES, TODAY, at, step

from luoshi.examples import sample
from luoshi.plan.model import Node
from luoshi.read import read
from luoshi.source import Document
from luoshi.supervise import Actor, Docket, Event, Holder, Matter, Milestone, Post, decide, facts, light, rules
from luoshi.supervise.model import Drift, Evidence, Override, PeriodLight, Request, Signature, Slip

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "supervising.md").read_text(encoding="utf-8")
SHAPES = [Docket, Matter, Milestone, Evidence, Signature, Slip, Request, Drift, PeriodLight, Override, Post, Holder]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_member_of_the_file_of_states_is_on_the_page(shape: type[Node]) -> None:
    assert [name for name in shape.model_fields if f"`{name}`" not in PAGE] == []


def test_every_profile_has_its_rules_on_the_page() -> None:
    for name in ("luoshi-2026", "yinchuan-2025", "sanya-2022", "xuancheng-2020", "zaozhuang-2023"):
        assert f"<!-- supervise: profile {name} -->" in PAGE
    for move in RULES.workflow.moves.values():
        assert f"{move.zh} `{move.name}`" in PAGE
    for state in RULES.workflow.states.values():
        assert f"{state.zh} `{state.name}`" in PAGE


def test_the_example_of_the_page_is_a_docket_of_the_sample() -> None:
    """Ids are given when a report is read: after a change of the reading the example needs those of today."""
    docket = Docket.from_json((ROOT / "examples" / "supervise" / "items.json").read_bytes())
    path = sample("songgang-2023")
    titles = {one.id: one.title for one in read(Document.from_text(path.read_text(encoding="utf-8"), path.name)).items}
    assert len(docket.items) == 2
    assert [titles[one.id] for one in docket.items] == [one.title for one in docket.items]


def test_the_first_example_of_the_page_signs() -> None:
    in_force = rules(lights="luoshi-2026", slips="sanming-2017")
    one = Matter(id="i43", title="下穿通道9月底前通车", state="assigned", since=date(2026, 3, 2), lead="区交通运输局")
    event = Event(move="sign", by=Actor(role="lead", unit="区交通运输局", person="王华"), expected=0)
    outcome = decide(one, event, date(2026, 3, 3), in_force)
    assert (outcome.problems, outcome.matter.state, outcome.matter.revision) == ((), "signed", 1)
    assert decide(outcome.matter, event, date(2026, 3, 3), in_force).problems, "the same event twice is refused"


def test_the_numbers_worked_out_on_the_page() -> None:
    one = step(at("running"), {"move": "report", "give": {"percent": 12, "cause": "land"}}, TODAY).matter
    found = facts(one, date(2026, 6, 30))
    assert (found.scheduled, found.gap) == (Decimal("44.8"), Decimal("32.8"))
    assert light(one, date(2026, 6, 30), RULES.profile).colour == "red"
    for number in ("44.8", "32.8"):
        assert number in PAGE
