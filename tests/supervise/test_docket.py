"""The file of item states: out and in again, and what is wrong with a bad one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from district import CAST, ROUTES, TODAY, at, codes

from luoshi.problems import Unreadable
from luoshi.supervise import Docket, Holder, Post
from luoshi.supervise.words import known

POST = Post(id="p", unit="区住建局", title="联络员", duty="liaison", holders=(Holder(person="王华", since=TODAY),))


def test_every_matter_comes_back_as_it_went() -> None:
    docket = Docket(items=tuple(at(route, id=route) for route in ROUTES if route != "failed"), posts=(POST,))
    text = docket.to_json(indent=2)
    assert Docket.from_json(text) == docket
    assert Docket.from_json(text).to_json(indent=2) == text


def test_members_of_a_later_version_are_kept() -> None:
    raw = json.loads(Docket(items=(at("running"),)).to_json())
    raw["items"][0]["mood"] = "calm"
    assert json.loads(Docket.from_json(json.dumps(raw)).to_json())["items"][0]["mood"] == "calm"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "D007"),
        ("[]", "D008"),
        ('{"format": "luoshi.plan/1"}', "D008"),
        ('{"format": "luoshi.items/1", "items": [{"id": 7}]}', "D009"),
    ],
)
def test_what_is_no_docket_is_said(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        Docket.from_json(text)
    assert set(codes(caught.value.problems)) == {code}


@pytest.mark.parametrize(
    ("update", "path"),
    [
        ({"state": "limbo"}, "items.1.state"),
        ({"cause": "luck"}, "items.1.cause"),
        ({"rhythm": "hourly"}, "items.1.rhythm"),
        ({"evidence": [{"id": "e", "kind": "rumour", "day": "2026-03-02"}]}, "items.1.evidence"),
        ({"requests": [{"kind": "holiday", "day": "2026-03-02", "reason": "x"}]}, "items.1.requests"),
        ({"id": "first"}, "items.1.id"),
        ({"reported": "101"}, "items.1.reported"),
        ({"weight": "-1"}, "items.1.weight"),
        ({"verified": "NaN"}, "items.1.verified"),
    ],
)
def test_a_value_that_is_not_of_the_lists_is_said_with_its_place(update: dict[str, Any], path: str) -> None:
    raw = json.loads(Docket(items=(at("running", id="first"), at("running", id="second", cause="land"))).to_json())
    raw["items"][1] |= update
    with pytest.raises(Unreadable) as caught:
        Docket.from_json(json.dumps(raw))
    assert [path in problem.message for problem in caught.value.problems] == [True]


def test_the_lists_know_their_own() -> None:
    assert known("cause", "land")
    assert not known("cause", None)
    assert CAST["auditor"].role == "auditor"
