"""Escalation slips: what is due now by each scheme, and what may be issued."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from district import TODAY, at, matter
from hypothesis import given
from hypothesis import strategies as st

from luoshi.supervise import Matter, may_issue, next_slip, profiles, slip_profiles

SANMING, SUQIAN = slip_profiles()["sanming-2017"], slip_profiles()["suqian-2025"]
LIGHTS = profiles()["luoshi-2026"]


def slip(colour: str, answer_by: str, answered: str | None = None) -> dict[str, Any]:
    return {"colour": colour, "day": "2026-03-02", "answer_by": answer_by, "demand": "赶工", "answered": answered}


def running(*slips: dict[str, Any], **update: Any) -> Matter:
    return Matter.model_validate({**at("running").model_dump(), "slips": slips, **update})


@pytest.mark.parametrize(
    ("slips", "day", "colour"),
    [
        ([], date(2026, 3, 20), None),
        ([], date(2026, 5, 20), "blue"),
        ([slip("blue", "2026-05-25")], date(2026, 5, 25), None),
        ([slip("blue", "2026-05-25")], date(2026, 5, 26), "orange"),
        ([slip("orange", "2026-05-25")], date(2026, 5, 26), "red"),
        ([slip("red", "2026-05-25")], date(2026, 5, 26), "red"),
        ([slip("blue", "2026-05-25", "2026-05-20")], date(2026, 5, 26), "blue"),
        ([slip("yellow", "2026-05-25")], date(2026, 5, 26), "blue"),
    ],
)
def test_what_is_due_where_slips_climb(slips: list[dict[str, Any]], day: date, colour: str | None) -> None:
    assert next_slip(running(*slips), day, SANMING, LIGHTS) == colour


def test_a_yellow_light_calls_for_a_blue_slip_too() -> None:
    assert next_slip(running(), date(2026, 3, 30), SANMING, LIGHTS) == "blue"


@pytest.mark.parametrize(
    ("update", "day", "colour"),
    [
        ({}, date(2026, 3, 2), None),
        ({}, date(2026, 5, 20), "yellow"),
        ({}, date(2026, 12, 1), "red"),
        ({"begin": None, "started": None, "nodes": []}, date(2026, 11, 25), "blue"),
        ({"slips": [slip("yellow", "2026-05-20")]}, date(2026, 5, 21), "yellow"),
        ({"slips": [slip("yellow", "2026-05-22")]}, date(2026, 5, 21), None),
    ],
)
def test_what_is_due_where_the_facts_choose(update: dict[str, Any], day: date, colour: str | None) -> None:
    assert next_slip(running(**update), day, SUQIAN, LIGHTS) == colour


def test_any_colour_of_the_scheme_may_be_issued_where_slips_do_not_climb() -> None:
    one = running(slip("blue", "2026-03-06"))
    allowed = [
        colour for colour in ("blue", "yellow", "red", "orange") if may_issue(one, colour, date(2026, 3, 7), SUQIAN)
    ]
    assert allowed == ["blue", "yellow", "red"]
    assert not may_issue(one, "red", date(2026, 3, 6), SUQIAN)


@given(days=st.integers(0, 400), important=st.booleans(), percent=st.integers(0, 100))
def test_what_is_advised_may_be_issued(days: int, important: bool, percent: int) -> None:
    day = date.fromordinal(TODAY.toordinal() + days)
    for scheme in (SANMING, SUQIAN):
        for slips in ([], [slip(scheme.order[0], "2026-05-25")], [slip(scheme.order[-1], "2026-05-25")]):
            one = running(*slips, important=important, reported=Decimal(percent))
            colour = next_slip(one, day, scheme, LIGHTS)
            assert colour is None or may_issue(one, colour, day, scheme)


def test_a_matter_that_is_not_followed_gets_no_slip() -> None:
    for one in (matter(due="2026-01-01", since="2025-01-01"), at("suspended"), at("closed")):
        assert next_slip(one, date(2027, 1, 1), SUQIAN, LIGHTS) is None
